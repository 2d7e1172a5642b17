import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  connectInElectron,
  type ElectronTrial,
  type ElectronTrialResult,
} from '../../support/lab/run-in-electron';
import { makeKeyPair, toPuttyKey } from '../../support/lab/ssh-keys';
import { type LabSshd, type SshdOptions, startSshd } from '../../support/lab/sshd';

const servers: LabSshd[] = [];
let results: readonly ElectronTrialResult[] = [];

const serverTrials: readonly (readonly [name: string, options: SshdOptions])[] = [
  ['kex curve25519-sha256', { config: ['KexAlgorithms curve25519-sha256'] }],
  ['kex ecdh-sha2-nistp256', { config: ['KexAlgorithms ecdh-sha2-nistp256'] }],
  ['kex ecdh-sha2-nistp521', { config: ['KexAlgorithms ecdh-sha2-nistp521'] }],
  ['kex diffie-hellman-group14-sha256', { config: ['KexAlgorithms diffie-hellman-group14-sha256'] }],
  ['kex diffie-hellman-group16-sha512', { config: ['KexAlgorithms diffie-hellman-group16-sha512'] }],
  [
    'kex diffie-hellman-group-exchange-sha256',
    { config: ['KexAlgorithms diffie-hellman-group-exchange-sha256'] },
  ],
  ['cipher aes256-gcm', { config: ['Ciphers aes256-gcm@openssh.com'] }],
  [
    'cipher aes128-ctr, encrypt-then-mac',
    { config: ['Ciphers aes128-ctr', 'MACs hmac-sha2-256-etm@openssh.com'] },
  ],
  ['cipher aes256-ctr, plain mac', { config: ['Ciphers aes256-ctr', 'MACs hmac-sha2-512'] }],
  ['host key ecdsa', { hostKeyTypes: ['ecdsa'] }],
  ['host key rsa', { hostKeyTypes: ['rsa'] }],
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

function trial(
  name: string,
  server: LabSshd,
  keyPath = server.clientKeyPath,
  passphrase = '',
): ElectronTrial {
  const route = { host: server.host, port: server.port, user: server.user };
  return { name, route, keyPath, passphrase, knownHostsPath: server.knownHostsPath };
}

beforeAll(async () => {
  const trials: ElectronTrial[] = [];
  for (const [name, options] of serverTrials) {
    const server = await startSshd(options);
    servers.push(server);
    trials.push(trial(name, server));
  }
  const plain = await startSshd();
  servers.push(plain);
  const publicKeys: string[] = [];
  for (const [index, [name, options]] of keyTrials.entries()) {
    const key = await makeKeyPair(join(plain.folder, `key_${index}`), options);
    publicKeys.push(key.publicKey);
    trials.push(trial(name, plain, key.path, 'passphrase' in options ? options.passphrase : ''));
  }
  for (const [index, [name, type, putty]] of puttyTrials.entries()) {
    const key = await makeKeyPair(join(plain.folder, `putty_${index}`), { type });
    publicKeys.push(key.publicKey);
    const passphrase = 'passphrase' in putty ? putty.passphrase : '';
    trials.push(trial(name, plain, await toPuttyKey(key.path, putty), passphrase));
  }
  await plain.authorize(publicKeys);
  ({ results } = await connectInElectron(trials));
}, 600_000);
afterAll(() => Promise.all(servers.map((server) => server.stop())));

describe('from Electron’s main process, whose crypto is not Node’s', () => {
  const zeros = createHash('sha256').update(Buffer.alloc(3_000_000)).digest('hex');

  it.each([...serverTrials, ...keyTrials, ...puttyTrials].map(([name]) => name))('%s works', (name) => {
    expect(results.find((result) => result.name === name)).toEqual({
      name,
      error: null,
      stdout: `${zeros}  -\n${name}`,
    });
  });
});
