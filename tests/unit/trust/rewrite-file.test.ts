import fs from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HostTrust } from '../../../electron/trust/host-trust';
import { type RewriteFs, rewriteFile } from '../../../electron/trust/rewrite-file';
import { trustedHostsIn } from '../../../electron/trust/trusted-hosts';
import { makeKeyPair } from '../../support/lab/ssh-keys';
import { makeTempFolder, type TempFolder } from '../../support/lab/temp-folder';

let folder: TempFolder;
let path: string;
beforeEach(async () => {
  folder = await makeTempFolder('rewrite');
  path = join(folder.path, 'known_hosts');
});
afterEach(() => folder.remove());

let count = 0;
const newSuffix = () => `t${++count}`;
const upper = (text: string) => text.toUpperCase();
const rewrite = (with_: Partial<RewriteFs> = {}, change = upper) =>
  rewriteFile(path, change, { ...fs, ...with_ }, newSuffix);
const entries = () => fs.readdir(folder.path);

describe('a file that is replaced', () => {
  it('keeps its mode, and leaves nothing beside it', async () => {
    await fs.writeFile(path, 'a\n', { mode: 0o640 });
    await rewrite();
    expect(await fs.readFile(path, 'utf8')).toBe('A\n');
    expect((await fs.stat(path)).mode & 0o777).toBe(0o640);
    expect(await entries()).toEqual(['known_hosts']);
  });

  it('stays where a symbolic link leads', async () => {
    await fs.writeFile(`${path}.real`, 'a\n');
    await fs.symlink(`${path}.real`, path);
    await rewrite();
    expect((await fs.lstat(path)).isSymbolicLink()).toBe(true);
    expect(await fs.readFile(`${path}.real`, 'utf8')).toBe('A\n');
  });

  it('that needs no change is not touched', async () => {
    await fs.writeFile(path, 'A\n');
    const { ino } = await fs.stat(path);
    await rewrite();
    expect((await fs.stat(path)).ino).toBe(ino);
  });

  it('is as it was when the disk is full', async () => {
    await fs.writeFile(path, 'a\n');
    const full = Object.assign(new Error('full'), { code: 'ENOSPC' });
    await expect(rewrite({ writeFile: () => Promise.reject(full) })).rejects.toBe(full);
    expect(await fs.readFile(path, 'utf8')).toBe('a\n');
    expect(await entries()).toEqual(['known_hosts']);
  });
});

describe('another program', () => {
  it('that appends before the replacement loses nothing', async () => {
    await fs.writeFile(path, 'a\n');
    let isFirst = true;
    const link: RewriteFs['link'] = async (...args) => {
      if (isFirst) await fs.appendFile(path, 'b\n');
      isFirst = false;
      return fs.link(...args);
    };
    await rewrite({ link });
    expect(await fs.readFile(path, 'utf8')).toBe('A\nB\n');
  });

  it('that appends at the very moment of the replacement loses nothing', async () => {
    await fs.writeFile(path, 'a\n');
    const rename: RewriteFs['rename'] = async (...args) => {
      await fs.appendFile(path, 'late\n');
      return fs.rename(...args);
    };
    await rewrite({ rename });
    expect(await fs.readFile(path, 'utf8')).toBe('A\nlate\n');
  });

  it('that replaces the file meanwhile is not undone', async () => {
    await fs.writeFile(path, 'a\n');
    let isFirst = true;
    const chmod: RewriteFs['chmod'] = async (...args) => {
      await fs.chmod(...args);
      if (isFirst) {
        await fs.writeFile(`${path}.other`, 'other\n');
        await fs.rename(`${path}.other`, path);
      }
      isFirst = false;
    };
    await rewrite({ chmod });
    expect(await fs.readFile(path, 'utf8')).toBe('OTHER\n');
  });

  it('that never rests is told from success', async () => {
    await fs.writeFile(path, 'a\n');
    const chmod: RewriteFs['chmod'] = async (...args) => {
      await fs.chmod(...args);
      await fs.appendFile(path, 'x\n');
    };
    await expect(rewrite({ chmod })).rejects.toMatchObject({ code: 'EBUSY' });
  });
});

describe('hosts that are remembered, forgotten and replaced at once', () => {
  it('lose no line, while another program appends too', async () => {
    const key = await makeKeyPair(join(folder.path, 'key'));
    const next = await makeKeyPair(join(folder.path, 'next'));
    const blob = (text: string) => Buffer.from(text.split(' ')[1] ?? '', 'base64');
    const trust = new HostTrust({ userKnownHostsPath: path, globalKnownHostsPaths: [], fs, nowMs: Date.now });
    const names = Array.from({ length: 20 }, (_, index) => `host${index}`);
    await fs.writeFile(path, names.map((name) => `${name} ${key.publicKey}\n`).join(''));
    const idOf = new Map(
      trustedHostsIn(await trust.userKnownHosts(), []).map((host) => [host.names[0], host.id]),
    );
    await Promise.all(
      names.map((name, index) => {
        const id = idOf.get(name);
        if (id === undefined) throw new Error(name);
        if (index % 4 === 0) return trust.forget([id]);
        if (index % 4 === 1) return trust.replace(name, 22, blob(next.publicKey));
        if (index % 4 === 2) return trust.remember(`new${index}`, 22, blob(key.publicKey));
        return fs.appendFile(path, `ssh${index} ${key.publicKey}\n`);
      }),
    );
    const expected = names.flatMap((name, index) => {
      if (index % 4 === 0) return [];
      if (index % 4 === 1) return [`${name} ${next.publicKey}`];
      if (index % 4 === 2) return [`${name} ${key.publicKey}`, `new${index} ${key.publicKey}`];
      return [`${name} ${key.publicKey}`, `ssh${index} ${key.publicKey}`];
    });
    const lines = (await fs.readFile(path, 'utf8')).trimEnd().split('\n');
    expect(lines.toSorted()).toEqual(expected.toSorted());
  });
});
