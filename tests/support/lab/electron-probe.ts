import { readFile } from 'node:fs/promises';
import { app } from 'electron';
import { makeLabConnection } from './lab-connection';
import type { ElectronTrial, ElectronTrialResult } from './run-in-electron';

/** Main script of an Electron that connects to each machine of a list, told by file, and prints what came of it. */
async function run(): Promise<readonly ElectronTrialResult[]> {
  const [path = ''] = process.argv.slice(-1);
  const trials = JSON.parse(await readFile(path, 'utf8')) as readonly ElectronTrial[];
  const results: ElectronTrialResult[] = [];
  for (const trial of trials) results.push(await runOne(trial));
  return results;
}

async function runOne({
  name,
  route,
  identity,
  allowsOldAlgorithms,
  passphrase,
  knownHostsPath,
}: ElectronTrial): Promise<ElectronTrialResult> {
  const lab = await makeLabConnection({
    route,
    knownHostsPath,
    identity,
    machine: { allowsOldAlgorithms },
  });
  try {
    lab.pool.connect(lab.machineId);
    if (passphrase !== '') await lab.giveSecret(passphrase);
    const transport = await lab.pool.link(lab.machineId).whenReady();
    const { stdout } = await transport.exec('head -c 3000000 /dev/zero | sha256sum; cat', { stdin: name });
    return { name, stdout, error: null };
  } catch (error) {
    return { name, stdout: '', error: error instanceof Error ? error.message : String(error) };
  } finally {
    await lab.close();
  }
}

void app
  .whenReady()
  .then(run)
  .then((results) => {
    process.stdout.write(`${JSON.stringify({ electron: process.versions.electron, results })}\n`);
    app.exit(0);
  })
  .catch((error: unknown) => {
    console.error(error);
    app.exit(1);
  });
