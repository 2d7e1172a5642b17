import { execFile } from 'node:child_process';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { findingIn, makeLabDiagnosis, stepIn } from '../../support/lab/lab-diagnosis';
import { startSshd } from '../../support/lab/sshd';
import { makeTempFolder } from '../../support/lab/temp-folder';

const runProgram = promisify(execFile);
const cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

/** What is found on a machine that lets us in. */
async function run(...config: readonly string[]) {
  const sshd = await startSshd({ config });
  cleanUps.push(() => sshd.stop());
  const { host, port, user, knownHostsPath, clientKeyPath } = sshd;
  const made = await makeLabDiagnosis({
    route: { host, port, user },
    identity: { kind: 'keyFile', path: clientKeyPath },
    knownHostsPath,
  });
  cleanUps.push(() => made.close());
  const snapshot = await made.run();
  expect(stepIn(snapshot, '0/signIn').state.kind).toBe('passed');
  return snapshot;
}

async function folder(): Promise<string> {
  const made = await makeTempFolder('inside');
  cleanUps.push(() => made.remove());
  return made.path;
}

describe('a command', () => {
  it('in whose place another one is forced: quotes what that said', async () => {
    const finding = findingIn(await run('ForceCommand echo only backups here'), '0/command');
    expect(finding).toMatchObject({ code: 'command-forced', quotes: ['only backups here'] });
  });

  it('for which the shell ends at once', async () => {
    const finding = findingIn(await run('ForceCommand /bin/false'), '0/command');
    expect(finding).toMatchObject({ code: 'shell-ends', params: { exitCode: 1 } });
  });

  it('before which the shell talks', async () => {
    const snapshot = await run('ForceCommand echo Welcome; eval "$SSH_ORIGINAL_COMMAND"');
    expect(findingIn(snapshot, '0/command')).toMatchObject({ code: 'shell-chatty', quotes: ['Welcome'] });
    expect(stepIn(snapshot, '0/storage').state.kind).toBe('passed');
  });

  it('for which the server opens no session', async () => {
    expect(findingIn(await run('MaxSessions 0'), '0/command').code).toBe('sessions-refused');
  });
});

describe('the machine inside', () => {
  it('without a home folder', async () => {
    const finding = findingIn(await run('SetEnv HOME=/nonexistent/home'), '0/storage');
    expect(finding).toMatchObject({ code: 'home-missing', params: { path: '/nonexistent/home' } });
  });

  it('with a full disk', async (context) => {
    const path = join(await folder(), 'full');
    await mkdir(path);
    try {
      await runProgram('mount', ['-t', 'tmpfs', '-o', 'size=4k,mode=1777', 'tmpfs', path]);
    } catch {
      return context.skip('this computer lets nobody mount a small disk');
    }
    cleanUps.push(() => runProgram('umount', ['--lazy', path]));
    await writeFile(join(path, 'data'), Buffer.alloc(4096));
    const finding = findingIn(await run(`SetEnv HOME=${path}`), '0/storage');
    expect(finding).toMatchObject({ code: 'disk-full', params: { path } });
  });

  it('without a folder for temporary files', async () => {
    expect(findingIn(await run('SetEnv TMPDIR=/nonexistent/tmp'), '0/storage').code).toBe(
      'temp-not-writable',
    );
  });

  it('whose clock is wrong', async () => {
    const path = await folder();
    const inAnHour = Math.round(Date.now() / 1000) + 3600;
    await writeFile(join(path, 'date'), `#!/bin/sh\necho ${inAnHour}\n`);
    await chmod(join(path, 'date'), 0o755);
    await chmod(path, 0o755);
    const snapshot = await run(`SetEnv PATH=${path}:/usr/bin:/bin`);
    expect(findingIn(snapshot, '0/clock')).toMatchObject({ code: 'clock-ahead', params: { minutes: 60 } });
    expect(snapshot.state).toMatchObject({ verdict: 'advice' });
  });
});

describe('forwarding', () => {
  it('of TCP that is off', async () => {
    const snapshot = await run('AllowTcpForwarding no');
    expect(findingIn(snapshot, '0/tcpForwarding').code).toBe('tcp-forwarding-off');
    expect(stepIn(snapshot, '0/storage').state.kind).toBe('passed');
  });

  it('of sockets that is off is advice', async (context) => {
    const on = stepIn(await run(), '0/socketForwarding').state;
    if (on.kind === 'skipped') return context.skip('no program on this computer listens on a socket');
    expect(on.kind).toBe('passed');
    const snapshot = await run('AllowStreamLocalForwarding no');
    expect(findingIn(snapshot, '0/socketForwarding').code).toBe('socket-forwarding-off');
  });
});
