import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { resolveElectron } from '../../../build/electron-runtime/resolve';
import { ensureElectronNeeds } from '../../../build/system/electron-needs';
import { startXvfb } from '../../../build/system/xvfb';
import type { Endpoint, Identity } from '../../../shared/model/machine';
import { bundleForElectron } from './electron-bundle';
import { runCommand } from './run-command';
import { makeTempFolder } from './temp-folder';

export interface ElectronTrial {
  readonly name: string;
  readonly route: Endpoint;
  readonly identity: Identity;
  readonly allowsOldAlgorithms: boolean;
  /** Of the key file; empty: it has none. */
  readonly passphrase: string;
  readonly knownHostsPath: string;
}

export interface ElectronTrialResult {
  readonly name: string;
  readonly stdout: string;
  readonly error: string | null;
}

/**
 * Connects to machines from the main process of a real Electron, whose crypto is not Node's, with the code bundled
 * as the app bundles it.
 */
export async function connectInElectron(
  trials: readonly ElectronTrial[],
): Promise<{ readonly electron: string; readonly results: readonly ElectronTrialResult[] }> {
  const electron = await resolveElectron();
  await ensureElectronNeeds(electron.executablePath, true);
  const folder = await makeTempFolder('electron');
  const appFolder = join(folder.path, 'app');
  const display = process.platform === 'linux' ? await startXvfb() : null;
  try {
    await bundleForElectron(fileURLToPath(new URL('./electron-probe.ts', import.meta.url)), appFolder);
    const trialsPath = join(folder.path, 'trials.json');
    await writeFile(trialsPath, JSON.stringify(trials));
    const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const args = [...sandbox, `--user-data-dir=${folder.path}/profile`, appFolder, trialsPath];
    const output = await runCommand(electron.executablePath, args, {
      env: { ...process.env, ...display?.env },
    });
    return JSON.parse(output.trim().split('\n').at(-1) ?? '');
  } finally {
    await display?.stop();
    await folder.remove();
  }
}
