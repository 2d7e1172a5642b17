import { readFile } from 'node:fs/promises';
import { delimiter } from 'node:path';
import {
  AllocateAddressCommand,
  AssociateAddressCommand,
  EC2Client,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { InstanceFinder } from '../../../electron/aws/ec2/instance-finder';
import { findSessionPlugin } from '../../../electron/aws/ec2/session-plugin';
import { makeOneTimeKey } from '../../../electron/ssh/one-time-key';
import { versionOf } from '../../../electron/system/program-version';
import type { AwsAccount } from '../../../shared/model/aws-account';
import type { InstanceBinding } from '../../../shared/model/instance-binding';
import type { Jump } from '../../../shared/model/machine';
import { awsEnvironment, writeAwsFiles } from '../../support/lab/aws-home';
import { type Ec2Front, sessionToken, startEc2Front } from '../../support/lab/ec2-front';
import { freePort } from '../../support/lab/free-port';
import { type LabAws, makeLabAws } from '../../support/lab/lab-aws';
import { type LabConnection, makeLabConnection } from '../../support/lab/lab-connection';
import { type Moto, startMoto } from '../../support/lab/moto';
import { type LabSessionPlugin, writeSessionPlugin } from '../../support/lab/session-plugin';
import { type LabSshd, startSshd } from '../../support/lab/sshd';
import { makeTempFolder, type TempFolder } from '../../support/lab/temp-folder';

/** The sshd, moto's instances and the way between are real; `writeSessionPlugin` and the front say what is not. */
let moto: Moto;
let front: Ec2Front;
let sshd: LabSshd;
let home: TempFolder;
let plugin: LabSessionPlugin;
let aws: LabAws;
let account: AwsAccount;
let instanceId: string;
let cleanUps: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  [moto, sshd] = await Promise.all([startMoto(), startSshd()]);
  front = await startEc2Front(moto.endpoint);
  const ec2 = new EC2Client({
    endpoint: moto.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 's' },
  });
  const launched = await ec2.send(
    new RunInstancesCommand({ ImageId: 'ami-12c6146b', InstanceType: 'm5.xlarge', MinCount: 1, MaxCount: 1 }),
  );
  instanceId = launched.Instances?.[0]?.InstanceId ?? '';
  // Nobody listens there: by its address nothing reaches the instance.
  const { PublicIp } = await ec2.send(new AllocateAddressCommand({ Domain: 'vpc', Address: '127.0.0.9' }));
  await ec2.send(new AssociateAddressCommand({ InstanceId: instanceId, PublicIp }));
  ec2.destroy();
});

afterAll(async () => {
  await front.stop();
  await Promise.all([moto.stop(), sshd.stop()]);
});

beforeEach(async () => {
  home = await makeTempFolder('session-manager');
  plugin = await writeSessionPlugin(home.path, '1.2.707.0');
  const environment = awsEnvironment(home.path);
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  vi.stubEnv('PATH', [plugin.folder, process.env.PATH].join(delimiter));
  await writeAwsFiles(home.path, {
    credentials: '[lab]\naws_access_key_id = a\naws_secret_access_key = s\n',
  });
  aws = makeLabAws();
  account = aws.save({ profile: 'lab', endpoint: front.endpoint });
  front.text = `-----BEGIN SSH HOST KEY FINGERPRINTS-----\n256 ${sshd.hostKeys[0]?.fingerprint} root@lab (ED25519)\n-----END SSH HOST KEY FINGERPRINTS-----\n`;
  front.sessionPort = sshd.port;
  await sshd.authorize([await readFile(`${sshd.clientKeyPath}.pub`, 'utf8')]);
  Object.assign(front.sessions, { started: 0, ended: 0 });
});

afterEach(async () => {
  for (const cleanUp of cleanUps.toReversed()) await cleanUp();
  cleanUps = [];
  vi.unstubAllEnvs();
  await home.remove();
});

interface Wanted {
  readonly sessionManager: InstanceBinding['sessionManager'];
  readonly pushesKey?: boolean;
  readonly jumps?: readonly Jump[];
  readonly isPluginThere?: boolean;
}

async function connection({
  sessionManager,
  pushesKey = false,
  jumps = [],
  isPluginThere = true,
}: Wanted): Promise<LabConnection> {
  const find = () =>
    findSessionPlugin({
      platform: process.platform,
      environment: process.env,
      versionOf: isPluginThere ? versionOf : async () => null,
    });
  const lab = await makeLabConnection({
    route: { host: instanceId, port: sshd.port, user: sshd.user, jumps },
    identity: { kind: 'keyFile', path: sshd.clientKeyPath },
    instances: new InstanceFinder((accountId) => aws.service.session(accountId), makeOneTimeKey, find),
    machine: {
      instance: {
        ...{ accountId: account.id, instanceId, address: 'public', ifStopped: 'ask' },
        ...{ sessionManager, pushesKey },
      },
    },
  });
  cleanUps.push(lab.close);
  return lab;
}

/** A jump host where nobody listens. */
const deadJump = async (): Promise<Jump> => ({
  ...{ kind: 'inline', host: '127.0.0.1', port: await freePort(), user: 'ana' },
  identity: { kind: 'keyFile', path: sshd.clientKeyPath },
});

describe('a machine behind Session Manager', () => {
  test('is reached by the plugin, which is shown the token where no other program looks', async () => {
    const lab = await connection({ sessionManager: 'always' });
    const transport = await lab.connect();
    const text = 'x'.repeat(1_000_000);
    expect((await transport.exec('cat', { stdin: text })).stdout).toBe(text);
    const [call = []] = await plugin.calls();
    const [variable, region, operation, profile, request, endpoint] = call;
    expect([variable, region, operation, profile, endpoint]).toEqual([
      ...['AWS_SSM_START_SESSION_RESPONSE', 'us-east-1', 'StartSession', 'lab', front.endpoint],
    ]);
    expect(JSON.parse(request ?? '')).toEqual({
      Target: instanceId,
      DocumentName: 'AWS-StartSSHSession',
      Parameters: { portNumber: [String(sshd.port)] },
    });
    expect(call.join(' ')).not.toContain(sessionToken);
    expect(JSON.stringify(lab.log())).not.toContain(sessionToken);
    expect(lab.logCodes()).toContain('host-key-vouched');
    expect(lab.logCodes()).not.toContain('session-tried');
    lab.pool.disconnect(lab.machineId);
    await vi.waitFor(() => expect(front.sessions).toEqual({ started: 1, ended: 1 }), { timeout: 30_000 });
  });

  test('is reached that way when its address leads nowhere, and again when that was lost', async () => {
    const lab = await connection({ sessionManager: 'fallback' });
    await lab.connect();
    expect(lab.log().find(({ code }) => code === 'session-tried')?.params).toMatchObject({
      errorCode: 'connection-refused',
    });
    const lost = lab.reached('waitingToRetry');
    await sshd.killSessions();
    await lost;
    lab.pool.retryNow(lab.machineId);
    await lab.reached('ready');
    // What has worked is tried first.
    expect(lab.logCodes().filter((code) => code === 'session-tried')).toHaveLength(1);
    expect(lab.logCodes().filter((code) => code === 'session-opened')).toHaveLength(2);
  });

  test('is reached that way when its jump host is gone', async () => {
    const lab = await connection({ sessionManager: 'fallback', jumps: [await deadJump()] });
    await lab.connect();
    expect(lab.logCodes()).toContain('session-tried');
  });

  test('is signed in to by a key that AWS brings, with no other identity', async () => {
    front.bringKey = (key) => sshd.authorize([key.SSHPublicKey]);
    const lab = await connection({ sessionManager: 'always', pushesKey: true });
    await lab.connect();
    expect(lab.logCodes()).toContain('instance-key-pushed');
  });

  test('says what is missing on this computer', async () => {
    const without = await connection({ sessionManager: 'always', isPluginThere: false });
    expect((await without.connectFails()).code).toBe('session-plugin-missing');
    expect(front.sessions.started).toBe(0);
    await writeSessionPlugin(home.path, '1.2.497.0');
    const old = await connection({ sessionManager: 'fallback' });
    expect(await old.connectFails()).toMatchObject({
      code: 'session-plugin-old',
      params: { version: '1.2.497.0' },
    });
  });
});
