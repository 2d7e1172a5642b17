import { appendFile, mkdir, readdir, readFile, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { directRoute, emptyMachineDraft } from '../../shared/model/machine';
import {
  type AppProfile,
  answerMessageBoxes,
  guestInFront,
  killLeftApps,
  type LabApp,
  launchApp,
  makeAppProfile,
} from '../support/lab/app';
import { callsOf } from '../support/lab/app-calls';
import { chooseMenu } from '../support/lab/app-menu';
import { type FileServer, startFileServer } from '../support/lab/file-server';
import { type LabSshd, startSshd } from '../support/lab/sshd';
import { textsOf } from '../support/lab/texts';

const texts = textsOf('en');

let profile: AppProfile;
let sshd: LabSshd;
let files: FileServer;
let app: LabApp;

test.beforeEach(async () => {
  profile = await makeAppProfile();
  [sshd, files] = await Promise.all([startSshd(), startFileServer()]);
  await appendFile(join(profile.home, '.ssh', 'known_hosts'), await readFile(sshd.knownHostsPath));
});

test.afterEach(async () => {
  await killLeftApps();
  await files.close();
  await sshd.stop();
  await profile.remove();
});

/** A machine that is connected, with a page of it in front. */
async function openPage(): Promise<void> {
  const { id } = await callsOf(app).machines.save({
    ...emptyMachineDraft,
    name: 'Ana’s cluster',
    route: directRoute({ host: sshd.host, port: sshd.port, user: sshd.user }),
    identity: { kind: 'keyFile', path: sshd.clientKeyPath },
  });
  const address = `http://localhost:${files.port}/`;
  await callsOf(app).webApps.open({ machineId: id, address, title: 'Files' });
  await guestInFront(app, `localhost:${files.port}`);
}

test('the diagnostics are looked at before they are copied, and tell neither who nor where', async () => {
  app = await launchApp({ profile });
  await openPage();
  await answerMessageBoxes(app, 0);
  await app.electron.evaluate(() => {
    void Promise.reject(new Error('signing in with token=abc123 failed'));
  });
  const log = () => readFile(join(profile.userData, 'logs', 'main.log'), 'utf8').catch(() => '');
  await expect.poll(log).toContain('token=…');
  await chooseMenu(app, texts.actions.action.diagnostics);
  const dialog = app.page.getByRole('dialog', { name: texts.app.diagnostics.title });
  const preview = dialog.getByRole('region', { name: texts.app.diagnostics.preview });
  await expect(preview).toContainText('machine 1: connected, notebooks: not looked for, tunnels: 0');
  await expect(preview).toContainText('signing in with token=…');
  const shown = (await preview.innerText()).trim();
  expect(shown).toMatch(/^Nuvem \d+\.\d+\.\d+[\s\S]+Electron \d+[\s\S]+System: linux/);
  for (const told of ['abc123', profile.home, 'Ana', sshd.host, String(sshd.port)])
    expect(shown).not.toContain(told);
  await dialog.getByRole('button', { name: texts.app.diagnostics.copy }).click();
  await expect(dialog.getByRole('button', { name: texts.app.common.copied })).toBeVisible();
  const copied = await app.electron.evaluate(({ clipboard }) => clipboard.readText());
  expect(copied.trim()).toBe(shown);
});

test('the window’s process crashes: the connection goes on, and its page is there again', async () => {
  app = await launchApp({ profile });
  await openPage();
  const before = await callsOf(app).connections.list();
  const after = await app.electron.evaluate(async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    const loaded = new Promise<void>((done) => contents?.once('did-finish-load', () => done()));
    contents?.forcefullyCrashRenderer();
    await loaded;
    return (await contents?.executeJavaScript('nuvem.connections.list()')) as { readonly value: unknown };
  });
  expect(after.value).toEqual(before);
  const pages = () =>
    app.electron.evaluate(({ webContents }) =>
      webContents
        .getAllWebContents()
        .filter((contents) => contents.getType() === 'webview' && !contents.isCrashed())
        .map((contents) => contents.getTitle()),
    );
  await expect.poll(pages).toEqual(['Files']);
  expect(sshd.log().match(/Accepted publickey/g)).toHaveLength(1);
});

test('what a killed app left for the command line is cleared away at the next start', async () => {
  const runtime = join(profile.home, 'run');
  await mkdir(runtime, { mode: 0o700 });
  const env = { XDG_RUNTIME_DIR: runtime };
  const folders = async () => (await readdir(runtime)).filter((name) => name.startsWith('nuvem-control-'));
  app = await launchApp({ profile, env });
  await expect.poll(folders).toHaveLength(1);
  const [left = ''] = await folders();
  await app.kill();
  // As old as that of a crash some time ago.
  await utimes(join(runtime, left), 0, 0);
  app = await launchApp({ profile, env });
  await expect.poll(folders).toEqual([expect.not.stringContaining(left)]);
});
