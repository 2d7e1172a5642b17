import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Locator, test } from '@playwright/test';
import type { MachineId } from '../../shared/model/machine';
import { lossOf } from '../support/faults/clients';
import { patternStream } from '../support/faults/pattern';
import { type AppProfile, killLeftApps, type LabApp, launchApp, makeAppProfile } from '../support/lab/app';
import { callsOf } from '../support/lab/app-calls';
import { canMakeNetworks, type LabNetwork, makeLabNetwork } from '../support/lab/lab-network';
import { createMachine } from '../support/lab/machine-form';
import { listProcesses } from '../support/lab/processes';
import { type LabSshd, startSshd } from '../support/lab/sshd';
import { connected, startPeer } from '../support/lab/tcp-peer';
import { tcpListen } from '../support/lab/tunnel-lab';

/** The app on a computer with two networks, one of which, a cable to the machine, the test can unplug. */
let profile: AppProfile;
let network: LabNetwork;
let sshd: LabSshd;
let app: LabApp;

test.skip(!canMakeNetworks, 'networks of its own need root on Linux');

test.beforeEach(async () => {
  profile = await makeAppProfile();
  network = await makeLabNetwork();
  sshd = await startSshd({
    network,
    config: ['ClientAliveInterval 3', 'ClientAliveCountMax 2', 'RekeyLimit 256k'],
  });
  await appendFile(join(profile.home, '.ssh', 'known_hosts'), await readFile(sshd.knownHostsPath));
  app = await launchApp({ profile });
  const { host, port, user, clientKeyPath } = sshd;
  await createMachine(app.page, { name: 'Lab', host, port, user, identity: { keyFile: clientKeyPath } });
  await app.page.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(status()).toContainText('Connected');
});

test.afterEach(async () => {
  await killLeftApps();
  await network.setPlugged(true);
  await sshd.stop();
  await network.remove();
  await profile.remove();
});

const status = (): Locator => app.page.getByRole('main').getByRole('status').first();

test('when the way to the machine goes away, that is seen before the probes would; when it is back, it is used', async () => {
  await app.page.getByRole('button', { name: 'Connection log' }).click();
  await network.setPlugged(false);
  await expect(status()).toContainText('Connection lost', { timeout: 30_000 });
  await expect(app.page.getByText("This computer's network has changed").first()).toBeVisible();
  await expect(app.page.getByText('No sign of life from the machine (3 of 3)')).toHaveCount(0);
  await network.setPlugged(true);
  await expect(status()).toContainText('Connected', { timeout: 30_000 });
});

test('after sleep the app finds out by itself that the machine has hung up, and connects again', async () => {
  await app.page.getByRole('button', { name: 'Connection log' }).click();
  await signalApp('SIGSTOP');
  await network.setPlugged(false);
  // No event tells of the time that passes here; the app's own clock stands still.
  await new Promise((resolve) => setTimeout(resolve, 20_000));
  await network.setPlugged(true);
  await signalApp('SIGCONT');
  await expect(app.page.getByText('The computer woke up').first()).toBeVisible({ timeout: 30_000 });
  await expect(app.page.getByText('Connected after').nth(1)).toBeVisible({ timeout: 60_000 });
  await expect(status()).toContainText('Connected');
});

test('a server that wants new keys all the time changes no byte of a transfer', async () => {
  const bytes = 16 * 1024 * 1024;
  const path = join(sshd.folder, 'source');
  const source = await startPeer((socket) => patternStream(bytes).pipe(socket), path);
  const listen = await tcpListen();
  const { machines, tunnels } = callsOf(app);
  const [machine] = (await machines.list()).machines;
  const machineId = machine?.id as MachineId;
  const { id: tunnelId } = await tunnels.save({
    machineId,
    draft: {
      ...{ id: null, name: 'Source', isExposed: false, startsWith: 'connection', whileAway: 'wait' },
      forward: { kind: 'local', listen, target: { kind: 'unixSocket', path } },
    },
  });
  await tunnels.turn({ machineId, tunnelId, isOn: true });
  await expect(app.page.getByRole('listitem').getByText('Open', { exact: true })).toBeVisible();
  expect(await lossOf(await connected(listen), bytes)).toBe(0);
  await expect(status()).toContainText('Connected');
  await source.stop();
});

/** To all of the app's processes. */
async function signalApp(signal: NodeJS.Signals): Promise<void> {
  const processes = await listProcesses();
  const pids = [app.electron.process().pid ?? 0];
  for (const parent of pids)
    for (const [pid, { parentPid }] of processes) if (parentPid === parent) pids.push(pid);
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch (error) {
      // The app's short-lived processes may end between being listed and being signalled.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
}
