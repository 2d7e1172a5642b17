import { randomBytes, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { previewObject } from '../../../electron/aws/s3/preview-object';
import { S3Browser } from '../../../electron/aws/s3/s3-browser';
import { noS3Transfers, type S3TransfersData } from '../../../electron/aws/s3/transfer-store';
import { S3Transfers } from '../../../electron/aws/s3/transfers';
import { systemClock } from '../../../electron/system/clock';
import type { AwsAccount } from '../../../shared/model/aws-account';
import type { S3Entry } from '../../../shared/model/s3';
import type { S3Transfer, S3TransferId, S3TransferList } from '../../../shared/model/s3-transfer';
import { awsEnvironment, writeAwsFiles } from '../../support/lab/aws-home';
import { type LabAws, makeLabAws } from '../../support/lab/lab-aws';
import { type Moto, startMoto } from '../../support/lab/moto';
import { makeIamUser, withAuthorization } from '../../support/lab/moto-iam';
import { runCommand } from '../../support/lab/run-command';
import { type S3Front, startS3Front } from '../../support/lab/s3-front';
import { makeTempFolder, type TempFolder } from '../../support/lab/temp-folder';
import { labPeer } from '../../support/setup/peers';

const mib = 1024 * 1024;
const keysAtOnce = 10;
/** Has PyArrow; looked up before the home folder is another one. */
const python = join(labPeer('webapps').binFolder, 'python');

let moto: Moto;
/** Before moto: it can hinder requests, and counts them. */
let front: S3Front;
let home: TempFolder;
let aws: LabAws;
let account: AwsAccount;
let browser: S3Browser;
let kept: S3TransfersData;
let list: S3TransferList;
let watchers: Set<() => void>;

beforeAll(async () => {
  moto = await startMoto();
});

afterAll(async () => {
  await moto.stop();
});

beforeEach(async () => {
  await fetch(`${moto.endpoint}/moto-api/reset`, { method: 'POST' });
  front = await startS3Front(moto.endpoint);
  home = await makeTempFolder('s3');
  for (const [name, value] of Object.entries(awsEnvironment(home.path))) vi.stubEnv(name, value);
  await writeAwsFiles(home.path, {
    credentials: '[lab]\naws_access_key_id = a\naws_secret_access_key = s\n',
  });
  aws = makeLabAws();
  account = aws.save({ profile: 'lab', endpoint: front.endpoint });
  browser = new S3Browser({ session: (accountId) => aws.service.session(accountId), keysAtOnce });
  kept = noS3Transfers;
  watchers = new Set();
  await put('lab-bucket');
});

afterEach(async () => {
  await front.stop();
  vi.unstubAllEnvs();
  await home.remove();
});

/** The transfers as a run of the app has them: what it keeps is there for the next one. */
function startTransfers(): S3Transfers {
  const transfers = new S3Transfers({
    session: (accountId) => aws.service.session(accountId),
    store: {
      value: () => kept,
      replace: (next) => {
        kept = structuredClone(next);
      },
    },
    newId: () => randomUUID() as S3TransferId,
    clock: systemClock,
    onChanged: (next) => {
      list = next;
      for (const look of watchers) look();
    },
    onTrouble: (error) => {
      throw error;
    },
  });
  list = transfers.list();
  return transfers;
}

/** Resolves with the newest transfer once it is as wanted. */
const until = (isWanted: (transfer: S3Transfer) => boolean): Promise<S3Transfer> =>
  new Promise((resolve, reject) => {
    const look = () => {
      const [transfer] = list.transfers;
      if (transfer === undefined) return;
      if (isWanted(transfer)) resolve(transfer);
      else if (transfer.state.kind === 'failed') reject(new Error(JSON.stringify(transfer.state.error)));
      else return;
      watchers.delete(look);
    };
    watchers.add(look);
    look();
  });
const finished = () => until(({ state }) => state.kind === 'finished');
const failed = () => until(({ state }) => state.kind === 'failed');

const place = (folder = '') => ({ bucket: 'lab-bucket', folder });
const address = (path: string) => `${moto.endpoint}/${path}`;

/** Without these moto takes the caller for anybody at all. */
const headers = {
  authorization:
    'AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0',
};

async function put(path: string, body: Uint8Array | string = ''): Promise<void> {
  const answer = await fetch(address(path), { method: 'PUT', headers, body: Buffer.from(body) });
  if (!answer.ok) throw new Error(`moto: ${answer.status} ${await answer.text()}`);
}

async function get(key: string): Promise<Buffer> {
  const answer = await fetch(address(`lab-bucket/${key}`), { headers });
  if (!answer.ok) throw new Error(`moto: ${answer.status}`);
  return Buffer.from(await answer.arrayBuffer());
}

async function keys(folder = ''): Promise<readonly string[]> {
  const { entries } = await browser.list(account.id, { ...place(folder), nameStart: '' }, null);
  return entries.map(({ key }) => key);
}

async function write(path: string, bytes: Uint8Array | string): Promise<string> {
  const file = join(home.path, path);
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(file, bytes);
  return file;
}

describe('looking around', () => {
  test('shows the buckets, and folders before the files that lie beside them', async () => {
    await put('lab-bucket/notes.txt', 'hello');
    await put('lab-bucket/data/');
    await put('lab-bucket/data/2024/a.csv', 'x');
    await put('lab-bucket/data/b.csv', 'x,y\n');
    const { buckets, cursor } = await browser.buckets(account.id, null);
    expect(buckets).toMatchObject([{ name: 'lab-bucket' }]);
    expect(cursor).toBeNull();
    expect(await keys()).toEqual(['data/', 'notes.txt']);
    const { entries } = await browser.list(account.id, { ...place('data/'), nameStart: '' }, null);
    expect(entries).toEqual([
      { kind: 'folder', key: 'data/2024/' },
      expect.objectContaining({ kind: 'object', key: 'data/b.csv', sizeBytes: 4, storageClass: 'STANDARD' }),
    ]);
    const named = await browser.list(account.id, { ...place(), nameStart: 'no' }, null);
    expect(named.entries.map(({ key }) => key)).toEqual(['notes.txt']);
  });

  test('gets more than a page of names, page by page', async () => {
    for (let index = 0; index < 25; index += 1) await put(`lab-bucket/many/${index}`);
    const seen: S3Entry[] = [];
    let cursor: string | null = null;
    let pages = 0;
    do {
      const page = await browser.list(account.id, { ...place('many/'), nameStart: '' }, cursor);
      seen.push(...page.entries);
      cursor = page.cursor;
      pages += 1;
    } while (cursor !== null);
    expect(pages).toBe(3);
    expect(new Set(seen.map(({ key }) => key)).size).toBe(25);
    expect(await browser.count(account.id, 'lab-bucket', ['many/'], 12)).toBe(12);
    expect(await browser.count(account.id, 'lab-bucket', ['many/'], 100)).toBe(25);
    await browser.delete(account.id, 'lab-bucket', ['many/']);
    expect(await keys('many/')).toEqual([]);
  });

  test('asks a bucket of another region there, once its region was told', async () => {
    front.ownRegion = 'eu-west-1';
    await put('lab-bucket/a.txt', 'a');
    expect(await keys()).toEqual(['a.txt']);
    expect(await keys()).toEqual(['a.txt']);
    expect(front.redirects).toBe(1);
    expect(await browser.link(account.id, 'lab-bucket', 'a.txt', 60)).toContain('eu-west-1');
  });

  test('an address for a while gives the object to whoever has it', async () => {
    await put('lab-bucket/a b.txt', 'shared');
    const link = await browser.link(account.id, 'lab-bucket', 'a b.txt', 600);
    expect(new URL(link).searchParams.get('X-Amz-Expires')).toBe('600');
    expect(await (await fetch(link)).text()).toBe('shared');
  });
});

describe('what is refused is said in words', () => {
  test('a bucket that is not there', async () => {
    await expect(
      browser.list(account.id, { bucket: 'nobodys', folder: '', nameStart: '' }, null),
    ).rejects.toMatchObject({ code: 's3-bucket-missing', params: { bucket: 'nobodys' } });
  });

  test('a permission that is missing, with the bucket to ask for', async () => {
    const user = await makeIamUser(moto, 'ana', ['s3:ListBucket']);
    await writeAwsFiles(home.path, {
      credentials: `[lab]\naws_access_key_id = ${user.accessKeyId}\naws_secret_access_key = ${user.secretAccessKey}\n`,
    });
    account = aws.save({ profile: 'lab', endpoint: moto.endpoint });
    await withAuthorization(moto, async () => {
      await expect(browser.buckets(account.id, null)).rejects.toMatchObject({
        code: 'aws-denied',
        params: { permissions: 's3:ListAllMyBuckets', resource: '*' },
      });
      const transfers = startTransfers();
      await transfers.upload(account.id, place(), [await write('a.txt', 'a')], false);
      expect(await failed()).toMatchObject({
        state: {
          error: {
            code: 'aws-denied',
            params: { permissions: 's3:PutObject', resource: 'arn:aws:s3:::lab-bucket/*' },
          },
        },
      });
    });
  });

  test.each([
    ['SlowDown', 503, 'aws-throttled'],
    ['ExpiredToken', 400, 'aws-credentials-expired'],
    ['InvalidObjectState', 403, 's3-archived'],
  ])(
    '%s',
    async (name, status, code) => {
      front.refusal = { name, status };
      await expect(
        previewObject(await aws.service.session(account.id), 'lab-bucket', 'a.txt'),
      ).rejects.toMatchObject({ code });
    },
    60_000,
  );
});

describe('an upload', () => {
  test('brings files and folders with all that is in them', async () => {
    const transfers = startTransfers();
    await write('in/sub/b.csv', 'b');
    await write('in/a.csv', 'a');
    await symlink(home.path, join(home.path, 'in/circle'));
    const one = await write('one file.txt', 'one');
    await transfers.upload(account.id, place('to/'), [join(home.path, 'in'), one], false);
    expect(await finished()).toMatchObject({ name: 'in', chosenCount: 2, doneCount: 3, doneBytes: 5 });
    expect(await keys('to/')).toEqual(['to/in/', 'to/one file.txt']);
    expect(await keys('to/in/')).toEqual(['to/in/sub/', 'to/in/a.csv']);
    expect(String(await get('to/in/sub/b.csv'))).toBe('b');
    expect(kept.transfers).toEqual([]);
  });

  test('replaces nothing unless that was said', async () => {
    const transfers = startTransfers();
    const path = await write('a.txt', 'new');
    await put('lab-bucket/a.txt', 'old');
    await put('lab-bucket/a.txt.bak', 'other');
    await expect(transfers.upload(account.id, place(), [path], false)).rejects.toMatchObject({
      code: 's3-would-replace',
      params: { names: 'a.txt' },
    });
    await transfers.upload(account.id, place(), [path], true);
    await finished();
    expect(String(await get('a.txt'))).toBe('new');
  });

  test('of a large file goes on after a restart with the parts that are missing', async () => {
    const bytes = randomBytes(32 * mib);
    const path = await write('big.bin', bytes);
    // Two parts come through, then nothing does.
    front.allowParts(2);
    const before = startTransfers();
    await before.upload(account.id, place(), [path], false);
    await until(({ doneBytes }) => doneBytes === 16 * mib);
    await before.stop();
    expect(kept.transfers).toMatchObject([{ files: [{ begun: expect.stringMatching(/./) }] }]);

    front.allowParts(Number.POSITIVE_INFINITY);
    const after = startTransfers();
    expect(list.transfers).toMatchObject([{ state: { kind: 'paused' }, name: 'big.bin' }]);
    const sentBefore = front.sentParts;
    await after.resume(list.transfers[0]?.id as S3TransferId);
    await finished();
    expect(front.sentParts - sentBefore).toBe(2);
    expect(bytes.equals(await get('big.bin'))).toBe(true);
  }, 60_000);

  test('that lost its connection goes on by itself', async () => {
    const transfers = startTransfers();
    const bytes = randomBytes(9 * mib);
    front.isCut = true;
    await transfers.upload(account.id, place(), [await write('cut.bin', bytes)], true);
    expect(await until(({ state }) => state.kind === 'waiting')).toMatchObject({
      state: { error: { code: 'aws-unreachable' } },
    });
    front.isCut = false;
    await finished();
    expect(bytes.equals(await get('cut.bin'))).toBe(true);
  }, 60_000);

  test('of a file that was changed meanwhile begins anew when told to go on', async () => {
    const path = await write('changed.bin', randomBytes(24 * mib));
    front.allowParts(1);
    const transfers = startTransfers();
    await transfers.upload(account.id, place(), [path], false);
    await until(({ doneBytes }) => doneBytes === 8 * mib);
    const { id } = await until(() => true);
    transfers.pause(id);
    const other = randomBytes(25 * mib);
    await writeFile(path, other);
    front.allowParts(Number.POSITIVE_INFINITY);
    await transfers.resume(id);
    await finished();
    expect(other.equals(await get('changed.bin'))).toBe(true);
  }, 60_000);

  test('that is ended leaves no parts at S3, which would cost money', async () => {
    const path = await write('ended.bin', randomBytes(24 * mib));
    front.allowParts(1);
    const transfers = startTransfers();
    await transfers.upload(account.id, place(), [path], false);
    await until(({ doneBytes }) => doneBytes === 8 * mib);
    front.allowParts(Number.POSITIVE_INFINITY);
    await transfers.remove((await until(() => true)).id);
    expect(transfers.list().transfers).toEqual([]);
    expect(await (await fetch(address('lab-bucket?uploads'), { headers })).text()).not.toContain('<Upload>');
  }, 60_000);

  test('of a file that can not be read says so', async () => {
    const transfers = startTransfers();
    await expect(
      transfers.upload(account.id, place(), [join(home.path, 'missing.txt')], true),
    ).rejects.toMatchObject({ code: 's3-file-not-read', params: { reason: 'ENOENT' } });
  });
});

describe('a download', () => {
  test('brings one object to the file that was chosen, and folders below the folder', async () => {
    const transfers = startTransfers();
    await put('lab-bucket/data/a.csv', 'a');
    await put('lab-bucket/data/sub/b.csv', 'b');
    const one = join(home.path, 'chosen name.csv');
    await transfers.download(account.id, place('data/'), ['data/a.csv'], one);
    await finished();
    expect(await readFile(one, 'utf8')).toBe('a');
    expect(transfers.placeOf((await finished()).id)).toBe(one);

    await transfers.download(account.id, place(), ['data/'], join(home.path, 'out'));
    await until(({ name, state }) => name === 'data' && state.kind === 'finished');
    expect(await readFile(join(home.path, 'out/data/sub/b.csv'), 'utf8')).toBe('b');
    expect(await readdir(join(home.path, 'out/data'))).toEqual(['a.csv', 'sub']);
  });

  test('that was cut off goes on where it was', async () => {
    const bytes = randomBytes(4 * mib);
    await put('lab-bucket/big.bin', bytes);
    front.cutAfterBytes = mib;
    const before = startTransfers();
    const path = join(home.path, 'big.bin');
    await before.download(account.id, place(), ['big.bin'], path);
    await until(({ state, doneBytes }) => state.kind === 'waiting' && doneBytes > 0);
    await before.stop();
    front.cutAfterBytes = null;
    const after = startTransfers();
    await after.resume(list.transfers[0]?.id as S3TransferId);
    await finished();
    expect(front.ranges.at(-1)).toMatch(/^bytes=[1-9]\d*-$/);
    expect(bytes.equals(await readFile(path))).toBe(true);
  }, 60_000);

  test('of an object that was replaced meanwhile is of one version', async () => {
    await put('lab-bucket/a.bin', randomBytes(4 * mib));
    front.cutAfterBytes = mib;
    const transfers = startTransfers();
    const path = join(home.path, 'a.bin');
    await transfers.download(account.id, place(), ['a.bin'], path);
    await until(({ state, doneBytes }) => state.kind === 'waiting' && doneBytes > 0);
    const other = randomBytes(4 * mib);
    await put('lab-bucket/a.bin', other);
    front.cutAfterBytes = null;
    await transfers.resume((await until(() => true)).id);
    await finished();
    expect(other.equals(await readFile(path))).toBe(true);
  }, 60_000);
});

describe('a look into', () => {
  const look = async (key: string) => previewObject(await aws.service.session(account.id), 'lab-bucket', key);

  test('CSV shows its columns and rows', async () => {
    await put('lab-bucket/a.csv', 'name;"a; b"\nAna;1\nBea;2\n');
    expect(await look('a.csv')).toEqual({
      kind: 'table',
      columns: [
        { name: 'name', type: '' },
        { name: 'a; b', type: '' },
      ],
      rows: [
        ['Ana', '1'],
        ['Bea', '2'],
      ],
      rowCount: null,
      isWhole: true,
      isTooLarge: false,
    });
  });

  test('JSON shows it with line breaks, an empty object nothing, an image that it is none to show', async () => {
    await put('lab-bucket/a.json', '{"a":1}');
    await put('lab-bucket/empty.txt', '');
    await put('lab-bucket/image.png', Uint8Array.of(137, 80, 78, 71, 0, 1));
    expect(await look('a.json')).toMatchObject({ text: '{\n  "a": 1\n}', isWhole: true });
    expect(await look('empty.txt')).toEqual({ kind: 'text', text: '', isWhole: true });
    expect(await look('image.png')).toEqual({ kind: 'binary' });
  });

  test('Parquet shows its columns with their types, the number of rows, and the first of them', async () => {
    const path = join(home.path, 'a.parquet');
    const columns = "{'name': ['Ana', None], 'born': [datetime(1990, 2, 1), None], 'tags': [['x'], []]}";
    await runCommand(python, [
      '-c',
      `import sys, pyarrow as a, pyarrow.parquet as p; from datetime import datetime; p.write_table(a.table(${columns}), sys.argv[1])`,
      path,
    ]);
    await put('lab-bucket/a.parquet', await readFile(path));
    expect(await look('a.parquet')).toEqual({
      kind: 'table',
      columns: [
        { name: 'name', type: 'string' },
        { name: 'born', type: 'timestamp' },
        { name: 'tags', type: 'list' },
      ],
      rows: [
        ['Ana', '1990-02-01T00:00:00.000Z', '["x"]'],
        ['', '', '[]'],
      ],
      rowCount: 2,
      isWhole: true,
      isTooLarge: false,
    });
    await put('lab-bucket/broken.parquet', 'PAR1 and no more');
    await expect(look('broken.parquet')).rejects.toMatchObject({ code: 's3-table-damaged' });
  });
});
