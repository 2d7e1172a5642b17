import fs from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HostTrust } from '../../../electron/trust/host-trust';
import { runCommand } from '../../support/lab/run-command';
import { makeTempFolder, type TempFolder } from '../../support/lab/temp-folder';

const keyText = 'AAAAC3NzaC1lZDI1NTE5AAAAIGqdZ8Qw6D0dX0dY1p5Yx0jYk2oGkqY4o0r9n2l1Jb5v';
const key = Buffer.from(keyText, 'base64');

let folder: TempFolder;
let path: string;
beforeEach(async () => {
  folder = await makeTempFolder('trust');
  path = join(folder.path, '.ssh', 'known_hosts');
});
afterEach(() => folder.remove());

const trust = (globalKnownHostsPaths: string[] = []) =>
  new HostTrust({ userKnownHostsPath: path, globalKnownHostsPaths, fs, nowMs: Date.now });
const write = async (text: string) => {
  await fs.mkdir(join(folder.path, '.ssh'), { recursive: true });
  await fs.writeFile(path, text);
};

describe('remembering a host key', () => {
  it('makes the folder and the file for the user alone, and ssh-keygen finds the host', async () => {
    await trust().remember('Lab.Example.org', 2222, key);
    expect((await fs.stat(path)).mode & 0o777).toBe(0o600);
    expect((await fs.stat(join(folder.path, '.ssh'))).mode & 0o777).toBe(0o700);
    expect(await runCommand('ssh-keygen', ['-F', '[lab.example.org]:2222', '-f', path])).toContain(keyText);
    expect(await trust().verdictFor('lab.example.org', 2222, key)).toMatchObject({
      kind: 'trusted',
      file: path,
      line: 1,
    });
  });

  it('keeps every other line, a missing line end included', async () => {
    const theirs = '# mine\n@cert-authority *.org ssh-rsa AAAA what is this\nother ssh-unknown AAAA';
    await write(theirs);
    await trust().remember('lab', 22, key);
    expect(await fs.readFile(path, 'utf8')).toBe(`${theirs}\nlab ssh-ed25519 ${keyText}\n`);
  });

  it('hashes the name where the user’s file hashes names', async () => {
    await write(`other ssh-ed25519 ${keyText}\n`);
    await runCommand('ssh-keygen', ['-q', '-H', '-f', path]);
    await trust().remember('lab', 22, key);
    expect(await fs.readFile(path, 'utf8')).not.toMatch(/lab|other/);
    expect(await runCommand('ssh-keygen', ['-F', 'lab', '-f', path])).toContain('found: line 2');
  });

  it('writes one line however often and at once it is asked', async () => {
    const one = trust();
    await Promise.all([
      one.remember('lab', 22, key),
      one.remember('lab', 22, key),
      one.remember('gpu', 22, key),
    ]);
    await one.remember('lab', 22, key);
    expect((await fs.readFile(path, 'utf8')).trimEnd().split('\n')).toEqual([
      `lab ssh-ed25519 ${keyText}`,
      `gpu ssh-ed25519 ${keyText}`,
    ]);
  });

  it('says so when the file cannot be written', async () => {
    const readOnly = {
      ...fs,
      appendFile: () => Promise.reject(Object.assign(new Error('denied'), { code: 'EACCES' })),
    };
    const one = new HostTrust({
      userKnownHostsPath: path,
      globalKnownHostsPaths: [],
      fs: readOnly,
      nowMs: Date.now,
    });
    await expect(one.remember('lab', 22, key)).rejects.toMatchObject({
      code: 'known-hosts-unwritable',
      params: { path },
    });
  });
});

describe('reading known_hosts', () => {
  it('a user without any file knows nobody', async () => {
    expect(await trust(['/nowhere/ssh_known_hosts']).verdictFor('lab', 22, key)).toEqual({ kind: 'unknown' });
    expect(await trust().knownKeyTypes('lab', 22)).toEqual([]);
  });

  it('the file of the whole system counts too', async () => {
    const global = join(folder.path, 'ssh_known_hosts');
    await fs.writeFile(global, `lab ssh-ed25519 ${keyText}\n`);
    expect(await trust([global]).verdictFor('lab', 22, key)).toMatchObject({ kind: 'trusted', file: global });
  });

  it('sees what ssh-keygen -R removed meanwhile', async () => {
    const one = trust();
    await one.remember('lab', 22, key);
    await runCommand('ssh-keygen', ['-R', 'lab', '-f', path]);
    expect(await one.verdictFor('lab', 22, key)).toEqual({ kind: 'unknown' });
  });

  it('an unreadable file stops the connection instead of trusting anybody', async () => {
    await fs.mkdir(path, { recursive: true });
    await expect(trust().verdictFor('lab', 22, key)).rejects.toMatchObject({
      code: 'known-hosts-unreadable',
      params: { path },
    });
  });
});
