import { appendFile, mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { directRoute, emptyMachineDraft } from '../../shared/model/machine';
import {
  type AppProfile,
  answerMessageBoxes,
  answerSaveDialog,
  guestInFront,
  killLeftApps,
  type LabApp,
  launchApp,
  makeAppProfile,
  stubBrowser,
} from '../support/lab/app';
import { callsOf } from '../support/lab/app-calls';
import type { GuestPage } from '../support/lab/guest-page';
import { JupyterLabPage } from '../support/lab/jupyterlab-page';
import { endProcessesAtHome } from '../support/lab/owned-processes';
import { type LabSshd, startSshd } from '../support/lab/sshd';
import { labPeer } from '../support/setup/peers';

/** A real JupyterLab in a tab of the real app, made to try what pages may not do. */
test.describe.configure({ mode: 'serial' });

let profile: AppProfile;
let sshd: LabSshd;
let app: LabApp;
let guest: GuestPage;
let openedInBrowser: () => Promise<readonly string[]>;

test.beforeAll(async () => {
  profile = await makeAppProfile();
  const far = join(profile.home, 'far');
  await mkdir(far);
  sshd = await startSshd({ config: [`SetEnv HOME=${far}`] });
  await appendFile(join(profile.home, '.ssh', 'known_hosts'), await readFile(sshd.knownHostsPath));
  app = await launchApp({ profile });
  openedInBrowser = await stubBrowser(app);
  const calls = callsOf(app);
  const { id } = await calls.machines.save({
    ...emptyMachineDraft,
    name: 'Lab',
    route: directRoute({ host: sshd.host, port: sshd.port, user: sshd.user }),
    identity: { kind: 'keyFile', path: sshd.clientKeyPath },
    notebook: { kind: 'environment', path: labPeer('jupyterlab4').folder },
  });
  await calls.notebooks.openOrStart({ machineId: id });
  guest = await guestInFront(app, '/lab');
  await new JupyterLabPage(guest).ready();
});

test.afterAll(async () => {
  await killLeftApps();
  await endProcessesAtHome(join(profile.home, 'far'));
  await sshd.stop();
  await profile.remove();
});

test.beforeEach(async () => {
  for (const { noticeId } of await callsOf(app).app.notices())
    await callsOf(app).app.dismissNotice({ noticeId });
});

test('the page has no way into the app', async () => {
  const seen = await guest.evaluate(() => ({
    bridge: 'nuvem' in window,
    node: 'require' in window || 'process' in window,
  }));
  expect(seen).toEqual({ bridge: false, node: false });
});

test('an address that the page opens by itself goes nowhere, and the user is told', async () => {
  await guest.evaluate(() => window.open('https://example.org/by-itself') === null);
  await expect.poll(noticeCodes).toContain('popup-blocked');
  expect(await openedInBrowser()).toEqual([]);
});

test('a link that the user has clicked opens in the system browser, and the page stays', async () => {
  const before = await guest.url();
  await clickSomewhere();
  await guest.evaluate(() => window.open('https://example.org/new-window') === null);
  await expect.poll(openedInBrowser).toEqual(['https://example.org/new-window']);
  await guest.evaluate(() => {
    location.href = 'https://example.org/same-window';
  });
  await expect.poll(openedInBrowser).toContain('https://example.org/same-window');
  expect(await guest.url()).toBe(before);
});

for (const url of [
  'http://example.org/',
  'file:///etc/hostname',
  'vscode://open',
  'app://nuvem/index.html',
]) {
  test(`${url} opens nowhere, even after a click`, async () => {
    const seen = async () => [
      await guest.url(),
      await openedInBrowser(),
      await tabPaths(),
      await windowCount(),
    ];
    const before = await seen();
    await clickSomewhere();
    // The answer to window.open is given only after the app was asked.
    expect(await guest.evaluate((address) => window.open(address) === null, url)).toBe(true);
    expect(await seen()).toEqual(before);
  });
}

test('a foreign address put into the webview is not loaded', async () => {
  const before = await guest.url();
  await app.page.evaluate(() =>
    document.querySelector('webview')?.setAttribute('src', 'https://example.org/'),
  );
  await expect.poll(noticeCodes).toContain('navigation-blocked');
  expect(await guest.url()).toBe(before);
});

test('a webview that is no tab is not attached', async () => {
  const count = await guestCount();
  await app.page.evaluate(() => {
    const view = document.createElement('webview');
    view.setAttribute('src', 'http://localhost:8888/lab');
    view.setAttribute('partition', 'persist:mine');
    view.setAttribute('preload', 'file:///etc/hostname');
    view.setAttribute('nodeintegration', '');
    document.body.append(view);
  });
  const log = join(profile.userData, 'logs', 'main.log');
  await expect
    .poll(() => readFile(log, 'utf8').catch(() => ''))
    .toContain('webview refused: not-an-open-tab');
  expect(await guestCount()).toBe(count);
});

test('the gateway gives its way to no other part of the app', async () => {
  const status = await app.electron.evaluate(async ({ session, webContents }, id) => {
    const own = webContents.fromId(id)?.session;
    const proxy = (await own?.resolveProxy('http://localhost:8888/')) ?? '';
    const stranger = session.fromPartition('stranger');
    await stranger.setProxy({
      proxyRules: proxy.replace('PROXY ', 'http://'),
      proxyBypassRules: '<-loopback>',
    });
    return (await stranger.fetch('http://localhost:8888/api')).status;
  }, guest.contentsId);
  expect(status).toBe(407);
});

test('permissions are denied; text goes into the clipboard only after a click', async () => {
  const asked = await guest.evaluateScript(`Promise.all([
    Notification.requestPermission(),
    navigator.clipboard.readText().then(() => 'granted', (error) => error.name),
    new Promise((done) => navigator.geolocation.getCurrentPosition(() => done('granted'), () => done('denied'))),
    navigator.mediaDevices.getUserMedia({ audio: true }).then(() => 'granted', (error) => error.name),
  ])`);
  expect(asked).toEqual([
    'denied',
    'NotAllowedError',
    'denied',
    expect.stringMatching(/^Not(Allowed|Found)Error$/),
  ]);
  await clickSomewhere();
  const copied = await guest.evaluateScript(
    `navigator.clipboard.writeText('copied by Jupyter').then(() => true)`,
  );
  expect(copied).toBe(true);
  expect(await app.electron.evaluate(({ clipboard }) => clipboard.readText())).toBe('copied by Jupyter');
});

test('a page of its own that the page opens becomes a tab', async () => {
  await guest.evaluate(() => {
    window.open('/tree', '_blank');
  });
  await expect.poll(tabPaths).toEqual(['/lab', '/tree']);
  await expect.poll(windowCount).toBe(1);
  await closeLastTab();
});

test('a blank window that later becomes a page is a tab, as the classic notebook makes it', async () => {
  await guest.evaluate(() => {
    const opened = window.open('', '_blank');
    setTimeout(() => {
      if (opened) opened.location.href = '/lab/tree/later';
    }, 200);
  });
  await expect.poll(tabPaths).toEqual(['/lab', '/lab/tree/later']);
  await expect.poll(windowCount).toBe(1);
  await closeLastTab();
});

test('a blank window that becomes a download asks where to save it, and leaves nothing else behind', async () => {
  const target = join(profile.home, 'saved.txt');
  await answerSaveDialog(app, target);
  await guest.evaluateScript(`fetch('/api/contents/data.txt', { method: 'PUT', body: JSON.stringify({
    type: 'file', format: 'text', content: 'some data' }), headers: { 'X-XSRFToken': document.cookie.match(/_xsrf=([^;]*)/)?.[1] ?? '' } })`);
  await guest.evaluate(() => {
    const opened = window.open('', '_blank');
    setTimeout(() => {
      if (opened) opened.location.href = '/files/data.txt?download=1';
    }, 200);
  });
  await expect.poll(() => readFile(target, 'utf8').catch(() => null)).toBe('some data');
  await expect.poll(windowCount).toBe(1);
  expect(await tabPaths()).toEqual(['/lab']);
  await expect.poll(partialDownloads).toEqual([]);
});

test('a download that is cancelled or cannot be saved leaves nothing behind', async () => {
  const download = () =>
    guest.evaluate(() => {
      const link = document.createElement('a');
      link.href = '/files/data.txt?download=1';
      link.download = 'data.txt';
      link.click();
    });
  const cancelled = app.electron.evaluate(
    ({ webContents }, id) =>
      new Promise((done) => {
        webContents.fromId(id)?.session.once('will-download', (_event, item) => {
          item.once('done', (_doneEvent, state) => done(state));
        });
      }),
    guest.contentsId,
  );
  await answerSaveDialog(app, null);
  await download();
  expect(await cancelled).toBe('cancelled');
  await expect.poll(partialDownloads).toEqual([]);
  await answerSaveDialog(app, join(profile.home, 'no-such-folder', 'data.txt'));
  await download();
  await expect.poll(noticeCodes).toContain('download-failed');
  await expect.poll(partialDownloads).toEqual([]);
});

test('after a reload of the window each tab still knows its own page', async () => {
  await guest.evaluate(() => {
    window.open('/tree', '_blank');
  });
  await expect.poll(tabPaths).toEqual(['/lab', '/tree']);
  await app.page.reload();
  await expect.poll(guestCount).toBe(2);
  guest = await guestInFront(app, '/tree');
  await guest.evaluate(() => {
    document.title = 'The tree';
  });
  await expect.poll(tabTitles).toEqual([expect.stringContaining('JupyterLab'), 'The tree']);
  await closeLastTab();
  guest = await guestInFront(app, '/lab');
  await new JupyterLabPage(guest).ready();
});

test('a tab with unsaved changes stays when the user wants to stay, and closes when not', async () => {
  await guest.evaluate(() => {
    window.addEventListener('beforeunload', (event) => {
      event.returnValue = 'unsaved';
    });
  });
  const tab = (await callsOf(app).tabs.list()).tabs[0];
  if (tab === undefined) throw new Error('there is no tab');
  await answerMessageBoxes(app, 0);
  await callsOf(app).tabs.close({ tabId: tab.id });
  expect(await tabPaths()).toEqual(['/lab']);
  await answerMessageBoxes(app, 1);
  await callsOf(app).tabs.close({ tabId: tab.id });
  expect(await tabPaths()).toEqual([]);
  await expect.poll(guestCount).toBe(0);
});

test('deleting the machine deletes what its pages have stored', async () => {
  const machine = (await callsOf(app).machines.list()).machines[0];
  if (machine === undefined) throw new Error('there is no machine');
  const cookieCount = () =>
    app.electron.evaluate(
      async ({ session }, id) => (await session.fromPartition(`machine-${id}`).cookies.get({})).length,
      machine.id,
    );
  expect(await cookieCount()).toBeGreaterThan(0);
  await callsOf(app).machines.remove({ machineIds: [machine.id] });
  expect(await cookieCount()).toBe(0);
  await callsOf(app).machines.restore({ machineIds: [machine.id] });
});

/** As a user's mouse does, through Chromium's own input. */
async function clickSomewhere(): Promise<void> {
  await app.electron.evaluate(({ webContents }, id) => {
    const page = webContents.fromId(id);
    const at = { x: 3, y: 3, button: 'left', clickCount: 1 } as const;
    page?.sendInputEvent({ type: 'mouseDown', ...at });
    page?.sendInputEvent({ type: 'mouseUp', ...at });
  }, guest.contentsId);
}

async function noticeCodes(): Promise<readonly string[]> {
  return (await callsOf(app).app.notices()).map(({ code }) => code);
}

async function tabPaths(): Promise<readonly string[]> {
  return (await callsOf(app).tabs.list()).tabs.map(({ url }) => new URL(url).pathname);
}

async function tabTitles(): Promise<readonly string[]> {
  return (await callsOf(app).tabs.list()).tabs.map(({ title }) => title);
}

async function closeLastTab(): Promise<void> {
  const tab = (await callsOf(app).tabs.list()).tabs.at(-1);
  if (tab) await callsOf(app).tabs.close({ tabId: tab.id });
}

function windowCount(): Promise<number> {
  return app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
}

function guestCount(): Promise<number> {
  return app.electron.evaluate(
    ({ webContents }) =>
      webContents.getAllWebContents().filter((page) => page.getType() === 'webview').length,
  );
}

function partialDownloads(): Promise<readonly string[]> {
  return readdir(join(profile.userData, 'partial-downloads')).catch(() => []);
}
