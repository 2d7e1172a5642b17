import { comparisonTable, inTurns } from '../support/bench/comparison';
import { HandSession, startHandBrowser } from '../support/bench/hand';
import { guestInFront, launchApp, makeAppProfile } from '../support/lab/app';
import type { DrivenPage } from '../support/lab/driven-page';
import { JupyterLabPage } from '../support/lab/jupyterlab-page';
import { createMachine } from '../support/lab/machine-form';
import { startNotebookMachine } from '../support/lab/notebook-machine';

/**
 * From the click on "Open notebook", nothing connected and no Jupyter running, to the output of a first cell in a new
 * notebook; against the same by hand, without the time that a person needs to read and type. App and browser are
 * open before; each run has a machine of its own, so nothing is warm but the disk cache, for both alike.
 */
const runs = Number(process.env.NUVEM_BENCH_RUNS ?? 7);

const profile = await makeAppProfile();
const app = await launchApp({ profile });
const browser = await startHandBrowser();
const nuvemMs: number[] = [];
const handMs: number[] = [];

try {
  await inTurns(runs, measureNuvem, measureHand);
} finally {
  await browser.close();
  await app.quit();
  await profile.remove();
}

console.log(
  `\n${comparisonTable([
    {
      name: 'Click to first executed cell',
      unit: 'ms',
      baselineName: `ssh, ssh -L and ${browser.name}`,
      nuvem: nuvemMs,
      baseline: handMs,
    },
  ])}`,
);

async function measureNuvem(): Promise<void> {
  const machine = await startNotebookMachine(`Run ${nuvemMs.length}`, 'jupyterlab4', profile);
  try {
    await createMachine(app.page, machine.form);
    const startedAt = performance.now();
    await app.page.getByRole('button', { name: 'Open notebook' }).click();
    await runFirstCell(new JupyterLabPage(await guestInFront(app, '/lab')));
    nuvemMs.push(performance.now() - startedAt);
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
    const startedAt = performance.now();
    const page = await browser.open(await session.start());
    await runFirstCell(new JupyterLabPage(page));
    handMs.push(performance.now() - startedAt);
  } finally {
    await session.end();
    await machine.stop();
  }
}

async function runFirstCell(lab: JupyterLabPage<DrivenPage>): Promise<void> {
  await lab.ready();
  await lab.newNotebook();
  const output = await lab.runCell('print(6*7)');
  if (output !== '42') throw new Error(`The cell put out "${output}" instead of 42.`);
}
