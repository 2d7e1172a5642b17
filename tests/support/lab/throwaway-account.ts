import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { lastWill } from './last-will';
import { runCommand } from './run-command';

/** A system account that exists for one test, with its home in `folder`; needs root. */
export async function addAccount(folder: string) {
  const name = `nuvem${randomBytes(4).toString('hex')}`;
  const password = randomBytes(12).toString('base64url');
  const home = join(folder, 'home');
  await chmod(folder, 0o711);
  await runCommand('useradd', ['--no-create-home', '--home-dir', home, '--shell', '/bin/sh', name]);
  const takeWillBack = lastWill(['userdel', '--force', name]);
  await runCommand('chpasswd', [], { stdin: `${name}:${password}\n` });
  const uid = Number(await runCommand('id', ['-u', name]));
  const gid = Number(await runCommand('id', ['-g', name]));
  await mkdir(home);
  await chown(home, uid, gid);
  return {
    ...{ name, password, home, uid, gid },
    remove: async () => {
      takeWillBack();
      await runCommand('userdel', ['--force', name]);
    },
  };
}
