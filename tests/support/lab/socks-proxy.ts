import { spawn } from 'node:child_process';
import { freePort } from './free-port';
import { lastWill } from './last-will';
import type { LabSshd } from './sshd';

/** OpenSSH's own SOCKS 5 server: `ssh -D` through a lab sshd. */
export interface SocksProxy {
  readonly host: '127.0.0.1';
  readonly port: number;
  stop(): Promise<void>;
}

/** Starts it; it connects from where `sshd` runs. Call `stop()` when done. */
export async function startSocksProxy(sshd: LabSshd): Promise<SocksProxy> {
  const port = await freePort();
  const child = spawn(
    'ssh',
    [
      ...['-v', '-N', '-F', '/dev/null', '-i', sshd.clientKeyPath, '-p', String(sshd.port)],
      ...['-o', `UserKnownHostsFile=${sshd.knownHostsPath}`, '-o', 'BatchMode=yes'],
      ...['-o', 'ExitOnForwardFailure=yes', '-D', `127.0.0.1:${port}`, `${sshd.user}@${sshd.host}`],
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  child.once('exit', lastWill(['kill', '-KILL', String(child.pid)]));
  await new Promise<void>((resolve, reject) => {
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (said.includes('Entering interactive session')) resolve();
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`ssh -D ended with ${code}: ${said}`)));
  });
  return {
    host: '127.0.0.1',
    port,
    stop: () =>
      new Promise((resolve) => {
        if (child.exitCode !== null || child.signalCode !== null) return resolve();
        child.once('exit', () => resolve());
        child.kill('SIGTERM');
      }),
  };
}
