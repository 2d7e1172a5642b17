import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { lastWill } from './last-will';
import { runCommand } from './run-command';
import { makeTempFolder } from './temp-folder';

/** A real ssh-agent of this test's own. */
export interface LabAgent {
  readonly socketPath: string;
  /** `options` of ssh-add, e.g. `-c`. */
  add(keyPath: string, options?: readonly string[]): Promise<void>;
  stop(): Promise<void>;
}

/** Starts OpenSSH's ssh-agent on a private socket, without keys. */
export async function startSshAgent(): Promise<LabAgent> {
  const folder = await makeTempFolder('agent');
  const socketPath = join(folder.path, 'agent.sock');
  const child = spawn('ssh-agent', ['-D', '-a', socketPath], { stdio: ['ignore', 'pipe', 'ignore'] });
  child.once('exit', lastWill(['kill', '-KILL', String(child.pid)]));
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`ssh-agent ended with ${code}`)));
    child.stdout.once('data', () => resolve());
  });
  return {
    socketPath,
    add: async (keyPath, options = []) => {
      await runCommand('ssh-add', ['-q', ...options, keyPath], {
        env: { ...process.env, SSH_AUTH_SOCK: socketPath },
      });
    },
    stop: async () => {
      const exited = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await exited;
      await folder.remove();
    },
  };
}
