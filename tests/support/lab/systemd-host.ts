import { spawn } from 'node:child_process';
import { chmod, realpath } from 'node:fs/promises';
import { homedir, userInfo } from 'node:os';
import { fileURLToPath } from 'node:url';
import { findCommand } from '../../../build/system/packages';
import { labPeer } from '../setup/peers';
import { lastWill } from './last-will';
import { runCommand } from './run-command';
import { makeTempFolder } from './temp-folder';

/**
 * A computer that systemd has booted, as far as one can be without a machine of its own: real process 1, journald,
 * logind and managers of users in namespaces of the test's own. Its network, accounts and programs are this computer's.
 */
export interface SystemdHost {
  /** The one folder below `/tmp` that both sides see; removed at `stop`. */
  readonly folder: string;
  /** Goes before a command that shall run there as root. Process numbers are others there. */
  readonly enter: readonly string[];
  /** Runs a command there as root. */
  run(...command: readonly string[]): Promise<string>;
  /** Lets an account use sudo, with its password or without; `no`: not at all. */
  letSudo(user: string, how: 'password' | 'free' | 'no'): Promise<void>;
  /** Ends all that runs there. */
  stop(): Promise<void>;
}

const bootScript = fileURLToPath(new URL('systemd-boot.sh', import.meta.url));

/** Why there can be no such host here; null: there can. */
export async function whyNoSystemd(): Promise<string | null> {
  if (userInfo().uid !== 0) return 'needs root, for namespaces of its own';
  for (const program of ['systemctl', 'loginctl', 'journalctl', 'unshare', 'nsenter', 'dbus-daemon', 'sudo'])
    if ((await findCommand(program)) === null) return `${program} is not installed`;
  const host = await startSystemdHost().catch((error: unknown) => String(error));
  if (typeof host === 'string') return `systemd does not boot here: ${host.slice(-300)}`;
  await host.stop();
  return null;
}

/** Rejects when systemd does not boot here. */
export async function startSystemdHost(): Promise<SystemdHost> {
  const folder = await makeTempFolder('sd');
  await chmod(folder.path, 0o755);
  // Accounts of tests shall run what is installed there.
  await chmod(await realpath(labPeer('jupyterlab4').folder), 0o755);
  const child = spawn(
    'unshare',
    [
      ...['--mount', '--pid', '--fork', '--kill-child', '--cgroup', '--ipc'],
      ...['sh', bootScript, folder.path, homedir()],
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const takeWillBack = lastWill(['kill', '-KILL', String(child.pid)]);
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
  });
  const stop = async () => {
    child.kill('SIGKILL');
    await ended;
    takeWillBack();
    await folder.remove();
  };
  try {
    const enter = await enterOf(child.pid ?? 0, () => child.exitCode !== null);
    const run = (...command: readonly string[]) => {
      const [program = '', ...args] = [...enter, ...command];
      return runCommand(program, args);
    };
    await untilBooted(run, () => child.exitCode !== null);
    return {
      folder: folder.path,
      enter,
      run,
      letSudo: async (user, how) => {
        const line = how === 'no' ? '' : `${user} ALL=(ALL) ${how === 'free' ? 'NOPASSWD: ' : ''}ALL`;
        await run('sh', '-c', 'umask 337; rm -f "$2"; echo "$1" >"$2"', 'sh', line, '/etc/sudoers.d/lab');
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw new Error(`${error}: ${said}`);
  }
}

/** By the number that process 1 of the namespaces has outside of them. */
async function enterOf(unshare: number, hasEnded: () => boolean): Promise<readonly string[]> {
  for (;;) {
    if (hasEnded()) throw new Error('it ended before it had begun');
    const [pid] = (await runCommand('sh', ['-c', `pgrep -P ${unshare} || :`])).trim().split('\n');
    if (pid) return ['nsenter', '--target', pid, '--mount', '--pid', '--cgroup', '--ipc'];
  }
}

async function untilBooted(
  run: (...command: readonly string[]) => Promise<string>,
  hasEnded: () => boolean,
): Promise<void> {
  // Waits by itself once there is a process 1 to ask.
  const script =
    'for wait in $(seq 300); do [ -S /run/systemd/private ] && break; sleep 0.1; done; systemctl is-system-running --wait';
  const state = await run('sh', '-c', script).catch((error: unknown) => String(error));
  if (hasEnded()) throw new Error('it ended');
  if (!/running|degraded/.test(state)) throw new Error(state);
}
