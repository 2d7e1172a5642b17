import { comparisonTable, inTurns } from '../support/bench/comparison';
import { HandSession, startHandBrowser } from '../support/bench/hand';
import { type RunningCost, runningCost } from '../support/bench/running-cost';
import { answerMessageBoxes, guestInFront, launchApp, makeAppProfile } from '../support/lab/app';
import type { DrivenPage } from '../support/lab/driven-page';
import { JupyterLabPage } from '../support/lab/jupyterlab-page';
import { createMachine } from '../support/lab/machine-form';
import { startNotebookMachine } from '../support/lab/notebook-machine';
import { processesAtHome } from '../support/lab/owned-processes';
import { processTree } from '../support/lab/processes';

/**
 * What it costs to be told of three idle kernels: Nuvem connected, its window hidden and no page open; against the way
 * to know by hand, a page of JupyterLab that stays open in a browser, over `ssh -L`. On the machine the server, its
 * kernels and whatever watches them count.
 */
const runs = Number(process.env.NUVEM_BENCH_RUNS ?? 3);
const seconds = Number(process.env.NUVEM_BENCH_SECONDS ?? 120);
const settleMs = 10_000;
const kernels = 3;

const profile = await makeAppProfile();
const app = await launchApp({ profile });
// The notebooks are empty, yet new: their page would be asked about.
await answerMessageBoxes(app, 1);
const browser = await startHandBrowser();
const nuvem: RunningCost[] = [];
const hand: RunningCost[] = [];

try {
  await inTurns(runs, measureNuvem, measureHand);
} finally {
  await browser.close();
  await app.quit();
  await profile.remove();
}

const compare = (name: string, unit: string, pick: (cost: RunningCost) => number) => ({
  ...{ name, unit, baselineName: `ssh -L and a page in ${browser.name}` },
  ...{ nuvem: nuvem.map(pick), baseline: hand.map(pick) },
});
console.log(
  `\n${comparisonTable([
    compare('CPU here, per hour', 's', ({ hereCpuSecondsPerHour }) => hereCpuSecondsPerHour),
    compare('CPU on the machine, per hour', 's', ({ machineCpuSecondsPerHour }) => machineCpuSecondsPerHour),
    compare('Traffic, per hour', 'kB', ({ kilobytesPerHour }) => kilobytesPerHour),
  ])}`,
);

async function measureNuvem(): Promise<void> {
  const machine = await startNotebookMachine(`Run ${nuvem.length}`, 'jupyterlab4', profile);
  try {
    await createMachine(app.page, machine.form);
    await app.page.getByRole('button', { name: 'Open notebook' }).click();
    await startKernels(new JupyterLabPage(await guestInFront(app, '/lab')));
    await app.page.getByRole('button', { name: /^Close .*Run/ }).click();
    await app.page.locator('webview').waitFor({ state: 'detached' });
    const showsWindow = (isShown: boolean) =>
      app.electron.evaluate(({ BrowserWindow }, shown) => {
        const window = BrowserWindow.getAllWindows()[0];
        if (shown) window?.show();
        else window?.hide();
      }, isShown);
    await showsWindow(false);
    await new Promise((next) => setTimeout(next, settleMs));
    const herePids = await processTree(app.electron.process().pid ?? 0);
    const machinePids = await processesAtHome(machine.home);
    nuvem.push(await runningCost({ herePids, machinePids, sshPort: machine.sshd.port }, seconds));
    await showsWindow(true);
    await app.page.getByRole('tab', { name: 'Machines' }).click();
    await app.page.getByRole('button', { name: 'Disconnect' }).click();
  } finally {
    await machine.stop();
  }
}

async function measureHand(): Promise<void> {
  const machine = await startNotebookMachine('By hand', 'jupyterlab4', profile);
  const session = new HandSession(machine, machine.sshd.knownHostsPath);
  try {
    const page = await browser.open((await session.startLasting()).url);
    await startKernels(new JupyterLabPage(page));
    await new Promise((next) => setTimeout(next, settleMs));
    const herePids = await processTree(process.pid, /^(chrom|ssh$)/);
    const machinePids = await processesAtHome(machine.home);
    hand.push(await runningCost({ herePids, machinePids, sshPort: machine.sshd.port }, seconds));
    await page.close();
  } finally {
    await session.end();
    await machine.stop();
  }
}

async function startKernels(lab: JupyterLabPage<DrivenPage>): Promise<void> {
  await lab.ready();
  for (let kernel = 0; kernel < kernels; kernel += 1) await lab.newNotebook();
}
