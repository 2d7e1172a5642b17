import { appendFile, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, test } from '@playwright/test';
import { bridgeShapeOf, toArgument } from '../../electron/ipc/bridge-shape';
import { contract } from '../../shared/contract/contract';
import { directRoute, emptyMachineDraft, type MachineId } from '../../shared/model/machine';
import {
  type AppProfile,
  guestInFront,
  killLeftApps,
  type LabApp,
  launchApp,
  makeAppProfile,
} from '../support/lab/app';
import { callsOf } from '../support/lab/app-calls';
import { type FileServer, startFileServer } from '../support/lab/file-server';
import type { GuestPage } from '../support/lab/guest-page';
import { type LabSshd, startSshd } from '../support/lab/sshd';

/** Electron's checklist (docs/security.md), read from the running app: its window, a machine's page, and popups. */
test.describe.configure({ mode: 'serial' });

let profile: AppProfile;
let sshd: LabSshd;
let files: FileServer;
let app: LabApp;
let guest: GuestPage;

test.beforeAll(async () => {
  profile = await makeAppProfile();
  [sshd, files] = await Promise.all([startSshd(), startFileServer()]);
  await appendFile(join(profile.home, '.ssh', 'known_hosts'), await readFile(sshd.knownHostsPath));
  app = await launchApp({ profile });
  const calls = callsOf(app);
  const { id } = await calls.machines.save({
    ...emptyMachineDraft,
    name: 'Lab',
    route: directRoute({ host: sshd.host, port: sshd.port, user: sshd.user }),
    identity: { kind: 'keyFile', path: sshd.clientKeyPath },
  });
  await openPage(id);
  guest = await guestInFront(app, `localhost:${files.port}`);
});

test.afterAll(async () => {
  await killLeftApps();
  await files.close();
  await sshd.stop();
  await profile.remove();
});

const openPage = (machineId: MachineId): Promise<void> =>
  callsOf(app).webApps.open({ machineId, address: `http://localhost:${files.port}/`, title: 'Files' });

/** What Chromium enforces for a page, as far as the checklist names it. */
interface Preferences {
  readonly type: string;
  readonly sandbox: boolean;
  readonly contextIsolation: boolean;
  readonly nodeIntegration: boolean;
  readonly nodeIntegrationInSubFrames: boolean;
  readonly nodeIntegrationInWorker: boolean;
  readonly webSecurity: boolean;
  readonly allowRunningInsecureContent: boolean;
  readonly experimentalFeatures: boolean;
  readonly blinkFeatures: string;
  /** Our preload script ran in it. */
  readonly hasBridge: boolean;
}

/** The preferences in force of every page that there is. */
function allPreferences(): Promise<readonly Preferences[]> {
  return app.electron.evaluate(({ webContents }) =>
    Promise.all(
      webContents.getAllWebContents().map(async (contents) => {
        const inForce = (
          contents as unknown as { getLastWebPreferences(): Electron.WebPreferences }
        ).getLastWebPreferences();
        return {
          type: contents.getType(),
          sandbox: inForce.sandbox === true,
          contextIsolation: inForce.contextIsolation === true,
          nodeIntegration: inForce.nodeIntegration !== false,
          nodeIntegrationInSubFrames: inForce.nodeIntegrationInSubFrames === true,
          nodeIntegrationInWorker: inForce.nodeIntegrationInWorker === true,
          webSecurity: inForce.webSecurity === true,
          allowRunningInsecureContent: inForce.allowRunningInsecureContent === true,
          experimentalFeatures: inForce.experimentalFeatures === true,
          blinkFeatures: `${inForce.enableBlinkFeatures ?? ''}`,
          hasBridge: (await contents.executeJavaScript(`'nuvem' in window`)) as boolean,
        };
      }),
    ),
  );
}

const held = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInSubFrames: false,
  nodeIntegrationInWorker: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  blinkFeatures: '',
};

test('the window, the machine’s page and what that opens are sandboxed and isolated, without Node', async () => {
  await guest.evaluate(() => {
    Object.assign(window, { popup: window.open('about:blank') });
  });
  await expect
    .poll(async () => (await allPreferences()).map(({ type }) => type).toSorted())
    .toEqual(['webview', 'window', 'window']);
  for (const { type, hasBridge: _, ...preferences } of await allPreferences())
    expect([type, preferences]).toEqual([type, held]);
  const bridges = (await allPreferences()).filter(({ hasBridge }) => hasBridge);
  expect(bridges.map(({ type }) => type)).toEqual(['window']);
  await guest.evaluate(() => (window as unknown as { popup: Window }).popup.close());
  await expect.poll(async () => (await allPreferences()).length).toBe(2);
});

test('what a webview of an open tab asks for beyond its tab is not given', async () => {
  const count = (await allPreferences()).length;
  await app.page.evaluate(() => {
    const own = document.querySelector('webview');
    const second = document.createElement('webview');
    for (const name of ['src', 'partition']) second.setAttribute(name, own?.getAttribute(name) ?? '');
    const wishes = 'sandbox=no,contextIsolation=no,nodeIntegration=yes,webSecurity=no';
    const more =
      'nodeIntegrationInSubFrames=yes,nodeIntegrationInWorker=yes,enableBlinkFeatures=CSSVariables';
    second.setAttribute('webpreferences', `${own?.getAttribute('webpreferences')},${wishes},${more}`);
    second.setAttribute('preload', 'file:///etc/hostname');
    for (const name of ['nodeintegration', 'nodeintegrationinsubframes', 'disablewebsecurity'])
      second.setAttribute(name, '');
    second.id = 'second';
    document.body.append(second);
  });
  await expect.poll(async () => (await allPreferences()).length).toBe(count + 1);
  const guests = (await allPreferences()).filter(({ type }) => type === 'webview');
  expect(guests).toEqual([
    { ...held, type: 'webview', hasBridge: false },
    { ...held, type: 'webview', hasBridge: false },
  ]);
  await app.page.evaluate(() => document.getElementById('second')?.remove());
});

test('the app’s page comes with a policy that lets no script in but its own files', async () => {
  const { csp, status } = await app.electron.evaluate(async ({ net }) => {
    const response = await net.fetch('app://nuvem/index.html');
    return { status: response.status, csp: response.headers.get('content-security-policy') ?? '' };
  });
  expect(status).toBe(200);
  const directives = new Map(
    csp.split('; ').map((directive) => {
      const [name = '', ...sources] = directive.split(' ');
      return [name, sources] as const;
    }),
  );
  expect(directives.get('default-src')).toEqual(["'none'"]);
  expect(directives.get('script-src')).toEqual(["'self'"]);
  for (const name of ['base-uri', 'form-action', 'frame-ancestors'])
    expect([name, directives.get(name)]).toEqual([name, ["'none'"]]);
  expect(csp).not.toMatch(/unsafe-eval|https?:|\*/);
  // A script in the page's own text, as an injection would put it there.
  const ran = await app.page.evaluate(() => {
    const holder = document.createElement('div');
    holder.innerHTML = '<img src="x" onerror="window.injected = true">';
    document.body.append(holder);
    return new Promise<boolean>((done) => {
      document.addEventListener('securitypolicyviolation', () => done('injected' in window), { once: true });
    });
  });
  expect(ran).toBe(false);
});

test('the app’s own page gets no permission and no connection either', async () => {
  const asked = await app.page.evaluate(async () => [
    await Notification.requestPermission(),
    await new Promise((done) =>
      navigator.geolocation.getCurrentPosition(
        () => done('granted'),
        () => done('denied'),
      ),
    ),
    await navigator.mediaDevices.getUserMedia({ audio: true }).then(
      () => 'granted',
      () => 'denied',
    ),
  ]);
  expect(asked).toEqual(['denied', 'denied', 'denied']);
  const fetched = await app.electron.evaluate(
    async ({ session }, url) =>
      session.defaultSession.fetch(url).then(
        () => 'answered',
        () => 'refused',
      ),
    `http://127.0.0.1:${files.port}/`,
  );
  expect(fetched).toBe('refused');
});

test('the page’s bridge is the contract: functions alone, and nothing of Electron', async () => {
  const bridge = await app.page.evaluate(() => {
    const { nuvem } = window as unknown as { nuvem: Record<string, Record<string, unknown>> };
    const entries = Object.entries(nuvem).flatMap(([group, functions]) =>
      Object.entries(functions).map(([name, value]) => `${group}.${name}: ${typeof value}`),
    );
    const strangers = ['ipcRenderer', 'electron', 'require', 'process', 'module', 'Buffer'];
    return { entries: entries.toSorted(), strangers: strangers.filter((name) => name in window) };
  });
  const declared = Object.entries(contract).flatMap(([group, entries]) =>
    Object.keys(entries).map((name) => `${group}.${name}: function`),
  );
  expect(bridge).toEqual({ entries: declared.toSorted(), strangers: [] });
});

test('another window gets no answer, even with the bridge and the app’s own page in it', async () => {
  const preferences = {
    preload: resolve('out/preload/preload.cjs'),
    additionalArguments: [toArgument(bridgeShapeOf(contract))],
    sandbox: true,
  };
  const answer = await app.electron.evaluate(async ({ BrowserWindow }, webPreferences) => {
    const second = new BrowserWindow({ show: false, webPreferences });
    await second.loadURL('app://nuvem/index.html');
    const envelope = await second.webContents.executeJavaScript('nuvem.machines.list()');
    second.destroy();
    return envelope;
  }, preferences);
  expect(answer).toMatchObject({ ok: false, error: { code: 'untrusted-sender' } });
});
