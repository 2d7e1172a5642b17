import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeAgentSocketOf } from '../../../electron/keys/agent-location';
import { makeShellVariable } from '../../../electron/keys/login-shell';
import { makeTempFolder, type TempFolder } from '../../support/lab/temp-folder';

let home: TempFolder;
beforeEach(async () => {
  home = await makeTempFolder('shell');
});
afterEach(() => home.remove());

let count = 0;
const shellVariable = (shell: string | null, timeoutMs = 20_000) =>
  makeShellVariable({
    env: { PATH: process.env.PATH, HOME: home.path },
    shell,
    newMark: () => {
      count += 1;
      return `mark-${count}-of-this-test`;
    },
    timeoutMs,
  });

const rcFiles = (text: string) =>
  Promise.all(['.bashrc', '.profile', '.bash_profile'].map((name) => writeFile(join(home.path, name), text)));

describe('the agent’s socket in the user’s login shell', () => {
  it.each(['/bin/bash', '/bin/sh'])('is what the start files of %s say', async (shell) => {
    await rcFiles('export SSH_AUTH_SOCK="$HOME/agent with spaces.sock"\n');
    expect(await shellVariable(shell)('SSH_AUTH_SOCK')).toBe(`${home.path}/agent with spaces.sock`);
  });

  it.each([
    ['greet', 'echo "Welcome! SSH_AUTH_SOCK=/wrong"; printf "no line end"'],
    ['write binary', "printf '\\0SSH_AUTH_SOCK=/wrong\\0'"],
    ['complain', 'echo oops >&2; nonexistent-command'],
    ['ask', 'read -r answer; echo "you said $answer"'],
    ['leave something running', 'sleep 600 &'],
    ['set strange variables', "export ZZ=$'a\\nSSH_AUTH_SOCK=/wrong'"],
  ])('is right although they %s', async (_what, line) => {
    await rcFiles(`${line}\nexport SSH_AUTH_SOCK=/right.sock\n${line}\n`);
    expect(await shellVariable('/bin/bash')('SSH_AUTH_SOCK')).toBe('/right.sock');
  });

  it.each([
    ['never end', 'while :; do sleep 1; done'],
    ['end the shell', 'exit 0'],
    ['become another program', 'exec cat /dev/null'],
    ['print without end', 'yes'],
  ])('is unknown when they %s', async (_what, line) => {
    await rcFiles(`export SSH_AUTH_SOCK=/right.sock\n${line}\n`);
    expect(await shellVariable('/bin/bash', 1500)('SSH_AUTH_SOCK')).toBeNull();
  });

  it('is asked for once', async () => {
    await rcFiles('echo run >> "$HOME/runs"\nexport SSH_AUTH_SOCK=/right.sock\n');
    const variable = shellVariable('/bin/bash');
    const both = await Promise.all([variable('SSH_AUTH_SOCK'), variable('SSH_AUTH_SOCK')]);
    await rcFiles('export SSH_AUTH_SOCK=/later.sock\n');
    expect([...both, await variable('SSH_AUTH_SOCK')]).toEqual(Array(3).fill('/right.sock'));
  });

  it.each([null, '/nowhere/bash', '/usr/sbin/nologin', '/bin/false'])('of %s is unknown', async (shell) => {
    expect(await shellVariable(shell)('SSH_AUTH_SOCK')).toBeNull();
  });

  it('is found in a shell whose path has spaces', async () => {
    const folder = join(home.path, 'my shells');
    await mkdir(folder);
    await writeFile(join(folder, 'sh'), '#!/bin/sh\nexport SSH_AUTH_SOCK=/spaced.sock\nexec /bin/sh "$@"\n');
    await chmod(join(folder, 'sh'), 0o755);
    expect(await shellVariable(join(folder, 'sh'))('SSH_AUTH_SOCK')).toBe('/spaced.sock');
  });
});

describe('where an agent is', () => {
  const found = (
    socketPath: string,
    options: Partial<Parameters<typeof makeAgentSocketOf>[0]> & { readonly pipes?: readonly string[] },
  ) =>
    makeAgentSocketOf({
      env: {},
      platform: 'linux',
      homeFolder: '/home/ana',
      userName: 'ana',
      shellVariable: async () => '/shell.sock',
      ...options,
      fs: { readdir: (async () => options.pipes ?? []) as never },
    })(socketPath);

  it('is what the machine says, with the home folder for ~', async () => {
    expect(await found('~/.1password/agent.sock', {})).toBe('/home/ana/.1password/agent.sock');
  });

  it('is what the terminal says that the app was started from', async () => {
    const env = { TERM: 'xterm', SSH_AUTH_SOCK: '/terminal.sock' };
    expect(await found('', { env })).toBe('/terminal.sock');
  });

  it('is what a login shell says when the app was started from the desktop', async () => {
    expect(await found('', { env: { SSH_AUTH_SOCK: '/desktop.sock' } })).toBe('/shell.sock');
    expect(await found('', {})).toBe('/shell.sock');
  });

  it('is the desktop’s when no shell knows better, else nowhere', async () => {
    const shellVariable = async () => null;
    expect(await found('', { env: { SSH_AUTH_SOCK: '/desktop.sock' }, shellVariable })).toBe('/desktop.sock');
    expect(await found('', { shellVariable })).toBeNull();
  });

  it('is on Windows OpenSSH’s pipe, else Pageant’s, which can be asked for', async () => {
    const pipes = ['pageant.bia.00', 'openssh-ssh-agent', 'pageant.ana.4f2c'];
    const platform = 'win32';
    expect(await found('', { platform, pipes })).toBe('\\\\.\\pipe\\openssh-ssh-agent');
    expect(await found('', { platform, pipes: ['pageant.ana.4f2c'] })).toBe('\\\\.\\pipe\\pageant.ana.4f2c');
    expect(await found('pageant', { platform, pipes })).toBe('\\\\.\\pipe\\pageant.ana.4f2c');
    expect(await found('pageant', { platform, pipes: ['pageant.bia.00'] })).toBeNull();
    expect(await found('\\\\.\\pipe\\other', { platform, pipes })).toBe('\\\\.\\pipe\\other');
  });
});
