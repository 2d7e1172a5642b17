import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, symlink, utimes } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { removeLeftoverFolders } from '../../../electron/control/leftover-folders';
import { makeTempFolder, type TempFolder } from '../../support/lab/temp-folder';

let parent: TempFolder;
let server: Server;

beforeEach(async () => {
  parent = await makeTempFolder('runtime');
  server = createServer();
});

afterEach(async () => {
  server.close();
  await parent.remove();
});

const nowMs = Date.now();
const makeOld = (name: string): Promise<void> => utimes(join(parent.path, name), 0, 0);
const remove = (userId = userInfo().uid): Promise<void> =>
  removeLeftoverFolders({ parent: parent.path, prefix: 'nuvem-control-', userId, nowMs });

/** A folder with the socket of a process that was killed while it listened. */
async function leaveByKill(name: string): Promise<void> {
  await mkdir(join(parent.path, name));
  const script = `require('node:net').createServer().listen(process.argv[1], () => console.log('listening'))`;
  const child = spawn(process.execPath, ['-e', script, join(parent.path, name, 'socket')], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await once(child.stdout, 'data');
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
  expect(await readdir(join(parent.path, name))).toEqual(['socket']);
}

it('what killed apps left is removed; what is in use, new or not ours stays', async () => {
  await leaveByKill('nuvem-control-killed');
  await mkdir(join(parent.path, 'nuvem-control-empty'));
  await mkdir(join(parent.path, 'nuvem-control-new'));
  await mkdir(join(parent.path, 'nuvem-control-used'));
  await mkdir(join(parent.path, 'another'));
  await symlink(join(parent.path, 'another'), join(parent.path, 'nuvem-control-link'));
  server.listen(join(parent.path, 'nuvem-control-used', 'socket'));
  await once(server, 'listening');
  for (const name of ['killed', 'empty', 'used']) await makeOld(`nuvem-control-${name}`);
  await remove();
  expect((await readdir(parent.path)).toSorted()).toEqual([
    'another',
    'nuvem-control-link',
    'nuvem-control-new',
    'nuvem-control-used',
  ]);
});

it('the folders of another user stay', async () => {
  await mkdir(join(parent.path, 'nuvem-control-theirs'));
  await makeOld('nuvem-control-theirs');
  await remove(userInfo().uid + 1);
  expect(await readdir(parent.path)).toEqual(['nuvem-control-theirs']);
});
