import fs from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KeyFolder } from '../../../electron/keys/key-folder';
import { KeyImporter } from '../../../electron/keys/key-importer';
import { generateKeyPair } from '../../../electron/ssh/generate-key-pair';
import { readPublicHalf } from '../../../electron/ssh/private-key';
import { readKeyPair } from '../../../electron/ssh/read-key-pair';
import { runCommand } from '../../support/lab/run-command';
import { makeKeyPair, type SshKeyPair, toPuttyKey } from '../../support/lab/ssh-keys';
import { makeTempFolder, type TempFolder } from '../../support/lab/temp-folder';

let home: TempFolder;
let importer: KeyImporter;
beforeEach(async () => {
  home = await makeTempFolder('key-importer');
  const folder = new KeyFolder({
    ...{ homeFolder: home.path, platform: 'linux', fs, readPublicHalf, generateKeyPair },
  });
  importer = new KeyImporter({ folder, fs, readKeyPair });
});
afterEach(() => home.remove());

const passphrase = 'correct horse – ação';
const outside = (name: string) => join(home.path, name);
const inside = (name: string) => join(home.path, '.ssh', name);

/** The imported key is an OpenSSH one with this passphrase, and of the same pair, as ssh-keygen and puttygen see it. */
async function expectImported(name: string, pair: SshKeyPair, newPassphrase: string): Promise<void> {
  const path = inside(name);
  const line = (await fs.readFile(`${path}.pub`, 'utf8')).trim();
  expect(line).toBe(`${pair.publicKey} nuvem-lab`);
  expect((await runCommand('ssh-keygen', ['-y', '-P', newPassphrase, '-f', path])).trim()).toBe(line);
  expect((await fs.stat(path)).mode & 0o777).toBe(0o600);
  const passphrasePath = outside('passphrase');
  await fs.writeFile(passphrasePath, newPassphrase);
  const fingerprint = await runCommand('puttygen', [path, '-l', '--old-passphrase', passphrasePath]);
  expect(fingerprint).toContain(pair.fingerprint);
}

describe('a PuTTY key', () => {
  const types = [
    ['ed25519', undefined],
    ['ecdsa', 256],
    ['ecdsa', 521],
    ['rsa', 3072],
  ] as const;
  const forms = types.flatMap(([type, bits]) =>
    ([2, 3] as const).flatMap((version) =>
      ['', passphrase].map((secret) => ({ type, bits, version, secret })),
    ),
  );

  it.each(forms)('$type $bits, PPK $version, passphrase "$secret"', async (form) => {
    const { type, bits, version, secret } = form;
    const pair = await makeKeyPair(outside('source'), { type, ...(bits ? { bits } : {}) });
    const path = await toPuttyKey(pair.path, { version, ...(secret === '' ? {} : { passphrase: secret }) });
    const before = await fs.readFile(path);
    expect(await importer.inspect(path)).toMatchObject({
      ...{ path, container: 'putty', isEncrypted: secret !== '', comment: 'nuvem-lab' },
      publicHalf: { fingerprint: pair.fingerprint },
    });
    await importer.import({ path, name: 'mine', passphrase: secret, newPassphrase: 'fresh' });
    await expectImported('mine', pair, 'fresh');
    expect(await fs.readFile(path)).toEqual(before);
  });

  it('with a changed byte is not imported', async () => {
    const pair = await makeKeyPair(outside('source'));
    const path = await toPuttyKey(pair.path, { version: 3 });
    await fs.writeFile(path, (await fs.readFile(path, 'latin1')).replace('nuvem-lab', 'somebody'));
    await expect(
      importer.import({ path, name: 'mine', passphrase: '', newPassphrase: '' }),
    ).rejects.toMatchObject({ code: 'key-not-whole' });
    await expect(fs.readdir(inside(''))).rejects.toThrow('ENOENT');
  });
});

describe('a PEM key', () => {
  it.each(['PEM', 'PKCS8'] as const)('in %s keeps the comment of its .pub file', async (format) => {
    const pair = await makeKeyPair(outside('source'), { type: 'rsa', format, passphrase });
    expect(await importer.inspect(pair.path)).toEqual({
      ...{ path: pair.path, container: 'pem', isEncrypted: true, publicHalf: null, comment: '' },
    });
    await importer.import({ path: pair.path, name: 'mine', passphrase, newPassphrase: '' });
    await expectImported('mine', pair, '');
  });
});

describe('an import', () => {
  it('with a wrong passphrase writes nothing', async () => {
    const pair = await makeKeyPair(outside('source'), { passphrase });
    await expect(
      importer.import({ path: pair.path, name: 'mine', passphrase: 'wrong', newPassphrase: '' }),
    ).rejects.toMatchObject({ code: 'key-passphrase-wrong', params: { path: pair.path } });
    await expect(fs.readdir(inside(''))).rejects.toThrow('ENOENT');
  });

  it.each(['mine', 'mine.pub'])('never overwrites: %s exists', async (existing) => {
    const pair = await makeKeyPair(outside('source'));
    await fs.mkdir(inside(''));
    await fs.writeFile(inside(existing), 'theirs');
    await expect(
      importer.import({ path: pair.path, name: 'mine', passphrase: '', newPassphrase: '' }),
    ).rejects.toMatchObject({ code: 'key-file-exists' });
    expect(await fs.readdir(inside(''))).toEqual([existing]);
    expect(await fs.readFile(inside(existing), 'utf8')).toBe('theirs');
  });

  it('of what is no private key says so', async () => {
    const pair = await makeKeyPair(outside('source'));
    await expect(importer.inspect(pair.publicKeyPath)).rejects.toMatchObject({
      ...{ code: 'key-not-understood', params: { format: 'public key' } },
    });
    await expect(importer.inspect(outside('none'))).rejects.toMatchObject({
      ...{ code: 'key-open-failed', params: { reason: 'ENOENT' } },
    });
  });
});
