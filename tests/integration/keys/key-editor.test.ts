import fs from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KeyEditor } from '../../../electron/keys/key-editor';
import { KeyFolder } from '../../../electron/keys/key-folder';
import { generateKeyPair } from '../../../electron/ssh/generate-key-pair';
import { readPublicHalf } from '../../../electron/ssh/private-key';
import { readKeyPair } from '../../../electron/ssh/read-key-pair';
import { EncryptedVault, passphraseKey } from '../../../electron/vault/vault';
import { runCommand } from '../../support/lab/run-command';
import { makeKeyPair, toPuttyKey } from '../../support/lab/ssh-keys';
import { makeTempFolder, type TempFolder } from '../../support/lab/temp-folder';
import { sampleMachine } from '../../support/samples';

let home: TempFolder;
let vault: EncryptedVault;
let editor: KeyEditor;
let suffix = 0;
beforeEach(async () => {
  home = await makeTempFolder('key-editor');
  await fs.mkdir(join(home.path, '.ssh'), { mode: 0o700 });
  vault = new EncryptedVault({
    cipher: {
      isAvailable: () => true,
      encrypt: async (secret) => Buffer.from(secret),
      decrypt: async (ciphertext) => ciphertext.toString(),
    },
    path: join(home.path, 'vault.json'),
    fs,
  });
  editor = editorWith(fs);
});
afterEach(() => home.remove());

const folder = () =>
  new KeyFolder({ homeFolder: home.path, platform: 'linux', fs, readPublicHalf, generateKeyPair });
const editorWith = (files: typeof fs) =>
  new KeyEditor({
    ...{ folder: folder(), homeFolder: home.path, fs: files, vault, readKeyPair },
    newSuffix: () => String(++suffix),
  });
const inside = (name: string) => join(home.path, '.ssh', name);
const publicLineOf = async (path: string, passphrase: string) =>
  (await runCommand('ssh-keygen', ['-y', '-P', passphrase, '-f', path])).trim();
const change = (name: string, oldPassphrase: string, newPassphrase: string) =>
  editor.changePassphrase({ name, oldPassphrase, newPassphrase }, []);
const passphrase = 'correct horse – ação';

describe('the passphrase of a key', () => {
  const kinds = [
    ['ed25519', {}],
    ['ecdsa', { bits: 256 }],
    ['ecdsa', { bits: 384 }],
    ['ecdsa', { bits: 521 }],
    ['rsa', { bits: 2048 }],
    ['rsa', { format: 'PEM' }],
    ['rsa', { format: 'PKCS8' }],
    ['ecdsa', { format: 'PEM' }],
  ] as const;

  it.each(kinds)('%s %j is set, changed and removed; ssh-keygen reads each', async (type, options) => {
    const { path, publicKey } = await makeKeyPair(inside('id'), { type, ...options });
    await change('id', '', passphrase);
    await expect(publicLineOf(path, '')).rejects.toThrow('passphrase');
    expect(await publicLineOf(path, passphrase)).toBe(`${publicKey} nuvem-lab`);
    await change('id', passphrase, 'another');
    expect(await publicLineOf(path, 'another')).toBe(`${publicKey} nuvem-lab`);
    await change('id', 'another', '');
    expect(await publicLineOf(path, '')).toBe(`${publicKey} nuvem-lab`);
    expect(await fs.readFile(path, 'utf8')).toContain('BEGIN OPENSSH PRIVATE KEY');
    expect((await fs.stat(path)).mode & 0o777).toBe(0o600);
    expect((await fs.readdir(inside(''))).sort()).toEqual(['id', 'id.pub']);
  });

  it('that ssh-keygen sets itself is read, and the one that we set ssh-keygen changes', async () => {
    const { path, publicKey } = await makeKeyPair(inside('id'), { passphrase });
    await change('id', passphrase, 'another');
    await runCommand('ssh-keygen', ['-p', '-q', '-P', 'another', '-N', 'third', '-f', path]);
    await change('id', 'third', '');
    expect(await publicLineOf(path, '')).toBe(`${publicKey} nuvem-lab`);
  });

  it('that is wrong changes nothing', async () => {
    const { path } = await makeKeyPair(inside('id'), { passphrase });
    const before = await fs.readFile(path);
    await expect(change('id', 'wrong', 'another')).rejects.toMatchObject({
      code: 'key-passphrase-wrong',
      params: { path },
    });
    expect(await fs.readFile(path)).toEqual(before);
  });

  it('of a key behind a symbolic link changes where the key lies', async () => {
    await fs.mkdir(join(home.path, 'dotfiles'));
    const { path, publicKey } = await makeKeyPair(join(home.path, 'dotfiles', 'id'));
    await fs.symlink(path, inside('id'));
    await change('id', '', passphrase);
    expect((await fs.lstat(inside('id'))).isSymbolicLink()).toBe(true);
    expect(await publicLineOf(path, passphrase)).toContain(publicKey);
  });

  it('stays, and so does the key, when the disk is full', async () => {
    const { path } = await makeKeyPair(inside('id'));
    const before = await fs.readFile(path);
    editor = editorWith({
      ...fs,
      writeFile: async () => {
        throw Object.assign(new Error('full'), { code: 'ENOSPC' });
      },
    });
    await expect(change('id', '', passphrase)).rejects.toMatchObject({
      ...{ code: 'key-file-unwritable', params: { path, reason: 'ENOSPC' } },
    });
    expect(await fs.readFile(path)).toEqual(before);
    expect((await fs.readdir(inside(''))).sort()).toEqual(['id', 'id.pub']);
  });

  it('of a PuTTY file is PuTTY’s own business', async () => {
    const pair = await makeKeyPair(join(home.path, 'source'));
    await fs.copyFile(await toPuttyKey(pair.path, { version: 3 }), inside('id.ppk'));
    await expect(change('id.ppk', '', passphrase)).rejects.toMatchObject({ code: 'invalid-request' });
  });

  it('in the vault is changed along, by each name that machines have for the file', async () => {
    const { path } = await makeKeyPair(inside('id'), { passphrase });
    const machines = [
      sampleMachine(1, { identity: { kind: 'keyFile', path: '~/.ssh/../.ssh/id' } }),
      sampleMachine(2, { identity: { kind: 'keyFile', path } }),
    ];
    const names = ['~/.ssh/../.ssh/id', path].map(passphraseKey);
    for (const name of names) await vault.set(name, passphrase);
    await vault.set(passphraseKey('~/.ssh/other'), 'theirs');
    await editor.changePassphrase(
      { name: 'id', oldPassphrase: passphrase, newPassphrase: 'another' },
      machines,
    );
    for (const name of names) expect(await vault.get(name)).toBe('another');
    expect(await vault.get(passphraseKey('~/.ssh/id'))).toBeNull();
    await editor.changePassphrase({ name: 'id', oldPassphrase: 'another', newPassphrase: '' }, machines);
    for (const name of names) expect(await vault.get(name)).toBeNull();
    expect(await vault.get(passphraseKey('~/.ssh/other'))).toBe('theirs');
  });
});

describe('a public key that is saved', () => {
  it('is the line that ssh-keygen prints, and replaces what was there', async () => {
    const { path } = await makeKeyPair(inside('id'));
    const target = join(home.path, 'mine.pub');
    await fs.writeFile(target, 'older');
    await editor.savePublicKey(await folder().find('id', []), target);
    expect((await fs.readFile(target, 'utf8')).trim()).toBe(await publicLineOf(path, ''));
    expect(await fs.readdir(home.path)).not.toContain('.mine.pub.1.new');
  });

  it('never replaces a private key', async () => {
    const { path } = await makeKeyPair(inside('id'));
    const before = await fs.readFile(path);
    await expect(editor.savePublicKey(await folder().find('id', []), path)).rejects.toMatchObject({
      code: 'key-file-exists',
    });
    expect(await fs.readFile(path)).toEqual(before);
  });

  it('to where nothing can be written says so', async () => {
    await makeKeyPair(inside('id'));
    await expect(
      editor.savePublicKey(await folder().find('id', []), join(home.path, 'none', 'mine.pub')),
    ).rejects.toMatchObject({ code: 'key-file-unwritable', params: { reason: 'ENOENT' } });
  });
});
