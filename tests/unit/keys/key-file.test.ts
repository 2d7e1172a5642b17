import fs from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expandHome, loadKeyFile } from '../../../electron/keys/key-file';
import { keyFormatOf } from '../../../electron/keys/key-format';
import { wireString } from '../../../electron/keys/ssh-wire';
import { parsePrivateKey } from '../../../electron/ssh/private-key';
import { makeKeyPair } from '../../support/lab/ssh-keys';
import { makeTempFolder, type TempFolder } from '../../support/lab/temp-folder';

let folder: TempFolder;
beforeAll(async () => {
  folder = await makeTempFolder('keys');
});
afterAll(() => folder.remove());

const never = () => Promise.reject(new Error('asked for a passphrase'));
const deps = () => ({ fs, homeFolder: folder.path, parsePrivateKey });

describe('the format of a key file', () => {
  const formats = [
    ['ed25519', {}],
    ['ed25519', { passphrase: 'x1234' }],
    ['rsa', { format: 'PEM' }],
    ['rsa', { format: 'PEM', passphrase: 'x1234' }],
    ['ecdsa', { format: 'PKCS8' }],
    ['ecdsa', { format: 'PKCS8', passphrase: 'x1234' }],
  ] as const;

  it.each(formats)('%s %j as ssh-keygen writes it: whether it has a passphrase', async (type, options) => {
    const { path } = await makeKeyPair(
      join(folder.path, `${type}-${JSON.stringify(options).replace(/\W/g, '')}`),
      { type, ...options },
    );
    expect(keyFormatOf(await fs.readFile(path))).toEqual({
      kind: 'supported',
      isEncrypted: 'passphrase' in options,
    });
  });

  it.each([
    ['PuTTY-User-Key-File-3: ssh-ed448\nEncryption: none\n', 'PuTTY key (PPK 3, ssh-ed448)'],
    ['PuTTY-User-Key-File-1: ssh-rsa\nEncryption: none\n', 'PuTTY key (PPK 1, ssh-rsa)'],
    ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGqd me@here', 'public key'],
    ['-----BEGIN DSA PRIVATE KEY-----\nMIIB\n-----END DSA PRIVATE KEY-----\n', 'DSA PRIVATE KEY'],
    ['', ''],
    ['just some notes', ''],
  ])('%j is named when it cannot be read', (text, format) => {
    expect(keyFormatOf(Buffer.from(text))).toEqual({ kind: 'unsupported', format });
  });
});

describe('loading a key file', () => {
  it('ed25519 in PKCS#8, which OpenSSH itself does not write, has the fingerprint of its public key', async () => {
    const { generateKeyPairSync } = await import('node:crypto');
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const path = join(folder.path, 'pkcs8-ed25519');
    await fs.writeFile(path, privateKey.export({ format: 'pem', type: 'pkcs8' }));
    const { fingerprintOf } = await import('../../../electron/trust/public-key');
    const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
    const blob = Buffer.concat([Buffer.from('\0\0\0\x0bssh-ed25519\0\0\0\x20', 'latin1'), raw]);
    expect(await loadKeyFile(path, never, deps())).toMatchObject({
      keyType: 'ssh-ed25519',
      fingerprint: fingerprintOf(blob),
    });
  });

  it.each([
    ['EACCES', 'key-file-unreadable'],
    ['EPERM', 'key-file-unreadable'],
    ['EISDIR', 'key-file-unreadable'],
    ['ENOENT', 'key-file-not-found'],
    ['ENOTDIR', 'key-file-not-found'],
  ])('%s is %s', async (code, expected) => {
    const failing = { readFile: () => Promise.reject(Object.assign(new Error('no'), { code })) };
    await expect(loadKeyFile('/k', never, { ...deps(), fs: failing })).rejects.toMatchObject({
      code: expected,
      params: { path: '/k', reason: code },
    });
  });

  it('a damaged key is not taken for a wrong passphrase', async () => {
    const { path } = await makeKeyPair(join(folder.path, 'whole'));
    const lines = (await fs.readFile(path, 'utf8')).split('\n');
    await fs.writeFile(path, [...lines.slice(0, 3), ...lines.slice(4)].join('\n'));
    await expect(loadKeyFile(path, never, deps())).rejects.toMatchObject({ code: 'key-file-damaged' });
  });

  it('that is only the handle of a FIDO security key is told from other keys', async () => {
    const publicKey = Buffer.concat(['sk-ssh-ed25519@openssh.com', 'x'.repeat(32), 'ssh:'].map(wireString));
    const data = Buffer.concat([
      ...[
        Buffer.from('openssh-key-v1\0'),
        ...['none', 'none', ''].map(wireString),
        Buffer.from([0, 0, 0, 1]),
      ],
      ...[publicKey, Buffer.alloc(64)].map(wireString),
    ]);
    const path = join(folder.path, 'id_ed25519_sk');
    const label = 'OPENSSH PRIVATE KEY-----';
    await fs.writeFile(path, `-----BEGIN ${label}\n${data.toString('base64')}\n-----END ${label}\n`);
    await expect(loadKeyFile(path, never, deps())).rejects.toMatchObject({
      ...{ code: 'key-file-of-security-key', params: { path } },
    });
  });

  it('a huge file is not read as a key', async () => {
    const huge = {
      readFile: (() => Promise.resolve(Buffer.alloc(2_000_000))) as unknown as typeof fs.readFile,
    };
    await expect(loadKeyFile('/k', never, { ...deps(), fs: huge })).rejects.toMatchObject({
      code: 'key-file-unsupported',
    });
  });

  it('a passphrase that the user does not give is the user’s decision', async () => {
    const { path } = await makeKeyPair(join(folder.path, 'locked'), { passphrase: 'x1234' });
    await expect(loadKeyFile(path, never, deps())).rejects.toThrow('asked for a passphrase');
  });
});

describe('where things are', () => {
  it('`~` is the home folder only at the beginning', () => {
    expect(
      ['~', '~/.ssh/id', '/abs/~/id', '~other/id', 'id'].map((path) => expandHome(path, '/home/ana')),
    ).toEqual([...['/home/ana', '/home/ana/.ssh/id', '/abs/~/id', '~other/id', 'id']]);
  });
});
