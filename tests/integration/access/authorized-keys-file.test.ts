import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, lstat, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AuthorizedKeysFile } from '../../../electron/access/authorized-keys-file';
import { examineBelief } from '../../../electron/access/sshd-belief';
import type { Transport } from '../../../electron/connection/transport';
import { makeTempFolder, type TempFolder } from '../../support/lab/temp-folder';

/** How a machine's `sh` may be called; all of them are POSIX shells with different edges. */
const shells = (
  [
    ['/bin/dash', []],
    ['/bin/bash', ['--posix']],
    ['/bin/busybox', ['sh']],
  ] as readonly (readonly [string, readonly string[]])[]
).filter(([program]) => existsSync(program));

let folder: TempFolder;
let home: string;
let beforeCommand: () => Promise<void>;
beforeEach(async () => {
  folder = await makeTempFolder('access');
  home = join(folder.path, 'home');
  beforeCommand = async () => undefined;
  await mkdir(home, { mode: 0o755 });
});
afterEach(async () => {
  await chmod(home, 0o755).catch(() => undefined);
  await folder.remove();
});

const inside = (name: string) => join(home, '.ssh', name);
const keys = () => inside('authorized_keys');
const modeOf = async (path: string) => (await stat(path)).mode & 0o777;
const write = async (text: string, mode = 0o600) => {
  await mkdir(join(home, '.ssh'), { recursive: true, mode: 0o700 });
  await writeFile(keys(), text, 'latin1');
  await chmod(keys(), mode);
};

/** The machine's `sh -s` without the SSH in between. */
function shellAt(
  shell: readonly [string, readonly string[]],
  wrap: readonly string[] = [],
  umask = '022',
): Transport {
  const exec: Transport['exec'] = async (_command, options = {}) => {
    await beforeCommand();
    const [program, args] = shell;
    // busybox's own applets instead of the system's tools, as on a small machine.
    const line = `umask ${umask}; exec "$@"`;
    const child = spawn('/bin/sh', ['-c', line, 'sh', ...wrap, program, ...args, '-s'], {
      env: { HOME: home, PATH: program.endsWith('busybox') ? join(folder.path, 'bin') : process.env.PATH },
      cwd: '/',
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.stdin.end(options.stdin ?? '');
    const exitCode = await new Promise<number | null>((done) => child.once('close', done));
    const encoding = options.encoding ?? 'utf8';
    const text = (chunks: readonly Buffer[]) => Buffer.concat(chunks).toString(encoding);
    return { exitCode, stdout: text(stdout), stderr: text(stderr) };
  };
  return { exec } as Transport;
}

const fileAt = (transport: Transport) => new AuthorizedKeysFile(transport, randomBytes);
const append = (line: string) => (text: string) => `${text}${line}\n`;

async function makeBusyboxApplets(): Promise<void> {
  const bin = join(folder.path, 'bin');
  await mkdir(bin);
  const applets = ['cat', 'mv', 'rm', 'mkdir', 'chmod', 'ls', 'dirname', 'basename', 'readlink', 'wc', 'cmp'];
  for (const name of [...applets, 'grep', 'sed', 'tr', 'id']) await symlink('/bin/busybox', join(bin, name));
}

describe.each(shells)('by %s %j', (program, args) => {
  const shell = [program, args] as const;
  const file = () => fileAt(shellAt(shell));
  beforeEach(async () => {
    if (program.endsWith('busybox')) await makeBusyboxApplets();
  });

  it('a home without .ssh gets both, for the user alone, whatever the umask is', async () => {
    for (const umask of ['000', '022', '077']) {
      const made = await fileAt(shellAt(shell, [], umask)).edit(append(`first ${umask}`));
      expect(made.path).toBe(keys());
      expect([await modeOf(inside('')), await modeOf(keys())]).toEqual([0o700, 0o600]);
    }
    expect(await readFile(keys(), 'utf8')).toBe('first 000\nfirst 022\nfirst 077\n');
    expect((await readdir(inside(''))).sort()).toEqual(['authorized_keys', 'authorized_keys.nuvem-backup']);
  });

  it('moves any bytes both ways; what the shell would eat is noticed, and then nothing is changed', async () => {
    const line = fc.uint8Array({ maxLength: 60 }).map((data) => Buffer.from(data).toString('latin1'));
    await fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 5 }), async (lines) => {
        const text = `${lines.join('\n')}\n`;
        await write('before\n');
        const result = await file()
          .edit(() => text)
          .then(
            () => text,
            (error: { code: string }) => {
              expect(error.code).toBe('access-not-writable');
              // Only NUL is nothing that a shell can hold.
              expect(text).toContain('\0');
              return 'before\n';
            },
          );
        expect(await readFile(keys(), 'latin1')).toBe(result);
        expect((await file().read()).text).toBe(result);
      }),
      { numRuns: 12 },
    );
  });

  it.each(['n', 'z', 'nuvem'])('keeps what is not ASCII after a line’s beginning %s', async (start) => {
    await file().edit(() => `${start}\xc3\xa9 ${start}\n${start}\x80\n`);
    expect(await readFile(keys(), 'latin1')).toBe(`${start}\xc3\xa9 ${start}\n${start}\x80\n`);
  });

  it('passes what looks like shell as what it is, also long files', async () => {
    const nasty = '$(touch /tmp/x) `id` "\'\\ $HOME %s \\n EOF <<EOF -n\n'.repeat(3000);
    await write(nasty);
    expect((await file().read()).text).toBe(nasty);
    await file().edit(append('new'));
    expect(await readFile(keys(), 'utf8')).toBe(`${nasty}new\n`);
    expect(await readFile(inside('authorized_keys.nuvem-backup'), 'utf8')).toBe(nasty);
  });

  it('a home with a name full of what shells love', async () => {
    home = join(folder.path, ` -n $(id) 'a' "b" \\ * ; ação`);
    await mkdir(home);
    const made = await file().edit(append('key'));
    expect(made.path).toBe(keys());
    expect(await readFile(keys(), 'utf8')).toBe('key\n');
    expect((await file().read()).text).toBe('key\n');
  });

  it('keeps the mode, but for the right to write of others', async () => {
    await write('a\n', 0o666);
    await file().edit(append('b'));
    expect(await modeOf(keys())).toBe(0o644);
  });

  it('writes to where a symbolic link leads, and the link stays', async () => {
    await mkdir(join(home, 'dotfiles'));
    await mkdir(inside(''), { mode: 0o700 });
    await writeFile(join(home, 'dotfiles', 'keys'), 'a\n');
    await symlink('../dotfiles/keys', keys());
    const made = await file().edit(append('b'));
    expect(made.path).toBe(join(home, 'dotfiles', 'keys'));
    expect((await lstat(keys())).isSymbolicLink()).toBe(true);
    expect(await readFile(join(home, 'dotfiles', 'keys'), 'utf8')).toBe('a\nb\n');
  });

  it('a link that leads in a circle, or a folder in the file’s place, is told', async () => {
    await mkdir(inside(''), { mode: 0o700 });
    await symlink('authorized_keys', keys());
    await expect(file().read()).rejects.toMatchObject({ code: 'access-file-unusable' });
    await expect(file().edit(append('b'))).rejects.toMatchObject({ code: 'access-file-unusable' });
  });

  it('what another program adds meanwhile is not lost', async () => {
    await write('a\n');
    let commands = 0;
    beforeCommand = async () => {
      commands += 1;
      // Between reading and copying, then between copying and replacing.
      if (commands === 2) await write('a\nfirst\n');
      if (commands === 6) await write('a\nfirst\nsecond\n');
    };
    await file().edit(append('ours'));
    expect(await readFile(keys(), 'utf8')).toBe('a\nfirst\nsecond\nours\n');
    expect((await readdir(inside(''))).sort()).toEqual(['authorized_keys', 'authorized_keys.nuvem-backup']);
  });

  it('a file that never rests is given up, unchanged', async () => {
    await write('0\n');
    let number = 0;
    beforeCommand = () => write(`${++number}\n`);
    await expect(file().edit(append('ours'))).rejects.toMatchObject({ code: 'access-file-busy' });
    expect(await readFile(keys(), 'utf8')).toBe(`${number}\n`);
    expect(await readdir(inside(''))).toEqual(['authorized_keys']);
  });

  it('permissions that make sshd ignore the file are told, mended, and then right', async () => {
    await write('a\n', 0o664);
    await chmod(home, 0o775);
    await chmod(inside(''), 0o702);
    const transport = shellAt(shell);
    const found = await examineBelief(transport, false, randomBytes);
    expect(found).toEqual({
      mended: [],
      warnings: [
        { kind: 'openToOthers', path: keys(), permissions: '-rw-rw-r--' },
        { kind: 'openToOthers', path: join(home, '.ssh'), permissions: 'drwx----w-' },
        { kind: 'openToOthers', path: home, permissions: 'drwxrwxr-x' },
      ],
    });
    const mended = await examineBelief(transport, true, randomBytes);
    expect(mended.mended.map(({ path }) => path)).toEqual([keys(), join(home, '.ssh'), home]);
    expect(mended.warnings).toEqual([]);
    expect([await modeOf(keys()), await modeOf(inside('')), await modeOf(home)]).toEqual([
      0o644, 0o700, 0o755,
    ]);
    expect(await examineBelief(transport, true, randomBytes)).toEqual({ warnings: [], mended: [] });
  });
});

/** Root may write everywhere: as somebody else. */
const asNobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups', '--'];

describe.skipIf(process.getuid?.() !== 0)(
  'where the user may not write (needs root to become somebody else)',
  () => {
    const shell = shells[0] as (typeof shells)[0];
    const file = () => fileAt(shellAt(shell, asNobody));
    beforeEach(() => chmod(folder.path, 0o755));

    it('a home of somebody else says so and stays as it is', async () => {
      await expect(file().edit(append('key'))).rejects.toMatchObject({
        ...{ code: 'access-not-writable', params: { path: home } },
      });
      expect(await readdir(home)).toEqual([]);
    });

    it('a file of root that may only be read is listed but not changed', async () => {
      await write('a\n', 0o644);
      await chmod(inside(''), 0o755);
      expect((await file().read()).text).toBe('a\n');
      await expect(file().edit(append('key'))).rejects.toMatchObject({
        ...{ code: 'access-not-writable', params: { path: join(home, '.ssh') } },
      });
      expect(await readFile(keys(), 'utf8')).toBe('a\n');
      expect(await readdir(inside(''))).toEqual(['authorized_keys']);
    });

    it('a file that may not be read is told', async () => {
      await write('a\n', 0o600);
      await chmod(inside(''), 0o755);
      await expect(file().read()).rejects.toMatchObject({
        code: 'access-file-unusable',
        params: { path: keys() },
      });
    });

    it('a folder of somebody else is told as what sshd minds', async () => {
      await write('a\n', 0o644);
      await chmod(inside(''), 0o755);
      const { warnings } = await examineBelief(shellAt(shell, asNobody), true, randomBytes);
      // Root may own them; nobody else may.
      expect(warnings).toEqual([]);
    });
  },
);

describe('a full disk', () => {
  it('loses nothing and is told as such', async () => {
    await write('a\n');
    // The limit of a file's size stands in for a full disk: the write comes back short.
    const line = 'ulimit -f 1; trap "" XFSZ; exec "$@"';
    const transport = shellAt(shells[0] as (typeof shells)[0], ['/bin/sh', '-c', line, 'sh']);
    const long = `${'x'.repeat(70)}\n`.repeat(500);
    await expect(fileAt(transport).edit((text) => text + long)).rejects.toMatchObject({
      ...{ code: 'access-disk-full', params: { path: join(home, '.ssh') } },
    });
    expect(await readFile(keys(), 'utf8')).toBe('a\n');
    expect(await readdir(inside(''))).toEqual(['authorized_keys']);
  });
});
