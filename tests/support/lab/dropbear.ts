import { spawn } from 'node:child_process';
import { chown, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from './free-port';
import { lastWill } from './last-will';
import { runCommand } from './run-command';
import { makeKeyPair } from './ssh-keys';
import { makeTempFolder } from './temp-folder';
import { addAccount } from './throwaway-account';

/** A private dropbear, the SSH server of routers and other small machines, on loopback. */
export interface LabDropbear {
  readonly host: '127.0.0.1';
  readonly port: number;
  readonly user: string;
  /** A private key without passphrase that may log in. */
  readonly clientKeyPath: string;
  /** A known_hosts file that trusts this server. */
  readonly knownHostsPath: string;
  stop(): Promise<void>;
}

/** Starts a real dropbear with one host key and an account of its own, which needs root. */
export async function startDropbear(hostKeyType: 'rsa' | 'ecdsa' | 'ed25519'): Promise<LabDropbear> {
  const folder = await makeTempFolder('dropbear');
  const hostKeyPath = join(folder.path, 'host_key');
  await runCommand('dropbearkey', ['-t', hostKeyType, '-f', hostKeyPath]);
  const shown = await runCommand('dropbearkey', ['-y', '-f', hostKeyPath]);
  const publicKey = /^((?:ssh|ecdsa)-\S+ \S+)/m.exec(shown)?.[1];
  if (publicKey === undefined) throw new Error(`dropbearkey printed an unexpected ${shown}`);
  const clientKey = await makeKeyPair(join(folder.path, 'client_key'));
  const port = await freePort();
  const knownHostsPath = join(folder.path, 'known_hosts');
  await writeFile(knownHostsPath, `[127.0.0.1]:${port} ${publicKey}\n`);
  const account = await addAccount(folder.path);
  const sshFolder = join(account.home, '.ssh');
  await mkdir(sshFolder, { mode: 0o700 });
  await writeFile(join(sshFolder, 'authorized_keys'), `${clientKey.publicKey}\n`, { mode: 0o600 });
  for (const path of [sshFolder, join(sshFolder, 'authorized_keys')])
    await chown(path, account.uid, account.gid);
  const child = spawn('dropbear', ['-F', '-E', '-r', hostKeyPath, '-p', `127.0.0.1:${port}`], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  child.once('exit', lastWill(['kill', '-KILL', String(child.pid)]));
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`dropbear ended with ${code}`)));
    child.stderr.once('data', () => resolve());
  });
  return {
    host: '127.0.0.1',
    port,
    user: account.name,
    clientKeyPath: clientKey.path,
    knownHostsPath,
    stop: async () => {
      const exited = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await exited;
      await account.remove();
      await folder.remove();
    },
  };
}
