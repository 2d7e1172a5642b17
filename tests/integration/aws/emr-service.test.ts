import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { EmrService } from '../../../electron/aws/emr/emr-service';
import { systemClock } from '../../../electron/system/clock';
import { AppError } from '../../../shared/errors/app-error';
import type { AwsAccount } from '../../../shared/model/aws-account';
import type { EmrSnapshot } from '../../../shared/model/emr-cluster';
import { createClusterPython } from '../../../shared/model/emr-snippets';
import { EmrTemplate, usualTemplate } from '../../../shared/model/emr-template';
import { awsEnvironment, writeAwsFiles } from '../../support/lab/aws-home';
import { type LabAws, makeLabAws } from '../../support/lab/lab-aws';
import { type Moto, startMoto } from '../../support/lab/moto';
import { makeIamUser, withAuthorization } from '../../support/lab/moto-iam';
import { runCommand } from '../../support/lab/run-command';
import { makeTempFolder, type TempFolder } from '../../support/lab/temp-folder';
import { labPeer } from '../../support/setup/peers';

/** Before the home folder is another one. */
const python = join(labPeer('moto').binFolder, 'python');

let moto: Moto;
let home: TempFolder;
let aws: LabAws;
let account: AwsAccount;
let emr: EmrService;
let snapshots: EmrSnapshot[];

beforeAll(async () => {
  moto = await startMoto();
});

afterAll(async () => {
  await moto.stop();
});

beforeEach(async () => {
  await fetch(`${moto.endpoint}/moto-api/reset`, { method: 'POST' });
  home = await makeTempFolder('emr');
  for (const [name, value] of Object.entries(awsEnvironment(home.path))) vi.stubEnv(name, value);
  await writeAwsFiles(home.path, {
    credentials: '[lab]\naws_access_key_id = a\naws_secret_access_key = s\n',
  });
  aws = makeLabAws();
  account = aws.save({ profile: 'lab', endpoint: moto.endpoint });
  snapshots = [];
  emr = new EmrService({
    session: (accountId) => aws.service.session(accountId),
    clock: systemClock,
    onChanged: (snapshot) => snapshots.push(snapshot),
  });
});

afterEach(async () => {
  emr.stop();
  vi.unstubAllEnvs();
  await home.remove();
});

const seen = async (isEnough: (snapshot: EmrSnapshot) => boolean): Promise<EmrSnapshot> =>
  vi.waitFor(
    () => {
      const last = snapshots.at(-1);
      if (last === undefined || !isEnough(last)) throw new Error(`Not yet: ${JSON.stringify(last)}`);
      return last;
    },
    { timeout: 30_000 },
  );

const rich: EmrTemplate = EmrTemplate.parse({
  ...usualTemplate,
  name: 'Ana\'s "nightly" $HOME',
  applications: ['Spark', 'Zeppelin'],
  groups: [
    { role: 'primary', instanceType: 'm5.xlarge', count: 1, isSpot: false },
    { role: 'core', instanceType: 'r5.xlarge', count: 4, isSpot: true },
    { role: 'task', instanceType: 'c5.xlarge', count: 2, isSpot: true },
  ],
  keyPair: 'ana',
  logUri: 's3://logs/emr/',
  bootstrapActions: [{ name: 'pip', path: 's3://scripts/pip.sh', args: ['numpy', 'pandas'] }],
  configurations: [{ classification: 'spark-defaults', properties: { 'spark.executor.memory': '4g' } }],
  tags: [{ key: 'project', value: 'imaging' }],
});

describe('a cluster that was created', () => {
  test('is listed with its state, and shown with what it is made of', async () => {
    emr.look(account.id, null);
    await seen(({ isWhole }) => isWhole);
    const clusterId = await emr.create(account.id, rich);
    await seen(({ clusters }) => clusters.some(({ id }) => id === clusterId));
    emr.look(account.id, clusterId);
    const { clusters, detail } = await seen((snapshot) => snapshot.detail !== null);
    expect(clusters).toMatchObject([{ id: clusterId, name: rich.name, state: 'WAITING' }]);
    expect(detail).toMatchObject({
      clusterId,
      releaseLabel: rich.releaseLabel,
      keyPair: 'ana',
      tags: [{ key: 'project', value: 'imaging' }],
      isTerminationProtected: false,
    });
    expect(
      detail?.groups?.map(({ role, requested, isSpot }) => [role, requested, isSpot]).toSorted(),
    ).toEqual([
      ['core', 4, true],
      ['primary', 1, false],
      ['task', 2, true],
    ]);
  });

  test('can be made again: its template is the one that it was made from', async () => {
    const clusterId = await emr.create(account.id, rich);
    const template = await emr.templateOf(account.id, clusterId);
    const inOrder = ({ groups }: EmrTemplate) => groups.toSorted((a, b) => a.role.localeCompare(b.role));
    expect({ ...template, groups: inOrder(template) }).toEqual({ ...rich, groups: inOrder(rich) });
  });

  test('is terminated, and its end is seen', async () => {
    const clusterId = await emr.create(account.id, usualTemplate);
    emr.look(account.id, null);
    await seen(({ clusters }) => clusters.length === 1);
    await emr.terminate(account.id, clusterId, false);
    const { clusters } = await seen((snapshot) => snapshot.clusters[0]?.state === 'TERMINATED');
    expect(clusters[0]?.endedAtMs).not.toBeNull();
  });

  test('and is protected, ends only when the protection is lifted', async () => {
    const clusterId = await emr.create(account.id, { ...usualTemplate, isTerminationProtected: true });
    await expect(emr.terminate(account.id, clusterId, false)).rejects.toEqual(
      new AppError('emr-protected', { cluster: usualTemplate.name }),
    );
    await emr.terminate(account.id, clusterId, true);
    emr.look(account.id, null);
    await seen(({ clusters }) => clusters[0]?.state === 'TERMINATED');
  });
});

test('the Python that is shown makes the same cluster', async () => {
  await runCommand(python, ['-c', createClusterPython(rich, account)]);
  emr.look(account.id, null);
  const { clusters } = await seen((snapshot) => snapshot.clusters.length > 0);
  const { id } = clusters[0] ?? { id: '' };
  const made = await emr.templateOf(account.id, id);
  expect({ ...made, groups: made.groups.length }).toEqual({ ...rich, groups: rich.groups.length });
});

test('more clusters than fit on a page of AWS are all listed', async () => {
  for (let index = 0; index < 120; index += 1)
    await emr.create(account.id, {
      ...usualTemplate,
      name: `Cluster ${index}`,
      groups: usualTemplate.groups.slice(0, 1),
    });
  emr.look(account.id, null);
  expect((await seen(({ isWhole }) => isWhole)).clusters).toHaveLength(120);
});

test('who may not create a cluster is told which permissions are missing', async () => {
  const user = await makeIamUser(moto, 'ana', ['elasticmapreduce:ListClusters']);
  await writeAwsFiles(home.path, {
    credentials: `[lab]\naws_access_key_id = ${user.accessKeyId}\naws_secret_access_key = ${user.secretAccessKey}\n`,
  });
  account = aws.save({ profile: 'lab', endpoint: moto.endpoint });
  await withAuthorization(moto, async () => {
    emr.look(account.id, null);
    await seen(({ isWhole }) => isWhole);
    await expect(emr.create(account.id, usualTemplate)).rejects.toMatchObject({
      code: 'aws-denied',
      params: { permissions: 'elasticmapreduce:RunJobFlow elasticmapreduce:AddTags iam:PassRole' },
    });
  });
});

test('the clusters of another account are not shown among those of the first', async () => {
  await emr.create(account.id, usualTemplate);
  emr.look(account.id, null);
  await seen(({ clusters }) => clusters.length === 1);
  await writeAwsFiles(home.path, {
    config: '[profile other]\nsource_profile = lab\nrole_arn = arn:aws:iam::210987654321:role/analyst\n',
  });
  const elsewhere = aws.save({ profile: 'other', endpoint: moto.endpoint });
  emr.look(elsewhere.id, null);
  const { clusters, accountId } = await seen(({ isWhole }) => isWhole);
  expect([clusters, accountId]).toEqual([[], elsewhere.id]);
});
