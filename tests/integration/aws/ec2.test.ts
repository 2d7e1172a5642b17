import { readFile } from 'node:fs/promises';
import {
  AllocateAddressCommand,
  AssociateAddressCommand,
  DescribeInstancesCommand,
  EC2Client,
  RunInstancesCommand,
  StopInstancesCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { Ec2Service } from '../../../electron/aws/ec2/ec2-service';
import { InstanceFinder } from '../../../electron/aws/ec2/instance-finder';
import { noPrices, PriceBook, type PricesData } from '../../../electron/aws/prices/price-book';
import { makeOneTimeKey } from '../../../electron/ssh/one-time-key';
import { systemClock } from '../../../electron/system/clock';
import { AppError } from '../../../shared/errors/app-error';
import type { AwsAccount } from '../../../shared/model/aws-account';
import type { Ec2Snapshot } from '../../../shared/model/ec2';
import type { InstanceBinding } from '../../../shared/model/instance-binding';
import { awsEnvironment, writeAwsFiles } from '../../support/lab/aws-home';
import { type Ec2Front, type PushedKey, startEc2Front } from '../../support/lab/ec2-front';
import { type LabAws, makeLabAws } from '../../support/lab/lab-aws';
import { type LabConnection, makeLabConnection } from '../../support/lab/lab-connection';
import { type Moto, startMoto } from '../../support/lab/moto';
import { makeIamUser, withAuthorization } from '../../support/lab/moto-iam';
import { type LabSshd, startSshd } from '../../support/lab/sshd';
import { makeTempFolder, type TempFolder } from '../../support/lab/temp-folder';

let moto: Moto;
let front: Ec2Front;
let sshd: LabSshd;
let ec2: EC2Client;
let home: TempFolder;
let aws: LabAws;
let account: AwsAccount;
let cleanUps: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  moto = await startMoto();
  front = await startEc2Front(moto.endpoint);
  ec2 = new EC2Client({
    endpoint: moto.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 's' },
  });
});

afterAll(async () => {
  ec2.destroy();
  await front.stop();
  await moto.stop();
});

beforeEach(async () => {
  await fetch(`${moto.endpoint}/moto-api/reset`, { method: 'POST' });
  // One server under two addresses, as an instance has them one after the other.
  sshd = await startSshd({ config: ['ListenAddress 127.0.0.2'] });
  home = await makeTempFolder('ec2');
  for (const [name, value] of Object.entries(awsEnvironment(home.path))) vi.stubEnv(name, value);
  await writeAwsFiles(home.path, {
    credentials: '[lab]\naws_access_key_id = a\naws_secret_access_key = s\n',
  });
  aws = makeLabAws();
  account = aws.save({ profile: 'lab', endpoint: front.endpoint });
  front.text = '';
});

afterEach(async () => {
  for (const cleanUp of cleanUps.toReversed()) await cleanUp();
  cleanUps = [];
  vi.unstubAllEnvs();
  await sshd.stop();
  await home.remove();
});

async function launch(name: string): Promise<string> {
  const { Instances = [] } = await ec2.send(
    new RunInstancesCommand({
      ImageId: 'ami-12c6146b',
      InstanceType: 'm5.xlarge',
      MinCount: 1,
      MaxCount: 1,
      TagSpecifications: [
        {
          ResourceType: 'instance',
          Tags: [
            { Key: 'Name', Value: name },
            { Key: 'team', Value: 'vision' },
          ],
        },
      ],
    }),
  );
  return Instances[0]?.InstanceId ?? '';
}

/** From now on the instance has this public address. */
async function moveTo(instanceId: string, address: string): Promise<void> {
  const { PublicIp } = await ec2.send(new AllocateAddressCommand({ Domain: 'vpc', Address: address }));
  await ec2.send(new AssociateAddressCommand({ InstanceId: instanceId, PublicIp, AllowReassociation: true }));
}

async function stateOf(instanceId: string): Promise<string | undefined> {
  const { Reservations = [] } = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [instanceId] }));
  return Reservations[0]?.Instances?.[0]?.State?.Name;
}

/** What cloud-init prints of the server's keys. */
const printed = (fingerprint: string): string =>
  `[    0.000000] Linux version 6.1\r\nec2: -----BEGIN SSH HOST KEY FINGERPRINTS-----\r\nec2: 256 ${fingerprint} root@ip-10-0-0-7 (ED25519)\r\nec2: -----END SSH HOST KEY FINGERPRINTS-----\r\n`;
const fingerprint = (): string => sshd.hostKeys[0]?.fingerprint ?? '';

async function connection(
  instanceId: string,
  binding: Partial<InstanceBinding> = {},
  knownHostsPath?: string,
): Promise<LabConnection> {
  const lab = await makeLabConnection({
    route: { host: instanceId, port: sshd.port, user: sshd.user },
    identity: { kind: 'keyFile', path: sshd.clientKeyPath },
    instances: new InstanceFinder((accountId) => aws.service.session(accountId), makeOneTimeKey, noPlugin),
    machine: {
      instance: {
        accountId: account.id,
        instanceId,
        address: 'public',
        ifStopped: 'ask',
        sessionManager: 'never',
        pushesKey: false,
        ...binding,
      },
    },
    ...(knownHostsPath === undefined ? {} : { knownHostsPath }),
  });
  cleanUps.push(lab.close);
  return lab;
}

const noPlugin = () => Promise.reject(new AppError('session-plugin-missing'));
const patience = { timeout: 30_000 };

describe('a machine that is bound to an instance', () => {
  test('is reached where the instance is, its key vouched for by what the instance printed', async () => {
    const instanceId = await launch('GPU');
    await moveTo(instanceId, '127.0.0.1');
    front.text = printed(fingerprint());
    const lab = await connection(instanceId);
    const transport = await lab.connect();
    expect(transport.localAddress).not.toBe(null);
    expect(lab.seen).not.toContain('awaitingHostKey');
    expect(lab.logCodes()).toContain('host-key-vouched');
    await expect.poll(() => lab.logCodes(), patience).toContain('host-key-saved');
    expect(await readFile(lab.knownHostsPath, 'utf8')).toBe(`${instanceId} ${sshd.hostKeys[0]?.publicKey}\n`);
  });

  test('is reached at another address without an alarm, but not with another key', async () => {
    const instanceId = await launch('GPU');
    await moveTo(instanceId, '127.0.0.1');
    front.text = printed(fingerprint());
    const first = await connection(instanceId);
    await first.connect();
    await expect.poll(() => first.logCodes(), patience).toContain('host-key-saved');
    await moveTo(instanceId, '127.0.0.2');
    const reads = front.reads;
    const second = await connection(instanceId, {}, first.knownHostsPath);
    await second.connect();
    expect(second.log().find(({ code }) => code === 'instance-found')?.params).toMatchObject({
      host: '127.0.0.2',
    });
    expect(second.logCodes()).toContain('host-key-trusted');
    // What is known needs no console.
    expect(front.reads).toBe(reads);

    await sshd.restart({ newHostKey: true });
    const third = await connection(instanceId, {}, first.knownHostsPath);
    expect(await third.connectFails()).toMatchObject({
      code: 'host-key-changed',
      params: { host: instanceId, newFingerprint: fingerprint() },
    });
  });

  test('is refused where the instance has printed another key', async () => {
    const instanceId = await launch('GPU');
    await moveTo(instanceId, '127.0.0.1');
    front.text = printed(fingerprint());
    await sshd.restart({ newHostKey: true });
    const lab = await connection(instanceId);
    expect(await lab.connectFails()).toMatchObject({
      code: 'host-key-not-of-instance',
      params: { host: instanceId, fingerprint: fingerprint() },
    });
    expect(lab.logCodes()).not.toContain('auth-trying-key');
  });

  test.each(['', null])('is asked about where the console tells nothing (%j)', async (text) => {
    const instanceId = await launch('GPU');
    await moveTo(instanceId, '127.0.0.1');
    front.text = text;
    const lab = await connection(instanceId);
    const ready = lab.connect();
    const prompt = await lab.nextHostKeyPrompt();
    expect(prompt).toMatchObject({ host: '127.0.0.1', fingerprint: fingerprint() });
    lab.pool.answer({ kind: 'hostKey', promptId: prompt.promptId, isAccepted: true });
    await ready;
  });

  test('is started when the user agrees, and waited for until it answers', async () => {
    const instanceId = await launch('GPU');
    await moveTo(instanceId, '127.0.0.1');
    front.text = printed(fingerprint());
    await ec2.send(new StopInstancesCommand({ InstanceIds: [instanceId] }));
    await sshd.stopListening();
    const lab = await connection(instanceId);
    const ready = lab.connect();
    const prompt = await lab.nextSecretPrompt();
    expect(prompt).toMatchObject({ kind: 'startInstance', instance: instanceId, name: 'GPU' });
    expect(await stateOf(instanceId)).toBe('stopped');
    lab.pool.answer({ kind: 'startInstance', promptId: prompt.promptId, isConfirmed: true });
    // Stopping took its address; it gets the new one before the server on it is up.
    await expect.poll(() => stateOf(instanceId), patience).toBe('running');
    await moveTo(instanceId, '127.0.0.2');
    await expect.poll(() => lab.logCodes(), patience).toContain('instance-not-up-yet');
    await sshd.restart();
    await ready;
    expect(await stateOf(instanceId)).toBe('running');
  }, 60_000);

  test('stays stopped when the user does not want to start it', async () => {
    const instanceId = await launch('GPU');
    await ec2.send(new StopInstancesCommand({ InstanceIds: [instanceId] }));
    const lab = await connection(instanceId);
    const ended = lab.connect().catch((error: unknown) => error);
    const { promptId } = await lab.nextSecretPrompt();
    lab.pool.answer({ kind: 'cancel', promptId });
    expect(await ended).toMatchObject({ code: 'cancelled' });
    expect(await stateOf(instanceId)).toBe('stopped');
  });

  test('says what is wrong when the instance is gone, or was never there', async () => {
    const lost = await connection('i-0123456789abcdef0');
    expect((await lost.connectFails()).code).toBe('instance-not-found');
    const instanceId = await launch('GPU');
    await ec2.send(new TerminateInstancesCommand({ InstanceIds: [instanceId] }));
    const gone = await connection(instanceId);
    expect((await gone.connectFails()).code).toBe('instance-terminated');
  });

  test('says which permission is missing', async () => {
    const { accessKeyId, secretAccessKey } = await makeIamUser(moto, 'ana', []);
    await writeAwsFiles(home.path, {
      credentials: `[lab]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`,
    });
    account = aws.save({ profile: 'lab', endpoint: moto.endpoint });
    await withAuthorization(moto, async () => {
      const lab = await connection('i-0123456789abcdef0');
      expect(await lab.connectFails()).toMatchObject({
        code: 'aws-denied',
        params: { permissions: 'ec2:DescribeInstances' },
      });
    });
  });
});

describe('a machine that AWS brings a key to', () => {
  const user = () => sshd.user;
  /** Its own key signs nobody in, nor can it be opened. */
  async function withoutIdentity(instanceId: string): Promise<LabConnection> {
    front.text = printed(fingerprint());
    await moveTo(instanceId, '127.0.0.1');
    const lab = await makeLabConnection({
      route: { host: instanceId, port: sshd.port, user: user() },
      identity: { kind: 'keyFile', path: '/nowhere/at/all' },
      instances: new InstanceFinder((accountId) => aws.service.session(accountId), makeOneTimeKey, noPlugin),
      machine: {
        instance: {
          ...{
            accountId: account.id,
            instanceId,
            address: 'public',
            ifStopped: 'ask',
            sessionManager: 'never',
            pushesKey: true,
          },
        },
      },
    });
    cleanUps.push(lab.close);
    return lab;
  }

  test('is signed in to by that key alone, and each time by another', async () => {
    const brought: PushedKey[] = [];
    front.bringKey = async (key) => {
      brought.push(key);
      await sshd.authorize([key.SSHPublicKey]);
    };
    const instanceId = await launch('GPU');
    const lab = await withoutIdentity(instanceId);
    await lab.connect();
    expect(brought).toMatchObject([{ InstanceId: instanceId, InstanceOSUser: user() }]);
    expect(brought[0]?.SSHPublicKey).toMatch(/^ssh-ed25519 /);
    expect(lab.logCodes()).toContain('instance-key-pushed');
    const lost = lab.reached('waitingToRetry');
    await sshd.killSessions();
    await lost;
    lab.pool.retryNow(lab.machineId);
    await lab.reached('ready');
    const keys = brought.map(({ SSHPublicKey }) => SSHPublicKey);
    expect(new Set(keys).size).toBe(brought.length);
    expect(brought.length).toBeGreaterThan(1);
  });

  test('says so when the image knows nothing of such keys', async () => {
    front.bringKey = async () => undefined;
    const lab = await withoutIdentity(await launch('GPU'));
    expect(await lab.connectFails()).toMatchObject({
      code: 'instance-connect-refused',
      params: { user: user() },
    });
  });

  test('says which permission is missing, and for which instance', async () => {
    const instanceId = await launch('GPU');
    const allowed = ['ec2:DescribeInstances', 'ec2:GetConsoleOutput'];
    const { accessKeyId, secretAccessKey } = await makeIamUser(moto, 'bia', allowed);
    await writeAwsFiles(home.path, {
      credentials: `[lab]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`,
    });
    account = aws.save({ profile: 'lab', endpoint: moto.endpoint });
    const lab = await withoutIdentity(instanceId);
    await withAuthorization(moto, async () => {
      expect(await lab.connectFails()).toMatchObject({
        code: 'aws-denied',
        params: {
          permissions: 'ec2-instance-connect:SendSSHPublicKey',
          resource: `arn:aws:ec2:us-east-1:*:instance/${instanceId}`,
        },
      });
    });
  });
});

describe('the instances of an account', () => {
  let snapshots: Ec2Snapshot[];
  let service: Ec2Service;
  let kept: PricesData;
  let troubles: string[];
  beforeEach(() => {
    snapshots = [];
    kept = noPrices;
    troubles = [];
    front.usdPerHour = null;
    service = new Ec2Service({
      session: (accountId) => aws.service.session(accountId),
      clock: systemClock,
      prices: new PriceBook({
        store: {
          value: () => kept,
          replace: (next) => {
            kept = next;
          },
        },
        nowMs: Date.now,
        onTrouble: (error) => troubles.push(AppError.from(error).code),
      }),
      onChanged: (snapshot) => snapshots.push(snapshot),
      instancesAtOnce: 5,
    });
    cleanUps.push(async () => service.stop());
  });

  const seen = (isEnough: (snapshot: Ec2Snapshot) => boolean): Promise<Ec2Snapshot> =>
    vi.waitFor(() => {
      const last = snapshots.at(-1);
      if (last === undefined || !isEnough(last)) throw new Error(`Not yet: ${JSON.stringify(last)}`);
      return last;
    }, patience);

  test('are listed by name, take orders and show what came of them', async () => {
    const second = await launch('Zeta');
    const first = await launch('Alpha');
    service.look(account.id);
    const { instances } = await seen(({ isWhole }) => isWhole);
    expect(instances.map(({ id, name, state }) => [id, name, state])).toEqual([
      [first, 'Alpha', 'running'],
      [second, 'Zeta', 'running'],
    ]);
    expect(instances[0]?.tags).toEqual([{ key: 'team', value: 'vision' }]);
    const isFirst = (state: string) => (snapshot: Ec2Snapshot) => snapshot.instances[0]?.state === state;
    await service.order(account.id, first, 'stop');
    await seen(isFirst('stopped'));
    await service.order(account.id, first, 'start');
    await seen(isFirst('running'));
    await service.order(account.id, first, 'reboot');
    expect(await stateOf(first)).toBe('running');
  });

  test('are shown page by page, and none is lost', async () => {
    const count = 12;
    await Promise.all(Array.from({ length: count }, (_, index) => launch(`Node ${index}`)));
    service.look(account.id);
    const { instances } = await seen(({ isWhole }) => isWhole);
    expect(new Set(instances.map(({ id }) => id)).size).toBe(count);
    expect(snapshots.some((snapshot) => !snapshot.isWhole && snapshot.instances.length === 10)).toBe(true);
  });

  test('have the prices of the list of their region, which are asked for once', async () => {
    await Promise.all([launch('Alpha'), launch('Beta')]);
    front.usdPerHour = 0.306;
    const asked = front.pricesAsked.length;
    const isPriced = ({ prices }: Ec2Snapshot) => prices.length > 0;
    service.look(account.id);
    const { prices } = await seen(isPriced);
    expect(prices).toMatchObject([{ instanceType: 'm5.xlarge', usdPerHour: 0.306, source: 'list' }]);
    expect(JSON.parse(front.pricesAsked.at(-1) ?? '')).toMatchObject({ ServiceCode: 'AmazonEC2' });
    expect(front.pricesAsked.at(-1)).toContain('"us-east-1"');
    service.look(null);
    service.look(account.id);
    await seen(isPriced);
    expect(front.pricesAsked.length - asked).toBe(1);
  });

  test('have estimates where the price list may not be read', async () => {
    await launch('Alpha');
    service.look(account.id);
    const { prices } = await seen((snapshot) => snapshot.prices.length > 0);
    expect(prices).toMatchObject([{ instanceType: 'm5.xlarge', usdPerHour: 0.192, source: 'table' }]);
    expect(troubles).toEqual(['aws-denied']);
    expect(service.snapshot().error).toBe(null);
  });

  test('that can not be had leave what was known, and say why', async () => {
    const instanceId = await launch('Alpha');
    service.look(account.id);
    await seen(({ isWhole }) => isWhole);
    await expect(service.order(account.id, 'i-0123456789abcdef0', 'stop')).rejects.toMatchObject({
      code: 'instance-not-found',
    });
    expect(service.snapshot().instances.map(({ id }) => id)).toEqual([instanceId]);
  });
});
