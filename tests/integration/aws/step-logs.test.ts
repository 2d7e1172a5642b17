import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { readNodeLog } from '../../../electron/aws/emr/steps/read-node-log';
import { StepLogs } from '../../../electron/aws/emr/steps/step-logs';
import type { AwsAccountId } from '../../../shared/model/aws-account';
import type { EmrStepLog } from '../../../shared/model/emr-step';
import { type LabConnection, makeLabConnection } from '../../support/lab/lab-connection';
import { type LabSshd, startSshd } from '../../support/lab/sshd';
import { uuid } from '../../support/samples';

const of = { accountId: uuid<AwsAccountId>(1), clusterId: 'j-1' };
const stepId = 's-1';
let sshd: LabSshd;
let connection: LabConnection;
let folder: string;
let inS3: EmrStepLog;
let logs: StepLogs;

/** A real sshd as the primary node. */
beforeAll(async () => {
  sshd = await startSshd();
  folder = join(sshd.folder, 'steps');
  await mkdir(join(folder, stepId), { recursive: true });
  connection = await makeLabConnection({
    route: { host: sshd.host, port: sshd.port, user: sshd.user },
    identity: { kind: 'keyFile', path: sshd.clientKeyPath },
    knownHostsPath: sshd.knownHostsPath,
  });
});
afterAll(async () => {
  await connection?.close();
  await sshd?.stop();
});
beforeEach(() => {
  connection.pool.disconnect(connection.machineId);
  inS3 = { kind: 'notKept', mayBeOnNode: false };
  logs = new StepLogs({
    fromS3: async () => inS3,
    connections: connection.pool,
    machineOf: ({ clusterId }) => (clusterId === of.clusterId ? connection.machine : undefined),
    folder,
    random: randomBytes,
  });
});

const onNode = (kind: string) => join(folder, stepId, kind);

test('a log that is not in S3 is read on the primary node: on request, and by itself once it is connected', async () => {
  await writeFile(onNode('stdout'), 'pi is 3, já\n');
  const read = {
    kind: 'onNode',
    machine: 'Lab',
    path: onNode('stdout'),
    text: 'pi is 3, já\n',
    isCut: false,
  };
  expect(await logs.read(of, stepId, 'stdout')).toEqual({ kind: 'notKept', mayBeOnNode: true });
  expect(await logs.readOnNode(of, stepId, 'stdout')).toEqual(read);
  expect(await logs.read(of, stepId, 'stdout')).toEqual(read);
});

test('a log that lies packed on the node is unpacked', async () => {
  await writeFile(onNode('controller.gz'), gzipSync('INFO startExec\n'));
  expect(await logs.readOnNode(of, stepId, 'controller')).toMatchObject({ text: 'INFO startExec\n' });
});

test('a long log is shown by its end', async () => {
  await writeFile(onNode('stderr'), `${'x'.repeat(1000)}end`);
  const transport = await connection.connect();
  expect(await readNodeLog(transport, onNode('stderr'), 4, randomBytes)).toEqual({
    text: 'xend',
    isCut: true,
  });
  expect(await readNodeLog(transport, onNode('stderr'), 1003, randomBytes)).toMatchObject({ isCut: false });
});

test('a log that is in neither place is told as missing there', async () => {
  inS3 = { kind: 'notThere', uri: 's3://logs/syslog', mayBeOnNode: false };
  expect(await logs.readOnNode(of, stepId, 'syslog')).toEqual({
    kind: 'notOnNode',
    machine: 'Lab',
    path: onNode('syslog'),
  });
  expect(await logs.read(of, stepId, 'syslog')).toEqual(inS3);
});

test('a log in S3 asks no machine', async () => {
  inS3 = { kind: 'text', uri: 's3://logs/stdout.gz', text: 'from S3', isCut: false };
  expect(await logs.read(of, stepId, 'stdout')).toEqual(inS3);
  expect(connection.state().kind).not.toBe('ready');
});

test('a cluster to whose node nobody has connected offers none', async () => {
  const other = { ...of, clusterId: 'j-2' };
  expect(await logs.read(other, stepId, 'stdout')).toEqual(inS3);
  await expect(logs.readOnNode(other, stepId, 'stdout')).rejects.toMatchObject({ code: 'machine-not-found' });
});
