import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { algorithmsFor } from '../../../electron/ssh/algorithms';
import { oldAlgorithms } from '../../../shared/model/old-algorithms';
import { startDropbear } from '../../support/lab/dropbear';
import {
  connectInElectron,
  type ElectronTrial,
  type ElectronTrialResult,
} from '../../support/lab/run-in-electron';
import { startSshAgent } from '../../support/lab/ssh-agent';
import { certify } from '../../support/lab/ssh-certificates';
import { makeKeyPair, toPuttyKey } from '../../support/lab/ssh-keys';
import { type LabSshd, type SshdOptions, startSshd } from '../../support/lab/sshd';

const isRoot = process.getuid?.() === 0;
const servers: { stop(): Promise<void> }[] = [];
let results: readonly ElectronTrialResult[] = [];

const modern = algorithmsFor([], false);
/** ChaCha20 is offered where the crypto has it: Node has, Electron has not. */
const ciphers = modern.cipher.filter((name) => !name.startsWith('chacha20'));
const macs = modern.hmac.filter((name) => name !== 'hmac-sha2-256-etm@openssh.com');

const serverTrials: readonly (readonly [name: string, options: SshdOptions])[] = [
  ...modern.kex.map((name) => [`kex ${name}`, { config: [`KexAlgorithms ${name}`] }] as const),
  ...ciphers.map(
    (name) =>
      [`cipher ${name}`, { config: [`Ciphers ${name}`, 'MACs hmac-sha2-256-etm@openssh.com'] }] as const,
  ),
  ...macs.map((name) => [`mac ${name}`, { config: ['Ciphers aes128-ctr', `MACs ${name}`] }] as const),
  ['host key ecdsa', { hostKeyTypes: ['ecdsa'] }],
  ['host key rsa', { hostKeyTypes: ['rsa'] }],
  ['new session keys again and again', { config: ['RekeyLimit 256K'] }],
];
const oldTrials: readonly (readonly [name: string, options: SshdOptions])[] = [
  ...oldAlgorithms.kex.map((name) => [`old kex ${name}`, { config: [`KexAlgorithms ${name}`] }] as const),
  ...oldAlgorithms.cipher.map((name) => [`old cipher ${name}`, { config: [`Ciphers ${name}`] }] as const),
  ...oldAlgorithms.mac.map(
    (name) => [`old mac ${name}`, { config: ['Ciphers aes128-ctr', `MACs ${name}`] }] as const,
  ),
  ['old host key signature', { hostKeyTypes: ['rsa'], config: ['HostKeyAlgorithms ssh-rsa'] }],
];
const keyTrials = [
  ['key ed25519 with passphrase', { type: 'ed25519', passphrase: 'correct horse' }],
  ['key ecdsa with passphrase', { type: 'ecdsa', passphrase: 'correct horse' }],
  ['key rsa', { type: 'rsa' }],
  ['key rsa in PEM with passphrase', { type: 'rsa', format: 'PEM', passphrase: 'correct horse' }],
  ['key rsa in PKCS#8 with passphrase', { type: 'rsa', format: 'PKCS8', passphrase: 'correct horse' }],
  ['key ecdsa in PEM with passphrase', { type: 'ecdsa', format: 'PEM', passphrase: 'correct horse' }],
  ['key ecdsa in PKCS#8 with passphrase', { type: 'ecdsa', format: 'PKCS8', passphrase: 'correct horse' }],
] as const;
const puttyTrials = [
  ['PuTTY key ed25519, version 3, with passphrase', 'ed25519', { version: 3, passphrase: 'correct horse' }],
  ['PuTTY key ecdsa, version 3', 'ecdsa', { version: 3 }],
  ['PuTTY key rsa, version 2, with passphrase', 'rsa', { version: 2, passphrase: 'correct horse' }],
] as const;

const agentTrials = ['ed25519', 'ecdsa', 'rsa'] as const;
const certificateTrials = ['ed25519', 'ecdsa', 'rsa'] as const;
const dropbearTrials = isRoot ? (['ed25519', 'ecdsa', 'rsa'] as const) : [];

type Server = Pick<LabSshd, 'host' | 'port' | 'user' | 'clientKeyPath' | 'knownHostsPath'>;

function trial(name: string, server: Server, part: Partial<ElectronTrial> = {}): ElectronTrial {
  const { host, port, user, clientKeyPath: path, knownHostsPath } = server;
  return {
    ...{ name, route: { host, port, user }, knownHostsPath, passphrase: '', allowsOldAlgorithms: false },
    identity: { kind: 'keyFile', path },
    ...part,
  };
}

/** Servers and users certified by one authority, and a server that knows users by nothing else. */
async function certifiedTrials(folder: string): Promise<readonly ElectronTrial[]> {
  const authority = await makeKeyPair(join(folder, 'authority'));
  const trials: ElectronTrial[] = [];
  for (const type of certificateTrials) {
    const hostKey = await makeKeyPair(join(folder, `certified_host_${type}`), { type });
    const userKey = await makeKeyPair(join(folder, `certified_user_${type}`), { type });
    const hostCertificate = await certify(authority, hostKey, {
      isForHosts: true,
      principals: ['127.0.0.1'],
    });
    const server = await startSshd({
      hostKeyTypes: [],
      config: [
        ...[`HostKey ${hostKey.path}`, `HostCertificate ${hostCertificate}`],
        `TrustedUserCAKeys ${authority.publicKeyPath}`,
      ],
    });
    servers.push(server);
    await server.authorize([]);
    await certify(authority, userKey, { principals: [server.user] });
    await writeFile(server.knownHostsPath, `@cert-authority 127.0.0.1 ${authority.publicKey}\n`);
    const identity = { kind: 'keyFile', path: userKey.path } as const;
    trials.push(trial(`certificates of host and user, ${type}`, server, { identity }));
  }
  return trials;
}

beforeAll(async () => {
  const trials: ElectronTrial[] = [];
  for (const [name, options] of serverTrials) {
    const server = await startSshd(options);
    servers.push(server);
    trials.push(trial(name, server));
  }
  for (const [name, options] of oldTrials) {
    const server = await startSshd(options);
    servers.push(server);
    trials.push(trial(name, server, { allowsOldAlgorithms: true }));
  }
  for (const type of dropbearTrials) {
    const server = await startDropbear(type);
    servers.push(server);
    trials.push(trial(`dropbear with an ${type} host key`, server));
  }
  const plain = await startSshd();
  servers.push(plain);
  const publicKeys: string[] = [];
  for (const [index, [name, options]] of keyTrials.entries()) {
    const key = await makeKeyPair(join(plain.folder, `key_${index}`), options);
    publicKeys.push(key.publicKey);
    const identity = { kind: 'keyFile', path: key.path } as const;
    trials.push(
      trial(name, plain, { identity, ...('passphrase' in options && { passphrase: options.passphrase }) }),
    );
  }
  for (const [index, [name, type, putty]] of puttyTrials.entries()) {
    const key = await makeKeyPair(join(plain.folder, `putty_${index}`), { type });
    publicKeys.push(key.publicKey);
    const passphrase = 'passphrase' in putty ? putty.passphrase : '';
    const identity = { kind: 'keyFile', path: await toPuttyKey(key.path, putty) } as const;
    trials.push(trial(name, plain, { identity, passphrase }));
  }
  trials.push(...(await certifiedTrials(plain.folder)));
  const agent = await startSshAgent();
  servers.push(agent);
  for (const type of agentTrials) {
    const key = await makeKeyPair(join(plain.folder, `agent_${type}`), { type });
    await agent.add(key.path);
    publicKeys.push(key.publicKey);
    const identity = { kind: 'agent', socketPath: agent.socketPath, pinnedKey: key.publicKey } as const;
    trials.push(trial(`key ${type} of an agent`, plain, { identity }));
  }
  await plain.authorize(publicKeys);
  ({ results } = await connectInElectron(trials));
}, 600_000);
afterAll(() => Promise.all(servers.map((server) => server.stop())));

describe('from Electron’s main process, whose crypto is not Node’s', () => {
  const zeros = createHash('sha256').update(Buffer.alloc(3_000_000)).digest('hex');

  it.each([
    ...[...serverTrials, ...oldTrials, ...keyTrials, ...puttyTrials].map(([name]) => name),
    ...certificateTrials.map((type) => `certificates of host and user, ${type}`),
    ...agentTrials.map((type) => `key ${type} of an agent`),
    ...dropbearTrials.map((type) => `dropbear with an ${type} host key`),
  ])('%s works', (name) => {
    expect(results.find((result) => result.name === name)).toEqual({
      name,
      error: null,
      stdout: `${zeros}  -\n${name}`,
    });
  });
});
