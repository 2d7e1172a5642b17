import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import {
  type AppProfile,
  answerMessageBoxes,
  answerSaveDialog,
  guestInFront,
  killLeftApps,
  type LabApp,
  launchApp,
  makeAppProfile,
} from '../support/lab/app';
import { callsOf } from '../support/lab/app-calls';
import { type FileServer, startFileServer } from '../support/lab/file-server';
import type { GuestPage } from '../support/lab/guest-page';
import { JupyterLabPage } from '../support/lab/jupyterlab-page';
import { createMachine } from '../support/lab/machine-form';
import { type NotebookMachine, startNotebookMachine } from '../support/lab/notebook-machine';
import { runCommand } from '../support/lab/run-command';
import { textsOf } from '../support/lab/texts';

/** Files of a real machine, by a web server of ours and by a real JupyterLab. */
test.describe.configure({ mode: 'serial' });

const texts = textsOf('en').app;
const slow = { timeout: 60_000 };
const megabyte = 1024 * 1024;
const bigBytes = 200 * megabyte;
const smallBytes = 24 * megabyte;

let profile: AppProfile;
let machine: NotebookMachine;
let files: FileServer;
let app: LabApp;
let page: GuestPage;

test.beforeAll(async () => {
  profile = await makeAppProfile();
  machine = await startNotebookMachine('Lab', 'jupyterlab4', profile);
  files = await startFileServer();
  app = await launchApp({ profile });
  await createMachine(app.page, machine.form);
  const { machines } = await callsOf(app).machines.list();
  await callsOf(app).webApps.open({
    machineId: machines[0]?.id ?? fail('no machine'),
    address: `http://localhost:${files.port}/`,
    title: 'Files',
  });
  page = await guestInFront(app, `localhost:${files.port}`);
});

test.afterAll(async () => {
  await killLeftApps();
  await files.close();
  await machine.stop();
  await profile.remove();
});

function fail(message: string): never {
  throw new Error(message);
}

const button = () => app.page.getByRole('button', { name: /^Downloads/ });
const list = () => app.page.getByRole('dialog', { name: texts.downloads.title });
const row = (name: string) => list().getByRole('listitem').filter({ hasText: name });
const inRow = (name: string, action: string) =>
  row(name).getByRole('button', { name: action.replace('{{name}}', name) });
const openList = async (): Promise<void> => {
  await button().click();
  await expect(list()).toBeVisible();
};

/** Downloads what a link in the page leads to; it goes to `name` in the user's home. */
async function download(path: string, name: string): Promise<string> {
  const target = join(profile.home, name);
  await answerSaveDialog(app, target);
  await page.evaluate((href) => {
    const link = document.createElement('a');
    link.href = href;
    link.click();
  }, path);
  return target;
}

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

test('200 MB arrive byte for byte, and can be opened and shown in their folder', async () => {
  const target = await download(`/plain/${bigBytes}/0`, 'big.bin');
  await openList();
  await expect(row('big.bin')).toContainText(texts.downloads.state.finished, slow);
  expect(await sha256(target)).toBe(files.sha256Of(bigBytes));
  await app.electron.evaluate(({ shell }) => {
    const seen: string[] = [];
    Object.assign(globalThis, { labShown: seen });
    shell.showItemInFolder = (path) => void seen.push(`folder ${path}`);
    shell.openPath = async (path) => {
      seen.push(`open ${path}`);
      return '';
    };
  });
  await inRow('big.bin', texts.downloads.showInFolder).click();
  await inRow('big.bin', texts.downloads.open).click();
  const shown = () => app.electron.evaluate(() => (globalThis as unknown as { labShown: string[] }).labShown);
  await expect.poll(shown).toEqual([`folder ${target}`, `open ${target}`]);
  await list().getByRole('button', { name: texts.downloads.clear }).click();
  await expect(button()).toHaveCount(0);
});

test('a download says how far and how fast it is, pauses, goes on, and can be cancelled', async () => {
  await download(`/ranged/${smallBytes}/${4 * megabyte}`, 'paused.bin');
  await openList();
  await expect(row('paused.bin')).toContainText(/[1-9].* of 25.*MB · [1-9].*per second/, slow);
  await inRow('paused.bin', texts.downloads.pause).click();
  await expect(row('paused.bin')).toContainText(texts.downloads.state.paused);
  await inRow('paused.bin', texts.downloads.resume).click();
  await expect(row('paused.bin')).toContainText('per second');
  await inRow('paused.bin', texts.downloads.cancel).click();
  await expect(button()).toHaveCount(0);
  await expect.poll(() => readdir(join(profile.userData, 'partial-downloads'))).toEqual([]);
});

test('a download that a lost connection cut off goes on where it was', async () => {
  const before = files.ranges.length;
  const target = await download(`/ranged/${smallBytes}/${4 * megabyte}`, 'cut.bin');
  await openList();
  await expect(row('cut.bin')).toContainText(/[3-9][.0-9]* MB of/, slow);
  await machine.sshd.stopListening();
  await machine.sshd.killSessions();
  await expect(row('cut.bin')).toContainText(texts.downloads.state.waiting, slow);
  await machine.sshd.restart();
  await expect(row('cut.bin')).toContainText(texts.downloads.state.finished, slow);
  expect(await sha256(target)).toBe(files.sha256Of(smallBytes));
  expect(files.ranges.slice(before).at(-1)).toMatch(/^bytes=[1-9]\d*-$/);
});

test('where the server allows no going on, that is said, and it begins again', async () => {
  const target = await download(`/plain/${smallBytes}/${4 * megabyte}`, 'again.bin');
  await expect(row('again.bin')).toContainText(/[3-9][.0-9]* MB of/, slow);
  await machine.sshd.stopListening();
  await machine.sshd.killSessions();
  await expect(row('again.bin')).toContainText(texts.downloads.state.waitingToRestart, slow);
  await machine.sshd.restart();
  await expect(row('again.bin')).toContainText(texts.downloads.state.finished, slow);
  expect(await sha256(target)).toBe(files.sha256Of(smallBytes));
});

test('a full disk is called by its name, and another place can be chosen', async () => {
  test.skip(process.getuid?.() !== 0, 'a small disk of its own needs root');
  const disk = join(profile.home, 'small-disk');
  await mkdir(disk);
  await runCommand('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', disk]);
  try {
    await download(`/ranged/${smallBytes}/0`, 'small-disk/full.bin');
    await expect(row('full.bin')).toContainText(
      `The disk of this computer that holds ${disk} is full.`,
      slow,
    );
    expect(await readdir(disk)).toEqual([]);
    await answerSaveDialog(app, join(profile.home, 'moved.bin'));
    await inRow('full.bin', texts.downloads.retry).click();
    await expect(row('moved.bin')).toContainText(texts.downloads.state.finished, slow);
  } finally {
    await runCommand('umount', [disk]);
  }
});

test('quitting asks while a download is not finished', async () => {
  await download(`/ranged/${bigBytes}/${megabyte}`, 'long.bin');
  await expect(row('long.bin')).toContainText('per second', slow);
  await app.electron.evaluate(({ dialog }) => {
    const asked: string[] = [];
    Object.assign(globalThis, { labAsked: asked });
    dialog.showMessageBox = (async (...args: unknown[]) => {
      asked.push((args.at(-1) as { message: string }).message);
      return { response: 0, checkboxChecked: false };
    }) as typeof dialog.showMessageBox;
  });
  await callsOf(app).app.quit();
  const asked = () => app.electron.evaluate(() => (globalThis as unknown as { labAsked: string[] }).labAsked);
  await expect.poll(asked).toEqual(['A download is not finished. End it?']);
  await expect(row('long.bin')).toContainText('per second');
  await inRow('long.bin', texts.downloads.cancel).click();
  await answerMessageBoxes(app, 0);
  await app.page.keyboard.press('Escape');
});

test('JupyterLab takes 200 MB and gives them back, byte for byte', async () => {
  test.setTimeout(600_000);
  await app.page.getByRole('tab', { name: 'Machines' }).click();
  await app.page.getByRole('button', { name: 'Open notebook' }).click();
  page = await guestInFront(app, '/lab');
  await new JupyterLabPage(page).ready();
  const sent = await page.evaluate(async (sizeBytes) => {
    const part = crypto.getRandomValues(new Uint8Array(65_536));
    const bytes = new Uint8Array(sizeBytes);
    for (let at = 0; at < sizeBytes; at += part.length) {
      part[at % part.length] = at / part.length;
      bytes.set(part, at);
    }
    // The dialog of the system, which tests can't reach, would put the file there.
    HTMLInputElement.prototype.click = function giveFile() {
      const transfer = new DataTransfer();
      transfer.items.add(new File([bytes], 'up.bin'));
      this.files = transfer.files;
      this.dispatchEvent(new Event('change'));
    };
    document
      .querySelector<HTMLElement>(
        '[data-jp-item-name="uploader"] jp-button, [data-jp-item-name="uploader"] button',
      )
      ?.click();
    const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
    return [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  }, bigBytes);
  await page.until('JupyterLab to ask whether so much is meant', () => {
    const accept = document.querySelector<HTMLElement>('.jp-Dialog .jp-mod-accept');
    if (!document.querySelector('.jp-Dialog')?.textContent?.includes('Large file')) return false;
    accept?.click();
    return true;
  });
  await page.until('JupyterLab’s own progress', () => document.body.innerText.includes('Uploading'));
  await page.until(
    'the file in its list',
    () =>
      [...document.querySelectorAll('.jp-DirListing-itemText')].some(
        (item) => item.textContent === 'up.bin',
      ) && !document.body.innerText.includes('Uploading'),
    undefined,
    300_000,
  );
  expect(await sha256(join(machine.home, 'up.bin'))).toBe(sent);

  const target = await download('/files/up.bin?download=1', 'down.bin');
  await openList();
  await expect(row('down.bin')).toContainText(texts.downloads.state.finished, { timeout: 120_000 });
  expect(await sha256(target)).toBe(sent);
});
