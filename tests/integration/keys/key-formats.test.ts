import { generateKeyPairSync } from 'node:crypto';
import fs from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadKeyFile } from '../../../electron/keys/key-file';
import { parsePrivateKey, Ssh2PrivateKey } from '../../../electron/ssh/private-key';
import { runCommand } from '../../support/lab/run-command';
import { makeKeyPair, type PuttyOptions, type SshKeyPair, toPuttyKey } from '../../support/lab/ssh-keys';
import { makeTempFolder, type TempFolder } from '../../support/lab/temp-folder';

let folder: TempFolder;
beforeAll(async () => {
  folder = await makeTempFolder('key-formats');
});
afterAll(() => folder.remove());

const passphrase = 'correct horse – ação';
const never = () => Promise.reject(new Error('asked for a passphrase'));
const deps = () => ({ fs, homeFolder: folder.path, parsePrivateKey });
const load = (path: string) => loadKeyFile(path, () => Promise.resolve(passphrase), deps());
/** Gives wrong passphrases first; resolves with whether each question said that the one before was wrong. */
async function wrongThenRight(path: string): Promise<readonly boolean[]> {
  const asked: boolean[] = [];
  await loadKeyFile(
    path,
    ({ wasWrong }) => {
      asked.push(wasWrong);
      return Promise.resolve(asked.length < 3 ? `wrong ${asked.length}` : passphrase);
    },
    deps(),
  );
  return asked;
}
let count = 0;
const freshPath = () => join(folder.path, `key-${++count}`);

/** What the loaded key signs must be true for its public half, which OpenSSH wrote. */
async function expectSame(path: string, pair: SshKeyPair): Promise<void> {
  const key = await load(path);
  expect(key.fingerprint).toBe(pair.fingerprint);
  if (!(key instanceof Ssh2PrivateKey)) throw new Error('not a key of ssh2');
  const hash = key.keyType === 'ssh-rsa' ? 'sha512' : undefined;
  const signature = key.parsed.sign('data', hash);
  if (signature instanceof Error) throw signature;
  expect(key.parsed.verify('data', signature, hash)).toBe(true);
}

const kinds = [
  ['ed25519', undefined],
  ['ecdsa', 256],
  ['ecdsa', 384],
  ['ecdsa', 521],
  ['rsa', 2048],
  ['rsa', 3072],
] as const;
const make = (kind: (typeof kinds)[number], options: Parameters<typeof makeKeyPair>[1] = {}) =>
  makeKeyPair(freshPath(), { type: kind[0], ...(kind[1] ? { bits: kind[1] } : {}), ...options });

describe.each(kinds.map((kind) => ({ kind })))('$kind', ({ kind }) => {
  const puttyForms: readonly PuttyOptions[] = [
    { version: 2 },
    { version: 2, passphrase },
    { version: 3 },
    { version: 3, passphrase },
  ];
  it.each(puttyForms)('as puttygen writes it in %j', async (form) => {
    const pair = await make(kind);
    await expectSame(await toPuttyKey(pair.path, form), pair);
  });

  it('in OpenSSH’s own format with a passphrase', async () => {
    const pair = await make(kind, { passphrase });
    await expectSame(pair.path, pair);
  });

  if (kind[0] !== 'ed25519') {
    it.each(['PEM', 'PKCS8'] as const)('in %s, with and without passphrase', async (format) => {
      const plain = await make(kind, { format });
      await expectSame(plain.path, plain);
      const locked = await make(kind, { format, passphrase });
      await expectSame(locked.path, locked);
    });
  }
});

describe('a PuTTY key', () => {
  it('with the effort that PuTTYgen demands by itself opens', async () => {
    const pair = await makeKeyPair(freshPath());
    await expectSame(await toPuttyKey(pair.path, { version: 3, passphrase, isAsHardAsUsual: true }), pair);
  }, 60_000);

  it.each(['argon2i', 'argon2d'] as const)('with %s opens', async (kdf) => {
    const pair = await makeKeyPair(freshPath());
    await expectSame(await toPuttyKey(pair.path, { version: 3, passphrase, kdf }), pair);
  });

  it('with Windows line ends opens', async () => {
    const pair = await makeKeyPair(freshPath());
    const path = await toPuttyKey(pair.path, { version: 3 });
    await fs.writeFile(path, (await fs.readFile(path, 'latin1')).replaceAll('\n', '\r\n'), 'latin1');
    await expectSame(path, pair);
  });

  it('that wants absurdly much memory is refused before anything is computed', async () => {
    const { path } = await makeKeyPair(freshPath());
    const ppk = await toPuttyKey(path, { version: 3, passphrase });
    const text = await fs.readFile(ppk, 'latin1');
    await fs.writeFile(ppk, text.replace(/Argon2-Memory: \d+/, 'Argon2-Memory: 16777216'));
    await expect(loadKeyFile(ppk, never, deps())).rejects.toMatchObject({
      code: 'key-file-unsupported',
      params: { format: expect.stringContaining('16777216 KiB') },
    });
  });
});

describe('a wrong passphrase is asked for again', () => {
  it.each(['ed25519', 'ecdsa', 'rsa'] as const)('%s, PPK 2 and 3', async (type) => {
    const { path } = await makeKeyPair(freshPath(), { type });
    for (const version of [2, 3] as const) {
      expect(await wrongThenRight(await toPuttyKey(path, { version, passphrase }))).toEqual([
        ...[false, true, true],
      ]);
    }
  });

  it.each([
    ['ed25519', {}],
    ['rsa', { format: 'PEM' }],
    ['ecdsa', { format: 'PKCS8' }],
  ] as const)('%s %j', async (type, options) => {
    const { path } = await makeKeyPair(freshPath(), { type, passphrase, ...options });
    expect(await wrongThenRight(path)).toEqual([false, true, true]);
  });
});

describe('a key that was altered is damaged, neither unsupported nor asked about for ever', () => {
  const alter = async (path: string, from: RegExp, to: string) => {
    const text = await fs.readFile(path, 'latin1');
    expect(text).toMatch(from);
    await fs.writeFile(path, text.replace(from, to), 'latin1');
    return expect(load(path)).rejects.toMatchObject({ code: 'key-file-damaged', params: { path } });
  };

  it.each([2, 3] as const)('PPK %s: another comment, with and without passphrase', async (version) => {
    for (const type of ['ed25519', 'ecdsa', 'rsa'] as const) {
      const { path } = await makeKeyPair(freshPath(), { type });
      await alter(await toPuttyKey(path, { version }), /Comment: .*/, 'Comment: mallory');
      await alter(await toPuttyKey(path, { version, passphrase }), /Comment: .*/, 'Comment: mallory');
    }
  });

  it('PPK: another MAC, a lost line, a lost end', async () => {
    const { path } = await makeKeyPair(freshPath(), { type: 'rsa' });
    const ppk = () => toPuttyKey(path, { version: 3 });
    await alter(await ppk(), /Private-MAC: .{4}/, 'Private-MAC: 0000');
    await alter(await ppk(), /Public-Lines: 6\n.*\n/, 'Public-Lines: 6\n');
    await alter(await ppk(), /Private-MAC: .*\n/, '');
  });

  it('OpenSSH, PEM and PKCS #8 that are cut off', async () => {
    const { path } = await makeKeyPair(freshPath(), { passphrase });
    await alter(path, /\n.*\n(-----END)/, '\n$1');
    for (const format of ['PEM', 'PKCS8'] as const) {
      const plain = await makeKeyPair(freshPath(), { type: 'rsa', format });
      await alter(plain.path, /\n.*\n(-----END)/, '\n$1');
      const locked = await makeKeyPair(freshPath(), { type: 'rsa', format, passphrase });
      await alter(locked.path, /\n.{7}(.*)\n(-----END)/, '\n$1\n$2');
    }
  });
});

describe('what SSH can’t use is called unsupported', () => {
  it.each([
    ['a curve that SSH does not have', 'ec', { namedCurve: 'secp256k1' }],
    ['RSA for PSS only', 'rsa-pss', { modulusLength: 2048 }],
    ['ed448', 'ed448', {}],
  ] as const)('%s', async (_, type, options) => {
    const path = freshPath();
    const { privateKey } = generateKeyPairSync(type as 'ec', options as { namedCurve: string });
    await fs.writeFile(path, privateKey.export({ format: 'pem', type: 'pkcs8' }));
    await expect(loadKeyFile(path, never, deps())).rejects.toMatchObject({ code: 'key-file-unsupported' });
  });

  it('a PEM with DES, which nothing modern opens', async () => {
    const path = freshPath();
    await fs.writeFile(
      path,
      '-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: DES-CBC,0011223344556677\n\nAAAAAAAAAAA=\n-----END RSA PRIVATE KEY-----\n',
    );
    await expect(loadKeyFile(path, never, deps())).rejects.toMatchObject({
      code: 'key-file-unsupported',
      params: { format: 'RSA PRIVATE KEY, DES-CBC' },
    });
  });

  it('a DSA key of PuTTY', async () => {
    const path = freshPath();
    const empty = `${path}.empty`;
    await fs.writeFile(empty, '');
    await runCommand('puttygen', ['-t', 'dsa', '-b', '1024', '-q', '-o', path, '--new-passphrase', empty]);
    await expect(loadKeyFile(path, never, deps())).rejects.toMatchObject({
      code: 'key-file-unsupported',
      params: { format: 'PuTTY key (PPK 3, ssh-dss)' },
    });
  });
});
