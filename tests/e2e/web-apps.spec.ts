import { request as startRequest } from 'node:http';
import { expect, test } from '@playwright/test';
import {
  type AppProfile,
  guestInFront,
  killLeftApps,
  type LabApp,
  launchApp,
  makeAppProfile,
  stubBrowser,
} from '../support/lab/app';
import { callsOf } from '../support/lab/app-calls';
import { canMakeNetworks } from '../support/lab/lab-network';
import { createMachine } from '../support/lab/machine-form';
import { textsOf } from '../support/lab/texts';
import { startWebMachine, type WebMachine } from '../support/lab/web-machine';

/** Real TensorBoard, real Streamlit and pages of our own, on a machine whose loopback is its own. */
test.describe.configure({ mode: 'serial', timeout: 90_000 });
test.skip(!canMakeNetworks, 'a network of its own for the machine needs root on Linux');

const texts = textsOf('en').app;
const slow = { timeout: 60_000 };

let profile: AppProfile;
let machine: WebMachine;
let app: LabApp;

test.beforeAll(async () => {
  test.setTimeout(240_000);
  profile = await makeAppProfile();
  machine = await startWebMachine('Cluster', profile);
  await machine.startSite();
  await machine.startTensorBoard();
  await machine.startStreamlit();
  app = await launchApp({ profile });
  await createMachine(app.page, machine.form);
});

test.afterAll(async () => {
  await killLeftApps();
  await machine.stop();
  await profile.remove();
});

const section = () => app.page.getByRole('region', { name: texts.webApps.title });
const home = (): Promise<void> => app.page.getByRole('tab', { name: 'Machines' }).click();
const tab = (name: RegExp) => app.page.getByRole('tab', { name });
const toolbar = () => app.page.getByRole('toolbar', { name: texts.tabs.toolbar });
const address = () => toolbar().getByRole('textbox', { name: texts.tabs.address });
const tool = (name: string) => toolbar().getByRole('button', { name });
const openAddress = async (typed: string): Promise<void> => {
  await home();
  await section().getByRole('textbox', { name: texts.webApps.address }).fill(typed);
  await section().getByRole('button', { name: texts.webApps.open, exact: true }).last().click();
};

let door: { readonly url: URL; readonly cookie: string };

/** As a browser that finds this computer's loopback by the door's name. */
function askDoor(path: string) {
  const { url, cookie } = door;
  return new Promise<{ status: number; location: string; cookie: string; body: string }>(
    (resolve, reject) => {
      const headers = { Host: url.host, Cookie: cookie };
      const asking = startRequest(
        { host: '127.0.0.1', port: url.port, path, headers, agent: false },
        (answer) => {
          let body = '';
          answer.setEncoding('utf8').on('data', (text: string) => {
            body += text;
          });
          answer.once('end', () =>
            resolve({
              status: answer.statusCode ?? 0,
              location: answer.headers.location ?? '',
              cookie: answer.headers['set-cookie']?.[0]?.split(';')[0] ?? '',
              body,
            }),
          );
          answer.once('error', reject);
        },
      );
      asking.once('error', reject);
      asking.end();
    },
  );
}

test('what listens is offered, at first by what usually is there, and after a look by its own name', async () => {
  await app.page.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(section()).toContainText('localhost:6006', slow);
  await section().getByRole('button', { name: texts.webApps.look }).click();
  await expect(section().getByRole('listitem')).toHaveCount(5, slow);
  await expect(section().getByRole('listitem').filter({ hasText: 'TensorBoard' })).toContainText(
    'localhost:6006',
  );
  await expect(section().getByRole('listitem').filter({ hasText: 'Streamlit' })).toContainText(
    'localhost:8501',
  );
  await expect(section()).toContainText('Cluster monitor');
  await expect(section()).toContainText('https://localhost:9443');
});

test('TensorBoard opens in a tab of the machine', async () => {
  await section().getByRole('button', { name: 'Open TensorBoard, port 6006' }).click();
  const guest = await guestInFront(app, 'localhost:6006');
  await guest.until('TensorBoard to have drawn itself', () => {
    const inside = document.querySelector('tf-tensorboard, tb-webapp');
    return inside !== null && document.title === 'TensorBoard' && document.body.innerText.length > 20;
  });
  await expect(tab(/^TensorBoard, Cluster$/)).toBeVisible();
  await expect(address()).toHaveValue(/^http:\/\/localhost:6006\//);
});

test('Streamlit answers a click, which takes its websocket', async () => {
  await home();
  await section()
    .getByRole('button', { name: /^Open Streamlit/ })
    .click();
  const guest = await guestInFront(app, 'localhost:8501');
  await guest.until('the button', () => document.body.innerText.includes('pressed 0'));
  await guest.click('[data-testid="stButton"] button');
  await guest.until('the count', () => document.body.innerText.includes('pressed 1'));
});

test('a page is moved about in as in a browser, and led to names of the machine’s own network', async () => {
  await openAddress('8088');
  const guest = await guestInFront(app, 'localhost:8088');
  await guest.click('#next');
  await expect(address()).toHaveValue('http://localhost:8088/second');
  await tool(texts.tabs.back).click();
  await expect(address()).toHaveValue('http://localhost:8088/');
  await tool(texts.tabs.forward).click();
  await expect(address()).toHaveValue('http://localhost:8088/second');
  await tool(texts.tabs.reload).click();
  await expect(tool(texts.tabs.reload)).toBeVisible();
  await address().fill('localhost:8088/');
  await address().press('Enter');
  await expect(address()).toHaveValue('http://localhost:8088/');
  await guest.click('#inside');
  await expect(address()).toHaveValue('http://ip-10-0-0-1.ec2.internal:8042/node');
  await expect(tab(/^A node, Cluster$/)).toBeVisible();
  await address().fill('not an address');
  await address().press('Enter');
  await expect(address()).toHaveAttribute('aria-invalid', 'true');
  await address().press('Escape');
  await expect(address()).toHaveValue('http://ip-10-0-0-1.ec2.internal:8042/node');
  await address().fill('localhost:8088');
  await address().press('Enter');
  await expect(tab(/^Cluster monitor, Cluster$/)).toBeVisible();
});

test('a window that the page opens is a tab, and the world outside stays shut', async () => {
  const openedInBrowser = await stubBrowser(app);
  const guest = await guestInFront(app, 'localhost:8088');
  const before = (await callsOf(app).tabs.list()).tabs.length;
  await guest.click('#window');
  await expect(tab(/^Second page, Cluster$/)).toBeVisible();
  expect((await callsOf(app).tabs.list()).tabs).toHaveLength(before + 1);
  await tab(/^Cluster monitor, Cluster$/).click();
  await guest.click('#plain');
  await expect(app.page.getByText('example.org')).toBeVisible();
  expect(await guest.url()).toBe('http://localhost:8088/');
  expect(await openedInBrowser()).toEqual([]);
});

test('a port on which nobody listens says so, and shows the page once somebody does', async () => {
  await machine.stopSite();
  await tool(texts.tabs.reload).click();
  await expect(tab(/^This page cannot be shown, Cluster$/)).toBeVisible();
  await machine.startSite();
  await expect(tab(/^Cluster monitor, Cluster$/)).toBeVisible();
});

test('a certificate that nobody vouches for is asked about with its fingerprint, and trusted for good', async () => {
  await openAddress('https://localhost:9443');
  const question = app.page.getByRole('alert').filter({ hasText: 'localhost:9443' });
  await expect(question).toContainText('Nobody vouches');
  await expect(question).toContainText(/SHA-256 [A-Za-z0-9+/]{43}=/);
  await question.getByRole('button', { name: texts.certificate.trust }).click();
  await expect(question).toHaveCount(0);
  await guestInFront(app, 'https://localhost:9443');
  await expect(tab(/^Cluster monitor, Cluster$/)).toHaveCount(2);

  await app.quit();
  app = await launchApp({ profile });
  await openAddress('https://localhost:9443');
  await guestInFront(app, 'https://localhost:9443');
  await expect(tab(/^Cluster monitor, Cluster$/)).toBeVisible();
});

test('the https page comes to the system’s browser by http, as long as it has the certificate that was trusted', async () => {
  const given = await stubBrowser(app);
  await app.page.getByRole('button', { name: texts.browserDoor.open }).click();
  await expect.poll(async () => (await given()).length).toBe(1);
  const url = new URL((await given())[0] ?? '');
  expect(url.protocol).toBe('http:');
  door = { url, cookie: '' };
  const entered = await askDoor(url.pathname);
  expect(entered.location).toBe(`${url.origin}/`);
  door = { url, cookie: entered.cookie };
  expect(await askDoor('/')).toMatchObject({
    status: 200,
    body: expect.stringContaining('Cluster monitor'),
  });
});

test('another certificate in its place is not accepted without a word', async () => {
  await machine.stopSite();
  await machine.startSite();
  const { certificateTitle } = textsOf('en').desktop.browserDoor;
  expect(await askDoor('/')).toMatchObject({ status: 502, body: expect.stringContaining(certificateTitle) });
  await tool(texts.tabs.reload).click();
  const question = app.page.getByRole('alert').filter({ hasText: 'another certificate' });
  await question.getByRole('button', { name: texts.certificate.refuse }).click();
  await expect(question).toHaveCount(0);
  const left = (await callsOf(app).tabs.list()).tabs.map(({ url }) => url);
  expect(left).not.toContain('https://localhost:9443/');
});
