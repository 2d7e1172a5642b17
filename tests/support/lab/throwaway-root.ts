import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { userInfo } from 'node:os';
import { lastWill } from './last-will';
import { runCommand } from './run-command';
import { makeTempFolder } from './temp-folder';

/** This computer's files as programs in it see and change them; nothing of that reaches the computer itself. */
export interface ThrowawayRoot {
  /** What to put before a command so that it runs there. /tmp, /proc, /dev and the network are the computer's own. */
  readonly enter: readonly string[];
  /** Runs a command there and resolves with what it wrote to standard output. */
  run(...command: readonly string[]): Promise<string>;
  /** Ends it, with all that is in it. */
  remove(): Promise<void>;
}

/** What changes lies in memory, above the real files (an overlay), in a mount namespace of its own. */
const makeRoot = `
set -e
mount --make-rprivate /
mount -t tmpfs tmpfs "$1"
mkdir "$1/changes" "$1/work" "$1/root"
mount -t overlay overlay -o "lowerdir=/,upperdir=$1/changes,workdir=$1/work" "$1/root"
for folder in proc dev sys tmp; do mount --rbind "/$folder" "$1/root/$folder"; done
echo ready
exec sleep infinity
`;

/** Why there can be none here; null: there can. */
export async function whyNoThrowawayRoot(): Promise<string | null> {
  if (process.platform !== 'linux') return 'needs Linux';
  if (userInfo().uid !== 0) return 'needs root, for a file system of its own';
  const root = await makeThrowawayRoot().catch((error: unknown) => String(error));
  if (typeof root === 'string') return `no overlay file system here: ${root}`;
  await root.remove();
  return null;
}

/** Rejects where this system allows no overlay of its root. */
export async function makeThrowawayRoot(): Promise<ThrowawayRoot> {
  const folder = await makeTempFolder('root');
  const holder = spawn('unshare', ['--mount', 'sh', '-c', makeRoot, 'root', folder.path], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const takeBack = lastWill(['kill', '-9', String(holder.pid)]);
  const gone = once(holder, 'exit');
  let complaint = '';
  holder.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint += text;
  });
  const remove = async (): Promise<void> => {
    holder.kill('SIGKILL');
    await gone;
    takeBack();
    await folder.remove();
  };
  const isReady = await Promise.race([once(holder.stdout, 'data').then(() => true), gone.then(() => false)]);
  if (!isReady) {
    await remove();
    throw new Error(complaint.trim());
  }
  const enter = ['nsenter', `--mount=/proc/${holder.pid}/ns/mnt`, '--', 'chroot', `${folder.path}/root`];
  return {
    enter,
    run: (...command) => {
      const [program = '', ...args] = [...enter, ...command];
      return runCommand(program, args, { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
    },
    remove,
  };
}
