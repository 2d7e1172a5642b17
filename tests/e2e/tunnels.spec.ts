import { readFile } from 'node:fs/promises';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, type Locator, test } from '@playwright/test';
import {
  type AppProfile,
  killLeftApps,
  type LabApp,
  launchApp,
  makeAppProfile,
  stubBrowser,
} from '../support/lab/app';
import { createMachine } from '../support/lab/machine-form';
import { type NotebookMachine, startNotebookMachine } from '../support/lab/notebook-machine';
import { tcpListen } from '../support/lab/tunnel-lab';

let profile: AppProfile;
let machine: NotebookMachine;
let app: LabApp;
let web: Server;
let webPort: number;
let ownPort: number;

test.beforeEach(async () => {
  profile = await makeAppProfile();
  machine = await startNotebookMachine('Lab', null, profile);
  web = createServer((_request, response) => response.end('hello from the far side'));
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
  webPort = (web.address() as AddressInfo).port;
  ownPort = (await tcpListen()).port;
  app = await launchApp({ profile });
  await createMachine(app.page, machine.form);
});

test.afterEach(async () => {
  await killLeftApps();
  await machine.stop();
  web.closeAllConnections();
  web.close();
  await profile.remove();
});

const section = (): Locator => app.page.getByRole('region', { name: 'Tunnels' });
const row = (): Locator => section().getByRole('listitem');
const button = (name: string): Locator => app.page.getByRole('button', { name, exact: true });

/** Asks the web server behind the tunnel, each time over a connection of its own. */
function fetchThroughTunnel(port = ownPort): Promise<string> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve(Buffer.concat(chunks).toString()));
      response.on('error', reject);
    });
    asked.on('error', reject);
    asked.end();
  });
}

async function addTunnel(port = ownPort): Promise<void> {
  await button('Add tunnel').click();
  const editor = app.page.getByRole('dialog');
  await editor.getByRole('textbox', { name: 'Name' }).fill('Web');
  await editor.getByRole('textbox', { name: 'Target port' }).fill(String(webPort));
  await editor.getByRole('textbox', { name: 'Own port' }).fill(String(port));
  await editor.getByRole('button', { name: 'Save' }).click();
  await editor.waitFor({ state: 'hidden' });
}

test('a tunnel is added, used, survives a killed session at the same port, and is turned off', async () => {
  await addTunnel();
  await expect(row().getByText('Open', { exact: true })).toBeVisible();
  expect(await fetchThroughTunnel()).toBe('hello from the far side');
  await expect(row()).toContainText(/received \d/);
  await expect(row().getByRole('img', { name: 'Traffic of Web in the last minute' })).toBeVisible();

  const openedUrls = await stubBrowser(app);
  await button('Open Web in the browser').click();
  await expect.poll(openedUrls).toEqual([`http://127.0.0.1:${ownPort}/`]);
  await button('Copy the ssh command of Web').click();
  const command = await app.electron.evaluate(({ clipboard }) => clipboard.readText());
  expect(command).toContain(`-L 127.0.0.1:${ownPort}:localhost:${webPort}`);

  await machine.sshd.stopListening();
  await machine.sshd.killSessions();
  await expect(row()).toContainText('Waits for the connection');
  const parked = fetchThroughTunnel();
  await expect(row()).toContainText('waiting: 1');
  await machine.sshd.restart();
  // The automatic retry may be first, and then there is nothing left to press.
  await Promise.race([button('Try now').click({ timeout: 10_000 }), parked]);
  expect(await parked).toBe('hello from the far side');
  await expect(row().getByText('Open', { exact: true })).toBeVisible();
  expect(await fetchThroughTunnel()).toBe('hello from the far side');

  await row().getByText('Web', { exact: true }).click();
  await expect(row()).toContainText('Off');
  await expect(fetchThroughTunnel()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

test('the app is killed and started again: the tunnel opens with the connection, at the same port', async () => {
  await addTunnel();
  await expect(row().getByText('Open', { exact: true })).toBeVisible();
  await app.kill();
  app = await launchApp({ profile });
  await expect(row()).toContainText('Starts with the connection');
  await button('Connect').click();
  await expect(row().getByText('Open', { exact: true })).toBeVisible();
  expect(await fetchThroughTunnel()).toBe('hello from the far side');
});

test('a taken port: it is said by which program, and the next free one is a press away', async () => {
  await addTunnel(webPort);
  const problem = row().getByRole('alert');
  await expect(problem).toContainText(`Port ${webPort} of this computer is taken by`);
  await expect(problem).toContainText(`(${process.pid})`);
  const offer = problem.getByRole('button', { name: /^Use port/ });
  const freePort = Number(/\d+/.exec((await offer.textContent()) ?? '')?.[0]);
  await offer.click();
  await expect(row().getByText('Open', { exact: true })).toBeVisible();
  expect(await fetchThroughTunnel(freePort)).toBe('hello from the far side');
});

test('an address for other computers needs consent, and is then listed in one place', async () => {
  await button('Add tunnel').click();
  const editor = app.page.getByRole('dialog');
  await editor.getByText('SOCKS proxy (-D)').click();
  await expect(editor.getByRole('checkbox', { name: 'Turn it on now' })).not.toBeChecked();
  await editor.getByRole('textbox', { name: 'Own port' }).fill(String(ownPort));
  await editor.getByRole('textbox', { name: 'Own address' }).fill('0.0.0.0');
  await editor.getByRole('button', { name: 'Save' }).click();
  await expect(editor).toContainText('Other computers can reach this address');
  await editor.getByText('Other computers in my network may use this tunnel').click();
  await editor.getByRole('button', { name: 'Save' }).click();
  await expect(row()).toContainText('Off');

  await button('Open to others: 1').click();
  const list = app.page.getByRole('dialog', { name: 'Open to other computers' });
  await expect(list.getByRole('listitem')).toContainText(`0.0.0.0:${ownPort}`);
  await expect(list.getByRole('switch')).not.toBeChecked();
});

test('what listens on the machine is offered, and opened by a press', async () => {
  await button('Look for open ports').click();
  const offers = section().getByRole('group', { name: 'Listening on the machine:' });
  await offers.getByRole('button').first().click();
  await expect(row().getByText('Open', { exact: true })).toBeVisible();
  const saved = await readFile(join(profile.userData, 'machines.json'), 'utf8');
  expect(JSON.parse(saved).data.machines[0].tunnels).toMatchObject([
    { isOn: true, forward: { kind: 'local' } },
  ]);
});
