import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from '@playwright/test';
import { resolveElectron } from '../../build/electron-runtime/resolve';
import { emptyMachineDraft } from '../../shared/model/machine';
import {
  type AppProfile,
  appArguments,
  appEnvironment,
  killLeftApps,
  type LabApp,
  launchApp,
  makeAppProfile,
} from '../support/lab/app';
import { callsOf } from '../support/lab/app-calls';
import { freePort } from '../support/lab/free-port';
import { type LabSshd, startSshd } from '../support/lab/sshd';

let profile: AppProfile;
let sshd: LabSshd;

test.beforeEach(async () => {
  profile = await makeAppProfile();
  sshd = await startSshd();
  await writeFile(join(profile.home, '.ssh', 'known_hosts'), await readFile(sshd.knownHostsPath));
});

test.afterEach(async () => {
  await killLeftApps();
  await sshd.stop();
  await profile.remove();
});

interface Said {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** What Chromium itself writes where a computer lacks a system bus, as test computers do. */
const chromiumLine = /^\[\d+:\d+\/[\d.]+:[A-Z]+:.*\n?/gm;

/** Runs the command `nuvem` in a terminal of this profile's user. */
async function nuvem(...args: readonly string[]): Promise<Said> {
  const { executablePath } = await resolveElectron();
  const child = spawn(executablePath, [...appArguments(profile), ...args], {
    env: appEnvironment(profile),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((done) => child.once('exit', done));
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, out: out.trim(), err: err.replace(chromiumLine, '').trim() };
}

async function withMachine(name: string, keyFile = sshd.clientKeyPath): Promise<LabApp> {
  const app = await launchApp({ profile });
  const { host, port, user } = sshd;
  await callsOf(app).machines.save({
    ...emptyMachineDraft,
    name,
    route: { ...emptyMachineDraft.route, host, port, user },
    identity: { kind: 'keyFile', path: keyFile },
  });
  return app;
}

const stateIn = (app: LabApp) => async (): Promise<string | undefined> =>
  (await callsOf(app).connections.list())[0]?.state.kind;

test('the command lists, connects, opens tunnels, tells the state and disconnects in the running app', async () => {
  const app = await withMachine('GPU box');
  const listPort = await freePort();
  const [machine] = (await callsOf(app).machines.list()).machines;
  if (machine === undefined) throw new Error('No machine');
  await callsOf(app).tunnels.save({
    machineId: machine.id,
    draft: {
      id: null,
      name: 'ssh again',
      forward: {
        kind: 'local',
        listen: { kind: 'tcp', address: '127.0.0.1', port: listPort },
        target: { kind: 'tcp', host: sshd.host, port: sshd.port },
      },
      isExposed: false,
      startsWith: 'hand',
      whileAway: 'wait',
    },
  });

  expect(await nuvem('list')).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^GPU box +\S+ +not connected$/),
  });
  expect(await nuvem('connect', 'gpu BOX')).toMatchObject({ code: 0, out: 'Connected to GPU box.' });
  expect(await stateIn(app)()).toBe('ready');
  expect(await nuvem('tunnel', 'GPU box')).toMatchObject({
    code: 0,
    out: `ssh again  127.0.0.1:${listPort}  open`,
  });
  const status = await nuvem('status', '--json');
  expect(JSON.parse(status.out)).toMatchObject({
    isRunning: true,
    machines: [{ name: 'GPU box', state: 'ready', tunnels: [{ name: 'ssh again', state: 'active' }] }],
  });
  expect(await nuvem('disconnect', 'GPU box')).toMatchObject({ code: 0 });
  await expect.poll(stateIn(app)).toBe('closed');
});

test('it says what is wrong, with an exit code for each kind', async () => {
  expect(await nuvem('--help')).toMatchObject({ code: 0, out: expect.stringContaining('EXIT STATUS') });
  expect(await nuvem('launch')).toMatchObject({ code: 2, out: '', err: expect.stringContaining('launch') });
  expect(await nuvem('status')).toMatchObject({ code: 3, err: 'Nuvem is not running.' });
  await withMachine('Closed', join(profile.home, 'no-such-key'));
  expect(await nuvem('connect', 'other')).toMatchObject({ code: 5, err: expect.stringContaining('“other”') });
  expect(await nuvem('connect', 'Closed')).toMatchObject({
    code: 1,
    err: expect.stringContaining('no-such-key'),
  });
});

test('it starts the app out of sight when it does not run', async () => {
  const first = await withMachine('Lab');
  await first.quit();
  expect(await nuvem('connect', 'Lab')).toMatchObject({ code: 0, out: 'Connected to Lab.' });
  expect(JSON.parse((await nuvem('status', '--json')).out)).toMatchObject({
    machines: [{ name: 'Lab', state: 'ready' }],
  });
});

test('a host key that nobody knows is asked about in the window, and the command waits', async () => {
  await writeFile(join(profile.home, '.ssh', 'known_hosts'), '');
  const app = await withMachine('Lab');
  const command = nuvem('connect', 'Lab');
  await app.page.getByRole('button', { name: 'Trust and connect' }).click();
  expect(await command).toEqual({
    code: 0,
    out: 'Connected to Lab.',
    err: "Lab needs an answer: look at Nuvem's window.",
  });
});

test('a link to a saved machine connects it, in the app that runs', async () => {
  const app = await withMachine('GPU box');
  expect(await nuvem('nuvem://connect/GPU%20box')).toMatchObject({ code: 0 });
  await expect.poll(stateIn(app)).toBe('ready');
  await nuvem('nuvem://connect/elsewhere');
  await expect(app.page.getByText('The link leads to “elsewhere”')).toBeVisible();
});

test('a link to a server that is not saved is only shown; connecting is up to the user', async () => {
  const app = await withMachine('Other');
  await nuvem('ssh://eve@unsaved.example.com:2200');
  const box = app.page.getByRole('searchbox').or(app.page.locator('#connect-box')).first();
  await expect(box).toHaveValue('ssh://eve@unsaved.example.com:2200');
  await expect(app.page.getByText('eve@unsaved.example.com:2200', { exact: true })).toBeVisible();
  const states = (await callsOf(app).connections.list()).map(({ state }) => state.kind);
  expect(states.filter((kind) => kind !== 'idle')).toEqual([]);
  expect((await callsOf(app).machines.list()).machines.map(({ name }) => name)).toEqual(['Other']);
});

test('a link that starts the app is opened once the window is there', async () => {
  const app = await launchApp({ profile, args: ['ssh://ana@first.example.com'] });
  await expect(app.page.locator('#connect-box')).toHaveValue('ssh://ana@first.example.com');
});
