import { join } from 'node:path';
import { runOrThrow } from '../../../build/system/run';
import { exists, makeLinkedFolderOnce } from '../../../build/user-cache';
import { peerLocation, peerNames } from './peers';

/** Makes the Python environments that are not there yet, in the user's cache. Rejects with pip's last lines. */
export async function makePythonPeers(): Promise<void> {
  await Promise.all(
    peerNames.map(peerLocation).map((peer) => makeEnvironment(peer.folder, peer.requirementsFile)),
  );
}

async function makeEnvironment(target: string, requirementsFile: string): Promise<void> {
  if (await exists(target)) return;
  console.log(`Making ${target}`);
  await makeLinkedFolderOnce(target, async (folder) => {
    await runOrThrow('python3', ['-m', 'venv', folder]);
    const python = join(folder, 'bin', 'python');
    await runOrThrow(python, [
      '-m',
      'pip',
      'install',
      '--quiet',
      '--no-input',
      '--requirement',
      requirementsFile,
    ]);
  });
}
