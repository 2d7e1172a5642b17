import { generateKeyPairSync } from 'node:crypto';
import fs from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KeyFolder } from '../../../electron/keys/key-folder';
import { generateKeyPair } from '../../../electron/ssh/generate-key-pair';
import { readPublicHalf } from '../../../electron/ssh/private-key';
import { sshKeyKinds } from '../../../shared/model/ssh-key';
import { runCommand } from '../../support/lab/run-command';
import { certify } from '../../support/lab/ssh-certificates';
import { makeKeyPair, toPuttyKey } from '../../support/lab/ssh-keys';
import { makeTempFolder, type TempFolder } from '../../support/lab/temp-folder';
import { behindJump, sampleMachine, uuid } from '../../support/samples';

let home: TempFolder;
let folder: KeyFolder;
beforeEach(async () => {
  home = await makeTempFolder('keys');
  await fs.mkdir(join(home.path, '.ssh'), { mode: 0o700 });
  folder = folderAt(home.path);
});
afterEach(() => home.remove());

const folderAt = (homeFolder: string, platform: NodeJS.Platform = 'linux') =>
  new KeyFolder({ homeFolder, platform, fs, readPublicHalf, generateKeyPair });
const inside = (name: string) => join(home.path, '.ssh', name);
const one = async (name: string) => {
  const key = (await folder.list([])).find((candidate) => candidate.name === name);
  if (key === undefined) throw new Error(`${name} is not listed`);
  return key;
};
/** As `ssh-keygen -l` prints a key: size, fingerprint, comment. */
const listedByOpenSsh = async (path: string) => {
  const [, bits, fingerprint, comment] =
    /^(\d+) (\S+) (.*) \(\w+\)$/.exec((await runCommand('ssh-keygen', ['-l', '-f', path])).trim()) ?? [];
  return { bits: Number(bits), fingerprint, comment };
};

describe('the keys in ~/.ssh', () => {
  const kinds = [
    ['ed25519', {}],
    ['ed25519', { passphrase: 'x1234' }],
    ['ecdsa', { bits: 384 }],
    ['rsa', { passphrase: 'x1234', format: 'PEM' }],
    ['rsa', { format: 'PKCS8' }],
  ] as const;

  it.each(kinds)('%s %j is described as ssh-keygen does', async (type, options) => {
    const { path, publicKey } = await makeKeyPair(inside('id'), { type, ...options });
    const { bits, fingerprint, comment } = await listedByOpenSsh(path);
    expect(await one('id')).toEqual({
      ...{ name: 'id', path, container: 'format' in options ? 'pem' : 'openSsh', state: 'usable' },
      ...{ isEncrypted: 'passphrase' in options, comment },
      publicHalf: { keyType: publicKey.split(' ')[0], bits, fingerprint, line: `${publicKey} ${comment}` },
      ...{ isOpenToOthers: false, machineIds: [] },
    });
  });

  it.each([
    ['ed25519', {}],
    ['rsa', { format: 'PEM' }],
    ['ecdsa', { format: 'PKCS8' }],
  ] as const)('%s %j without its .pub file still has its public half', async (type, options) => {
    const { path, publicKey, publicKeyPath } = await makeKeyPair(inside('id'), { type, ...options });
    await fs.rm(publicKeyPath);
    const ownLine = (await runCommand('ssh-keygen', ['-y', '-f', path])).trim();
    const { publicHalf } = await one('id');
    expect(publicHalf?.line).toBe(ownLine);
    expect(publicHalf?.line).toContain(publicKey);
  });

  it('an encrypted PEM key without its .pub file keeps its public half to itself', async () => {
    const { publicKeyPath } = await makeKeyPair(inside('id'), {
      ...{ type: 'rsa', format: 'PEM', passphrase: 'x1234' },
    });
    await fs.rm(publicKeyPath);
    expect(await one('id')).toMatchObject({ isEncrypted: true, publicHalf: null, comment: '' });
  });

  it('a .pub file of another key is not believed', async () => {
    const { publicKey } = await makeKeyPair(inside('id'), { passphrase: 'x1234' });
    const other = await makeKeyPair(inside('other'));
    await fs.copyFile(other.publicKeyPath, inside('id.pub'));
    expect((await one('id')).publicHalf?.line).toBe(publicKey);
  });

  it('a PuTTY key is listed with what stands in it', async () => {
    const pair = await makeKeyPair(join(home.path, 'source'));
    await fs.copyFile(await toPuttyKey(pair.path, { version: 3, passphrase: 'x1234' }), inside('id.ppk'));
    expect(await one('id.ppk')).toMatchObject({
      ...{ isEncrypted: true, comment: 'nuvem-lab', publicHalf: { fingerprint: pair.fingerprint } },
    });
  });

  it('only keys are listed, and those that nothing can be done with say so', async () => {
    await makeKeyPair(inside('b'));
    await fs.writeFile(inside('config'), 'Host *\n');
    await fs.writeFile(inside('known_hosts'), 'lab ssh-ed25519 AAAA\n');
    await fs.mkdir(inside('agent'));
    await fs.symlink(inside('gone'), inside('dangling'));
    await fs.writeFile(
      inside('c'),
      '-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n',
    );
    await fs.writeFile(
      inside('d'),
      generateKeyPairSync('ed448').privateKey.export({ format: 'pem', type: 'pkcs8' }),
    );
    await fs.writeFile(inside('e'), '-----BEGIN DSA PRIVATE KEY-----\nMIIB\n-----END DSA PRIVATE KEY-----\n');
    const keys = await folder.list([]);
    expect(keys.map(({ name, state, publicHalf }) => [name, state, publicHalf !== null])).toEqual([
      ['b', 'usable', true],
      ['c', 'damaged', false],
      ['d', 'unsupported', false],
      ['e', 'unsupported', false],
    ]);
  });

  it('without a folder there are none', async () => {
    await home.remove();
    expect(await folder.list([])).toEqual([]);
  });

  it('and one elsewhere that a machine or its jump host signs in with are listed', async () => {
    await makeKeyPair(inside('id'));
    const { path, fingerprint } = await makeKeyPair(join(home.path, 'deployment key'));
    const machines = [
      sampleMachine(1, { identity: { kind: 'keyFile', path: '~/deployment key' } }),
      sampleMachine(2, { identity: { kind: 'keyFile', path: '/nowhere/key' } }),
      behindJump(3, {
        ...{ kind: 'inline', host: 'gate', port: 22, user: 'ana' },
        identity: { kind: 'keyFile', path },
      }),
    ];
    const keys = await folder.list(machines);
    expect(keys.map(({ name }) => name)).toEqual(['id', path]);
    expect(keys[1]).toMatchObject({ publicHalf: { fingerprint }, machineIds: [uuid(1), uuid(3)] });
    await fs.chmod(path, 0o644);
    await folder.mend(path, machines);
    expect((await fs.stat(path)).mode & 0o777).toBe(0o600);
    await expect(folder.mend(path, [])).rejects.toMatchObject({ code: 'key-file-not-found' });
  });

  it('tells which machines sign in with it, however they name it', async () => {
    await makeKeyPair(inside('id'));
    const machine = (index: number, path: string) =>
      sampleMachine(index, { identity: { kind: 'keyFile', path } });
    const machines = [
      ...[machine(1, '~/.ssh/id'), machine(2, inside('id')), machine(3, '~/.ssh/other')],
      behindJump(4, {
        ...{ kind: 'inline', host: 'gate', port: 22, user: 'ana' },
        identity: { kind: 'keyFile', path: '~/.ssh/id' },
      }),
    ];
    expect((await folder.list(machines))[0]?.machineIds).toEqual([uuid(1), uuid(2), uuid(4)]);
  });

  it('tells which machines sign in with it by an agent that is to offer it alone', async () => {
    const [own, other] = [await makeKeyPair(inside('id')), await makeKeyPair(inside('other'))];
    const authority = await makeKeyPair(join(home.path, 'ca'));
    const certificatePath = await certify(authority, own);
    const pinned = (index: number, pinnedKey: string | null) =>
      sampleMachine(index, { identity: { kind: 'agent', socketPath: '', pinnedKey } });
    const machines = [
      ...[pinned(1, own.publicKey), pinned(2, null), pinned(3, `${other.publicKey} rita`)],
      pinned(4, (await fs.readFile(certificatePath, 'utf8')).trim()),
    ];
    const keys = await folder.list(machines);
    expect(keys.map(({ name, machineIds }) => [name, machineIds])).toEqual([
      ['id', [uuid(1), uuid(4)]],
      ['other', [uuid(3)]],
    ]);
  });
});

describe('permissions', () => {
  it('that make ssh-keygen refuse the key are mended', async () => {
    const { path } = await makeKeyPair(inside('id'));
    await fs.chmod(path, 0o640);
    await expect(runCommand('ssh-keygen', ['-y', '-f', path])).rejects.toThrow('too open');
    expect((await one('id')).isOpenToOthers).toBe(true);
    await folder.mend('id', []);
    expect((await one('id')).isOpenToOthers).toBe(false);
    await runCommand('ssh-keygen', ['-y', '-f', path]);
  });

  it('mean nothing on Windows', async () => {
    await makeKeyPair(inside('id'));
    await fs.chmod(inside('id'), 0o666);
    expect((await folderAt(home.path, 'win32').list([]))[0]?.isOpenToOthers).toBe(false);
  });

  it('of what is no key of the folder are not touched', async () => {
    await fs.writeFile(join(home.path, 'secret'), 'x', { mode: 0o644 });
    await expect(folder.mend('../secret', [])).rejects.toMatchObject({ code: 'key-file-not-found' });
    expect((await fs.stat(join(home.path, 'secret'))).mode & 0o777).toBe(0o644);
  });
});

describe('a new key', () => {
  const bitsOf = { ed25519: 256, 'rsa-3072': 3072, 'rsa-4096': 4096 } as Record<string, number>;

  it.each(sshKeyKinds)('%s is one that OpenSSH reads, for the owner alone', async (kind) => {
    const passphrase = kind === 'ed25519' || kind === 'rsa-3072' ? 'correct horse' : '';
    await folder.generate({ kind, name: 'fresh', comment: 'ana@laptop', passphrase });
    const path = inside('fresh');
    expect((await fs.stat(path)).mode & 0o777).toBe(0o600);
    const publicLine = (await fs.readFile(`${path}.pub`, 'utf8')).trimEnd();
    expect((await runCommand('ssh-keygen', ['-y', '-P', passphrase, '-f', path])).trim()).toBe(publicLine);
    expect(await listedByOpenSsh(path)).toMatchObject({
      ...{ bits: bitsOf[kind] ?? Number(kind.slice(6)), comment: 'ana@laptop' },
      fingerprint: (await one('fresh')).publicHalf?.fingerprint,
    });
    if (passphrase !== '') {
      await expect(runCommand('ssh-keygen', ['-y', '-P', 'wrong', '-f', path])).rejects.toThrow('passphrase');
    }
  });

  it('makes the folder when there is none', async () => {
    await home.remove();
    await folder.generate({ kind: 'ed25519', name: 'fresh', comment: '', passphrase: '' });
    expect((await fs.stat(inside(''))).mode & 0o777).toBe(0o700);
  });

  it.each(['fresh', 'fresh.pub'])('never overwrites: %s exists', async (existing) => {
    await fs.writeFile(inside(existing), 'mine');
    await expect(
      folder.generate({ kind: 'ed25519', name: 'fresh', comment: '', passphrase: '' }),
    ).rejects.toMatchObject({ code: 'key-file-exists', params: { path: inside(existing) } });
    expect(await fs.readdir(inside(''))).toEqual([existing]);
    expect(await fs.readFile(inside(existing), 'utf8')).toBe('mine');
  });

  it('never overwrites what appears while it is made', async () => {
    const slow = new KeyFolder({
      ...{ homeFolder: home.path, platform: 'linux', fs, readPublicHalf },
      generateKeyPair: async (...args) => {
        await fs.writeFile(inside('fresh.pub'), 'theirs');
        return generateKeyPair(...args);
      },
    });
    await expect(
      slow.generate({ kind: 'ed25519', name: 'fresh', comment: '', passphrase: '' }),
    ).rejects.toMatchObject({ code: 'key-file-exists' });
    expect(await fs.readdir(inside(''))).toEqual(['fresh.pub']);
    expect(await fs.readFile(inside('fresh.pub'), 'utf8')).toBe('theirs');
  });
});
