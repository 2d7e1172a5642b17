import { randomBytes } from 'node:crypto';
import { copyFile, readdir, readFile, rm } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { directRoute, emptyMachineDraft, type Machine } from '../../shared/model/machine';
import {
  type AppProfile,
  guestInFront,
  killLeftApps,
  type LabApp,
  launchApp,
  makeAppProfile,
} from '../support/lab/app';
import { callsOf } from '../support/lab/app-calls';
import { awsEnvironment, writeAwsFiles } from '../support/lab/aws-home';
import { type HttpConnectProxy, startHttpConnectProxy } from '../support/lab/http-connect-proxy';
import { type JupyterByHand, startJupyterByHand } from '../support/lab/jupyter-by-hand';
import { JupyterLabPage } from '../support/lab/jupyterlab-page';
import { type Keyring, startKeyring } from '../support/lab/keyring';
import {
  type HeardMessage,
  listenToMessages,
  secretsIn,
  secretsInFiles,
  secretsInProcesses,
} from '../support/lab/leak-hunt';
import { type Moto, startMoto } from '../support/lab/moto';
import { type NotebookMachine, startNotebookMachine } from '../support/lab/notebook-machine';
import { runCommand } from '../support/lab/run-command';
import { type LabSshd, startSshd } from '../support/lab/sshd';
import { textsOf } from '../support/lab/texts';

/** One run of the app uses every kind of secret there is; then all places where none may be are searched. */
test.describe.configure({ mode: 'serial', timeout: 480_000 });
test.skip(userInfo().uid !== 0, 'needs root to make a throw-away account with a password');

const texts = textsOf('en').app;
const makeSecret = (): string => `S+/ ${randomBytes(12).toString('hex')}`;
const passphrase = makeSecret();
const proxyPassword = makeSecret();
const awsSecret = makeSecret().replace(' ', '');

let profile: AppProfile;
let notebookMachine: NotebookMachine;
let passwordMachine: LabSshd;
let proxy: HttpConnectProxy;
let keyring: Keyring;
let moto: Moto;
let jupyter: JupyterByHand;
let app: LabApp;
let heardMessages: () => Promise<readonly HeardMessage[]>;
const printed: Buffer[] = [];
/** Filled while the app gets to know them. */
let secrets: Record<string, string>;

test.beforeAll(async () => {
  test.setTimeout(480_000);
  profile = await makeAppProfile();
  keyring = await startKeyring(profile.home);
  moto = await startMoto();
  notebookMachine = await startNotebookMachine('Lab', 'jupyterlab4', profile);
  passwordMachine = await startSshd({ passwordAccount: 'password' });
  const knownHosts = join(profile.home, '.ssh', 'known_hosts');
  await runCommand('sh', ['-c', 'cat "$0" >> "$1"', passwordMachine.knownHostsPath, knownHosts]);
  proxy = await startHttpConnectProxy({ account: `ana:${proxyPassword}` });
  const key = join(profile.home, '.ssh', 'id_locked');
  await copyFile(notebookMachine.sshd.clientKeyPath, key);
  await runCommand('ssh-keygen', ['-q', '-p', '-f', key, '-P', '', '-N', passphrase]);
  await writeAwsFiles(profile.home, {
    credentials: `[lab]\naws_access_key_id = AKIATEST\naws_secret_access_key = ${awsSecret}\n`,
  });
  jupyter = await startJupyterByHand({
    home: notebookMachine.home,
    peer: 'jupyterlab4',
    runtimeFolder: join(notebookMachine.home, 'elsewhere'),
  });
  secrets = { passphrase, proxyPassword, awsSecret };
  secrets.password = passwordMachine.password;
  secrets.token = jupyter.token;

  const aws = Object.entries(awsEnvironment(profile.home)).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  app = await launchApp({ profile, env: { ...Object.fromEntries(aws), ...keyring.env } });
  for (const stream of [app.electron.process().stdout, app.electron.process().stderr])
    stream?.on('data', (chunk: Buffer) => printed.push(chunk));
  heardMessages = await listenToMessages(app);
});

test.afterAll(async () => {
  await killLeftApps();
  jupyter?.child.kill('SIGKILL');
  await proxy?.stop();
  await notebookMachine?.stop();
  await passwordMachine?.stop();
  await moto?.stop();
  await keyring?.stop();
  await profile.remove();
});

const press = (name: string): Promise<void> => app.page.getByRole('button', { name, exact: true }).click();

async function answer(label: string, secret: string): Promise<void> {
  const question = app.page.getByRole('dialog').filter({ has: app.page.getByLabel(label, { exact: true }) });
  await question.getByLabel(label, { exact: true }).fill(secret);
  await question.getByText(texts.prompt.remember).click();
  await question.getByRole('button', { name: texts.prompt.continue }).click();
  await expect(question).toBeHidden();
}

function save(name: string, sshd: LabSshd, rest: Partial<Machine>): Promise<Machine> {
  const route = directRoute({ host: sshd.host, port: sshd.port, user: sshd.user });
  return callsOf(app).machines.save({ ...emptyMachineDraft, name, route, ...rest });
}

test('a proxy’s password, a passphrase, a password, tokens and AWS keys are used', async () => {
  const { host, port } = proxy;
  const { sshd } = notebookMachine;
  const lab = await save('Lab', sshd, {
    route: {
      ...directRoute({ host: sshd.host, port: sshd.port, user: sshd.user }),
      proxy: { kind: 'http', host, port, user: 'ana' },
    },
    identity: { kind: 'keyFile', path: '~/.ssh/id_locked' },
  });
  const status = () => app.page.getByRole('main').getByRole('status').first();
  await app.page.getByRole('treeitem', { name: /^Lab/ }).click();
  await press('Connect');
  await answer('Passphrase', passphrase);
  await answer('Password', proxyPassword);
  await expect(status()).toContainText('Connected');

  await callsOf(app).notebooks.openOrStart({ machineId: lab.id });
  const own = new JupyterLabPage(await guestInFront(app, '/lab'));
  await own.ready();
  await own.newNotebook();
  expect(await own.runCell('print(6*7)')).toBe('42');
  secrets.ownToken = await tokenOfOwnServer();

  await app.page.getByRole('tab', { name: 'Machines' }).click();
  await press('By address…');
  const dialog = app.page.getByRole('dialog');
  await dialog.getByLabel('Address on the machine').fill(`http://localhost:${jupyter.port}/lab`);
  await dialog.getByLabel('Token or password').fill(jupyter.token);
  await app.page.keyboard.press('Enter');
  await expect.poll(async () => (await callsOf(app).tabs.list()).tabs.length, { timeout: 60_000 }).toBe(2);

  await app.page.getByRole('tab', { name: 'Machines' }).click();
  await save('Cluster', passwordMachine, { identity: { kind: 'password' } });
  await app.page.getByRole('treeitem', { name: /^Cluster/ }).click();
  await press('Connect');
  await answer('Password', passwordMachine.password);
  await expect(status()).toContainText('Connected');

  const account = await callsOf(app).aws.save({
    id: null,
    name: 'lab',
    profile: 'lab',
    region: 'us-east-1',
    endpoint: moto.endpoint,
  });
  await callsOf(app).aws.check({ accountId: account.id });
  await press(textsOf('en').aws.title);
  await expect(app.page.getByRole('listitem').filter({ hasText: 'lab' })).toContainText('arn:aws:');
});

test('no process has one in its arguments or its environment, and no page in its address', async () => {
  expect(await secretsInProcesses(secrets)).toEqual([]);
  const addresses = await app.electron.evaluate(({ webContents }) =>
    webContents
      .getAllWebContents()
      .flatMap((contents) => [
        contents.getURL(),
        ...contents.navigationHistory.getAllEntries().map(({ url }) => url),
      ]),
  );
  expect(addresses.length).toBeGreaterThan(2);
  expect(addresses.filter((url) => secretsIn(Buffer.from(url), secrets).length > 0)).toEqual([]);
});

test('none goes to the page, and what the user typed there is sent once, as the answer that it is', async () => {
  const heard = await heardMessages();
  expect(heard.filter(({ to }) => to === 'page').length).toBeGreaterThan(20);
  const carrying = (to: HeardMessage['to']): readonly string[] =>
    heard
      .filter((message) => message.to === to)
      .flatMap(({ channel, text }) =>
        secretsIn(Buffer.from(text), secrets).map((name) => `${name} by ${channel}`),
      );
  expect(carrying('page')).toEqual([]);
  expect(carrying('main')).toEqual([
    'passphrase by nuvem:connections.answer',
    'proxyPassword by nuvem:connections.answer',
    'token by nuvem:notebooks.openAddress',
    'password by nuvem:connections.answer',
  ]);
  const shown = await app.page.evaluate(() => document.documentElement.outerHTML);
  expect(secretsIn(Buffer.from(shown), secrets)).toEqual([]);
});

test('none is in a file of this computer, a log, or what the app prints; remembered ones are encrypted', async () => {
  await app.quit();
  expect(secretsIn(Buffer.concat(printed), secrets)).toEqual([]);
  const log = await readFile(join(profile.userData, 'logs', 'main.log')).catch(() => Buffer.alloc(0));
  expect(secretsIn(log, secrets)).toEqual([]);
  // Where the user keeps the AWS keys for the AWS tools; Nuvem only reads it.
  await rm(join(profile.home, '.aws', 'credentials'));
  expect(await secretsInFiles(profile.userData, secrets)).toEqual([]);
  expect(await secretsInFiles(profile.home, secrets)).toEqual([]);
});

test('on the machine only its user can read what holds a token', async () => {
  const found = await secretsInFiles(notebookMachine.home, secrets);
  expect(found).toEqual(expect.arrayContaining([expect.stringMatching(/^ownToken in /)]));
  expect(found.filter((place) => !/^(ownToken|token) in .* \(private\)$/.test(place))).toEqual([]);
});

/** What the server that Nuvem started wants to be shown, as its own file on the machine says. */
async function tokenOfOwnServer(): Promise<string> {
  for (const file of await readdir(notebookMachine.home, { recursive: true })) {
    if (!/[jn][bp]server-\d+\.json$/.test(file) || file.startsWith('elsewhere')) continue;
    const { token } = JSON.parse(await readFile(join(notebookMachine.home, file), 'utf8')) as {
      readonly token: string;
    };
    return token;
  }
  throw new Error('The server that Nuvem started has left no file');
}
