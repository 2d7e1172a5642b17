import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { EmrService } from '../../../electron/aws/emr/emr-service';
import { EmrStepService } from '../../../electron/aws/emr/steps/step-service';
import { readTextEnd } from '../../../electron/aws/s3/read-text-end';
import { systemClock } from '../../../electron/system/clock';
import { AppError } from '../../../shared/errors/app-error';
import type { AwsAccount } from '../../../shared/model/aws-account';
import type { EmrStepDraft, EmrStepsSnapshot } from '../../../shared/model/emr-step';
import { usualTemplate } from '../../../shared/model/emr-template';
import { awsEnvironment, writeAwsFiles } from '../../support/lab/aws-home';
import { startEmrGaps } from '../../support/lab/emr-gaps';
import { type LabAws, makeLabAws } from '../../support/lab/lab-aws';
import { type Moto, startMoto } from '../../support/lab/moto';
import { makeIamUser, withAuthorization } from '../../support/lab/moto-iam';
import { makeTempFolder, type TempFolder } from '../../support/lab/temp-folder';

let moto: Moto;
let home: TempFolder;
let aws: LabAws;
let account: AwsAccount;
let steps: EmrStepService;
let snapshots: EmrStepsSnapshot[];
let chosen: string[];
let onNews: (snapshot: EmrStepsSnapshot) => void;
let of: { accountId: AwsAccount['id']; clusterId: string };

beforeAll(async () => {
  moto = await startMoto();
});

afterAll(async () => {
  await moto.stop();
});

beforeEach(async () => {
  await fetch(`${moto.endpoint}/moto-api/reset`, { method: 'POST' });
  home = await makeTempFolder('emr-steps');
  for (const [name, value] of Object.entries(awsEnvironment(home.path))) vi.stubEnv(name, value);
  await writeAwsFiles(home.path, {
    credentials: '[lab]\naws_access_key_id = a\naws_secret_access_key = s\n',
  });
  aws = makeLabAws();
  account = aws.save({ profile: 'lab', endpoint: moto.endpoint });
  snapshots = [];
  chosen = [];
  onNews = () => undefined;
  steps = new EmrStepService({
    session: (accountId) => aws.service.session(accountId),
    clock: systemClock,
    chooseFiles: async () => chosen,
    onChanged: (snapshot) => {
      snapshots.push(snapshot);
      onNews(snapshot);
    },
  });
  await fetch(`${moto.endpoint}/research`, { method: 'PUT' });
  of = { accountId: account.id, clusterId: await makeCluster('s3n://research/logs/') };
});

afterEach(async () => {
  steps.stop();
  vi.unstubAllEnvs();
  await home.remove();
});

async function makeCluster(logUri: string): Promise<string> {
  const emr = new EmrService({
    session: (accountId) => aws.service.session(accountId),
    clock: systemClock,
    onChanged: () => undefined,
  });
  return emr.create(account.id, { ...usualTemplate, logUri });
}

const seen = (isEnough: (snapshot: EmrStepsSnapshot) => boolean): Promise<EmrStepsSnapshot> =>
  vi.waitFor(
    () => {
      const last = snapshots.at(-1);
      if (last === undefined || !isEnough(last)) throw new Error(`Not yet: ${JSON.stringify(last)}`);
      return last;
    },
    { timeout: 30_000 },
  );

const draft: EmrStepDraft = {
  name: 'Training',
  onFailure: 'CANCEL_AND_WAIT',
  jar: 'command-runner.jar',
  mainClass: '',
  args: ['spark-submit', '--deploy-mode', 'client', 's3://research/train.py', "it's a word"],
  uploads: [],
};

async function choose(name: string, content: Buffer | string): Promise<string> {
  const path = join(home.path, name);
  await writeFile(path, content);
  chosen = [path];
  await steps.chooseFiles();
  return path;
}

async function inS3(key: string): Promise<Buffer> {
  const session = await aws.service.session(account.id);
  const { Body } = await session.call('s3.getObject', { Bucket: 'research', Key: key });
  const parts: Buffer[] = [];
  for await (const part of Body as Readable) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

const putInS3 = async (key: string, content: Buffer | string): Promise<void> => {
  const session = await aws.service.session(account.id);
  await session.call('s3.putObject', { Bucket: 'research', Key: key, Body: Buffer.from(content) });
};

describe('a step that was added', () => {
  test('is listed with what it runs and its state', async () => {
    steps.look(of);
    await seen(({ atMs }) => atMs !== null);
    const id = await steps.add(of, draft);
    const { uploads: _, ...work } = draft;
    const snapshot = await seen(({ steps: list }) => list.length === 1);
    expect(snapshot.steps).toMatchObject([{ ...work, id, state: 'RUNNING', reason: '' }]);
    await steps.add(of, { ...draft, name: 'Next' });
    const both = await seen(({ steps: list }) => list.length === 2);
    expect(both.steps.map(({ name, state }) => [name, state]).toSorted()).toEqual([
      ['Next', 'PENDING'],
      ['Training', 'RUNNING'],
    ]);
  });

  test('has its script and data in S3 before, with progress, also when they are sent in parts', async () => {
    const data = randomBytes(12 * 1024 * 1024);
    const path = await choose('data.bin', data);
    const script = await choose('train.py', 'print("done")');
    await steps.add(of, {
      ...draft,
      uploads: [
        { path: script, uri: 's3://research/runs/train.py' },
        { path, uri: 's3://research/runs/data.bin' },
      ],
    });
    expect((await inS3('runs/train.py')).toString()).toBe('print("done")');
    expect((await inS3('runs/data.bin')).equals(data)).toBe(true);
    const told = snapshots.flatMap(({ upload }) => upload ?? []);
    const totalBytes = data.length + 13;
    expect(told.every((upload) => upload.totalBytes === totalBytes)).toBe(true);
    expect(told.map(({ name }) => name)).toContain('train.py');
    expect(told.at(-1)).toMatchObject({ name: 'data.bin', sentBytes: totalBytes });
    expect(new Set(told.map(({ sentBytes }) => sentBytes)).size).toBeGreaterThan(3);
    expect(snapshots.at(-1)?.upload).toBeNull();
  });

  test('is not added when its upload is broken off, and nothing of the file stays', async () => {
    const path = await choose('data.bin', randomBytes(20 * 1024 * 1024));
    onNews = ({ upload }) => {
      if (upload !== null && upload.sentBytes > 0) steps.cancelUpload();
    };
    await expect(
      steps.add(of, { ...draft, uploads: [{ path, uri: 's3://research/data.bin' }] }),
    ).rejects.toMatchObject({ code: 'cancelled' });
    await expect(inS3('data.bin')).rejects.toMatchObject({ code: 's3-object-missing' });
    steps.look(of);
    expect((await seen(({ atMs }) => atMs !== null)).steps).toEqual([]);
  });
});

test('a file that nobody chose is not sent', async () => {
  const path = join(home.path, 'secret.txt');
  await writeFile(path, 'secret');
  await expect(
    steps.add(of, { ...draft, uploads: [{ path, uri: 's3://research/secret.txt' }] }),
  ).rejects.toEqual(new AppError('s3-file-not-read', { path, reason: 'EPERM' }));
  await expect(inS3('secret.txt')).rejects.toMatchObject({ code: 's3-object-missing' });
});

test('a bucket that is not there is told', async () => {
  const path = await choose('train.py', 'x');
  await expect(
    steps.add(of, { ...draft, uploads: [{ path, uri: 's3://nowhere-at-all/train.py' }] }),
  ).rejects.toMatchObject({ code: 's3-bucket-missing' });
});

test('who may not upload is told which permissions are missing', async () => {
  const path = await choose('train.py', 'x');
  const user = await makeIamUser(moto, 'ana', ['elasticmapreduce:*']);
  await writeAwsFiles(home.path, {
    credentials: `[lab]\naws_access_key_id = ${user.accessKeyId}\naws_secret_access_key = ${user.secretAccessKey}\n`,
  });
  account = aws.save({ profile: 'lab', endpoint: moto.endpoint });
  await withAuthorization(moto, async () => {
    await expect(
      steps.add(
        { ...of, accountId: account.id },
        { ...draft, uploads: [{ path, uri: 's3://research/train.py' }] },
      ),
    ).rejects.toMatchObject({
      code: 'aws-denied',
      params: { permissions: 's3:PutObject' },
    });
  });
});

describe('the logs of a step', () => {
  const folder = (stepId: string) => `logs/${of.clusterId}/steps/${stepId}`;

  test('are unpacked; what EMR has not copied yet is told with its place', async () => {
    const id = await steps.add(of, draft);
    await putInS3(`${folder(id)}/stderr.gz`, gzipSync('Traceback: boom\n'));
    expect(await steps.log(of, id, 'stderr')).toEqual({
      kind: 'text',
      uri: `s3://research/${folder(id)}/stderr.gz`,
      text: 'Traceback: boom\n',
      isCut: false,
    });
    expect(await steps.log(of, id, 'stdout')).toEqual({
      kind: 'notThere',
      uri: `s3://research/${folder(id)}/stdout`,
      mayBeOnNode: false,
    });
  });

  test('of a driver that YARN placed are found by the application that stderr names', async () => {
    const id = await steps.add(of, draft);
    await putInS3(`${folder(id)}/stderr.gz`, gzipSync('Submitted application application_17_0004\n'));
    const containers = `logs/${of.clusterId}/containers/application_17_0004`;
    await putInS3(`${containers}/container_17_0004_01_000001/stdout.gz`, gzipSync('Pi is 3\n'));
    await putInS3(`${containers}/container_17_0004_01_000002/stdout.gz`, gzipSync('a worker\n'));
    expect(await steps.log(of, id, 'driver')).toMatchObject({ kind: 'text', text: 'Pi is 3\n' });
  });

  test('that are long are shown by their end', async () => {
    const long = Array.from({ length: 200_000 }, (_, line) => `line ${line}\n`).join('');
    await putInS3('long.gz', gzipSync(long));
    const session = await aws.service.session(account.id);
    const end = await readTextEnd(session, { bucket: 'research', key: 'long.gz' }, 1000);
    expect(end).toEqual({ text: long.slice(-1000), isCut: true });
  });

  test('that are damaged do not pass for whole ones', async () => {
    await putInS3('damaged.gz', gzipSync(randomBytes(100_000)).subarray(0, 50_000));
    const session = await aws.service.session(account.id);
    await expect(readTextEnd(session, { bucket: 'research', key: 'damaged.gz' }, 1000)).rejects.toMatchObject(
      { code: 'aws-unreachable', params: { reason: 'Z_BUF_ERROR' } },
    );
  });

  test('of a cluster without a folder for them are not kept', async () => {
    const clusterId = await makeCluster('');
    const id = await steps.add({ ...of, clusterId }, draft);
    expect(await steps.log({ ...of, clusterId }, id, 'stdout')).toEqual({
      kind: 'notKept',
      mayBeOnNode: false,
    });
  });
});

describe('cancelling a step (a double: moto has no CancelSteps)', () => {
  const cancelledWith = async (Status: string, use: (accountId: AwsAccount['id']) => Promise<void>) => {
    const asked: object[] = [];
    const gaps = await startEmrGaps(moto.endpoint, {
      CancelSteps: (input) => {
        asked.push(input);
        return { CancelStepsInfoList: [{ StepId: 's-1', Status, Reason: 'Step is in a final state.' }] };
      },
    });
    try {
      await use(aws.save({ profile: 'lab', endpoint: gaps.endpoint }).id);
      return asked;
    } finally {
      await gaps.stop();
    }
  };

  test('ends its program', async () => {
    const asked = await cancelledWith('SUBMITTED', (accountId) => steps.cancel({ ...of, accountId }, 's-1'));
    expect(asked).toEqual([
      { ClusterId: of.clusterId, StepIds: ['s-1'], StepCancellationOption: 'TERMINATE_PROCESS' },
    ]);
  });

  test('that has ended is refused, in the words of AWS', async () => {
    await cancelledWith('FAILED', async (accountId) => {
      await expect(steps.cancel({ ...of, accountId }, 's-1')).rejects.toMatchObject({
        code: 'emr-step-not-cancelled',
        details: ['Step is in a final state.'],
      });
    });
  });
});
