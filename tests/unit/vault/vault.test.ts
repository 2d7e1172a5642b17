import fs from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SecretCipher } from '../../../electron/vault/secret-cipher';
import { EncryptedVault, passphraseKey, passwordKey } from '../../../electron/vault/vault';
import { makeTempFolder, type TempFolder } from '../../support/lab/temp-folder';

/** A keyring that reads only what it wrote itself, like the real ones. */
class Keyring implements SecretCipher {
  constructor(
    private readonly name: string,
    private readonly isUnlocked = true,
  ) {}
  isAvailable = () => this.isUnlocked;
  encrypt = (secret: string) => Buffer.from(`${this.name}:${Buffer.from(secret).toString('hex')}`);
  decrypt = async (ciphertext: Buffer) => {
    const [name, hex = ''] = ciphertext.toString().split(':');
    if (name !== this.name) throw new Error('Error while decrypting the ciphertext');
    return Buffer.from(hex, 'hex').toString();
  };
}

const key = passphraseKey('~/.ssh/id_ed25519');
const other = passwordKey({ user: 'ana', host: 'LAB.example.org', port: 22 });

let folder: TempFolder;
let path: string;
beforeEach(async () => {
  folder = await makeTempFolder('vault');
  path = join(folder.path, 'data', 'vault.json');
});
afterEach(() => folder.remove());
const vaultWith = (cipher: SecretCipher) => new EncryptedVault({ cipher, path, fs });

describe('with a keyring', () => {
  it('gives back after a restart what was set, from a file of the user’s own that holds no secret', async () => {
    await vaultWith(new Keyring('a')).set(key, 'correct horse');
    expect(await vaultWith(new Keyring('a')).get(key)).toBe('correct horse');
    expect((await fs.stat(path)).mode & 0o777).toBe(0o600);
    expect(await fs.readFile(path, 'utf8')).not.toContain('correct horse');
  });

  it('has nothing for what was never set or was removed', async () => {
    const vault = vaultWith(new Keyring('a'));
    expect(await vault.get(key)).toBeNull();
    await vault.set(key, 'one');
    await vault.set(other, 'two');
    await vault.remove(key);
    expect(await vault.get(key)).toBeNull();
    expect(await vault.get(other)).toBe('two');
  });

  it('one account is one secret, however the host is written', async () => {
    const vault = vaultWith(new Keyring('a'));
    await vault.set(other, 'two');
    expect(await vault.get(passwordKey({ user: 'ana', host: 'lab.example.org', port: 22 }))).toBe('two');
    expect(await vault.get(passwordKey({ user: 'ana', host: 'lab.example.org', port: 2222 }))).toBeNull();
  });

  it('loses none of many changes made at once', async () => {
    const vault = vaultWith(new Keyring('a'));
    const names = Array.from({ length: 20 }, (_, index) => passphraseKey(`/keys/${index}`));
    await Promise.all(names.map((name) => vault.set(name, name)));
    expect(await Promise.all(names.map((name) => vaultWith(new Keyring('a')).get(name)))).toEqual(names);
  });

  it('asks again for what another keyring encrypted, and keeps it for that keyring', async () => {
    await vaultWith(new Keyring('gnome')).set(key, 'correct horse');
    const elsewhere = vaultWith(new Keyring('kwallet'));
    expect(await elsewhere.get(key)).toBeNull();
    await elsewhere.set(other, 'two');
    expect(await vaultWith(new Keyring('gnome')).get(key)).toBe('correct horse');
  });

  it('puts a damaged file aside and starts anew', async () => {
    await fs.mkdir(join(folder.path, 'data'));
    await fs.writeFile(path, '{"version":1,"secr');
    const vault = vaultWith(new Keyring('a'));
    expect(await vault.get(key)).toBeNull();
    await vault.set(key, 'new');
    expect(await vault.get(key)).toBe('new');
    expect(await fs.readFile(`${path}.damaged`, 'utf8')).toBe('{"version":1,"secr');
  });

  it('keeps the old secret when the disk is full', async () => {
    await vaultWith(new Keyring('a')).set(key, 'old');
    const full = {
      ...fs,
      writeFile: () => Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' })),
    };
    const vault = new EncryptedVault({ cipher: new Keyring('a'), path, fs: full });
    await expect(vault.set(key, 'new')).rejects.toMatchObject({ code: 'store-disk-full' });
    expect(await vault.get(key)).toBe('old');
  });
});

describe('without a keyring', () => {
  it('holds secrets for this run only and writes no file', async () => {
    const vault = vaultWith(new Keyring('none', false));
    expect(vault.canKeep).toBe(false);
    await vault.set(key, 'correct horse');
    expect(await vault.get(key)).toBe('correct horse');
    expect(await vaultWith(new Keyring('none', false)).get(key)).toBeNull();
    await expect(fs.access(path)).rejects.toMatchObject({ code: 'ENOENT' });
    await vault.remove(key);
    expect(await vault.get(key)).toBeNull();
  });
});
