import { comparisonTable, inTurns } from '../support/bench/comparison';
import { HandSession, startHandBrowser } from '../support/bench/hand';
import { guestInFront, launchApp, makeAppProfile } from '../support/lab/app';
import type { DrivenPage } from '../support/lab/driven-page';
import { JupyterLabPage } from '../support/lab/jupyterlab-page';
import { createMachine } from '../support/lab/machine-form';
import { type NotebookMachine, startNotebookMachine } from '../support/lab/notebook-machine';

/**
 * From the end of an outage to the output of the next cell in a notebook that was open before, with its variables. By
 * hand: JupyterLab in the background, a loop that starts `ssh -L` again a second after it has ended, and somebody who
 * loads the page anew in the very moment in which that works. Both see at once that the connection is gone.
 */
const runs = Number(process.env.NUVEM_BENCH_RUNS ?? 7);
const outageMs = 5000;

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
      name: `End of an outage of ${outageMs / 1000} s to the next cell's output`,
      unit: 'ms',
      baselineName: `ssh -L in a loop, page loaded anew in ${browser.name}`,
      nuvem: nuvemMs,
      baseline: handMs,
    },
  ])}`,
);

async function measureNuvem(): Promise<void> {
  const machine = await startNotebookMachine(`Run ${nuvemMs.length}`, 'jupyterlab4', profile);
  try {
    await createMachine(app.page, machine.form);
    await app.page.getByRole('button', { name: 'Open notebook' }).click();
    const lab = new JupyterLabPage(await guestInFront(app, '/lab'));
    await rememberSomething(lab);
    await outage(machine);
    const backAt = performance.now();
    await showWhatIsRemembered(lab);
    nuvemMs.push(performance.now() - backAt);
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
    const forward = await session.startLasting();
    const page = await browser.open(forward.url);
    const lab = new JupyterLabPage(page);
    await rememberSomething(lab);
    await outage(machine);
    const backAt = performance.now();
    await forward.accepts();
    await page.reload();
    await lab.ready();
    await lab.kernelIdle();
    await showWhatIsRemembered(lab);
    handMs.push(performance.now() - backAt);
  } finally {
    await session.end();
    await machine.stop();
  }
}

async function rememberSomething(lab: JupyterLabPage<DrivenPage>): Promise<void> {
  await lab.ready();
  await lab.newNotebook();
  await lab.runCell('x = 41');
}

async function outage({ sshd }: NotebookMachine): Promise<void> {
  await sshd.stopListening();
  await sshd.killSessions();
  await new Promise((next) => setTimeout(next, outageMs));
  await sshd.restart();
}

async function showWhatIsRemembered(lab: JupyterLabPage<DrivenPage>): Promise<void> {
  const output = await lab.runCell('print(x + 1)');
  if (output !== '42') throw new Error(`The cell put out "${output}" instead of 42.`);
}
