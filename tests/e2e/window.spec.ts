import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, type Page, test } from '@playwright/test';
import type { ConnectionState } from '../../shared/model/connection';
import type { PromptId } from '../../shared/model/prompt';
import type { FakeMain } from '../support/fake-main';
import { type FakeWindow, openFakeWindow } from '../support/fake-window/launch';
import {
  changedKeyReport,
  type gpuMachine,
  hostKeyPrompt,
  labServer,
  manyMachines,
  report,
  sampleKernel,
  sampleLog,
  sampleTab,
  uuid,
} from '../support/samples';

/** What the window does with the user's hands on it, over a double of the main process. */
const machines = manyMachines.slice(0, 3);
const [gpu, etl] = machines as [typeof gpuMachine, typeof gpuMachine];
const ready: ConnectionState = { kind: 'ready', sinceMs: Date.UTC(2026, 2, 4, 12, 30) };

let fakeWindow: FakeWindow;
let page: Page;
let pageServer: Server;
let pageUrl: string;
/** How often each path of the page server was asked for. */
const loads = new Map<string, number>();

test.beforeAll(async () => {
  pageServer = createServer((request, response) => {
    const path = request.url ?? '';
    loads.set(path, (loads.get(path) ?? 0) + 1);
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end('<!doctype html><title>Lab</title><h1>A page</h1>');
  });
  await new Promise<void>((resolve) => pageServer.listen(0, '127.0.0.1', resolve));
  pageUrl = `http://127.0.0.1:${(pageServer.address() as AddressInfo).port}/`;
  fakeWindow = await openFakeWindow();
  page = fakeWindow.page;
});

test.afterAll(async () => {
  await fakeWindow?.close();
  pageServer?.close();
});

test.beforeEach(async () => {
  loads.clear();
  await page.reload();
  await page.evaluate((list) => window.fakeMain.setMachines(list), machines);
});

const button = (name: string) => page.getByRole('button', { name, exact: true });
const setConnection = (machine: typeof gpu, state: ConnectionState) =>
  page.evaluate(([id, next]) => window.fakeMain.setConnection(id, next), [machine.id, state] as const);
const calls = (name: string): Promise<FakeMain['calls'][number]['input'][]> =>
  page.evaluate(
    (wanted) => window.fakeMain.calls.filter((call) => call.name === wanted).map(({ input }) => input),
    name,
  );

const passwordPrompt = {
  kind: 'password',
  promptId: uuid<PromptId>(103),
  user: 'hadoop',
  host: '10.20.0.7',
  wasWrong: false,
  canRemember: true,
} as const;

test.describe('questions', () => {
  test('of two machines come one after the other; Enter answers, Escape refuses', async () => {
    await setConnection(gpu, { kind: 'awaitingHostKey', prompt: hostKeyPrompt });
    await setConnection(etl, { kind: 'authenticating', isReconnect: false, prompt: passwordPrompt });
    const hostKey = page.getByRole('alertdialog', { name: 'Is this really GPU box?' });
    await expect(hostKey.getByText(hostKeyPrompt.fingerprint)).toBeVisible();
    await expect(hostKey.getByRole('button', { name: 'Cancel' })).toBeFocused();
    await page.keyboard.press('Escape');

    const password = page.getByRole('dialog', { name: 'Password for ETL' });
    await expect(password.getByLabel('Password', { exact: true })).toBeFocused();
    await page.keyboard.type('open sesame');
    await password.getByText('Remember it on this computer, encrypted').click();
    await password.getByLabel('Password', { exact: true }).press('Enter');
    await expect(password).toBeHidden();
    expect(await calls('connections.answer')).toEqual([
      { kind: 'hostKey', promptId: hostKeyPrompt.promptId, isAccepted: false },
      { kind: 'secret', promptId: passwordPrompt.promptId, secret: 'open sesame', isRemembered: true },
    ]);
  });

  test('of the machine itself are all asked, and only what it wants seen is shown', async () => {
    const questions = [
      { text: 'Password: ', isEchoed: false },
      { text: 'Code: ', isEchoed: true },
    ];
    const promptId = uuid<PromptId>(104);
    const prompt = { kind: 'keyboardInteractive', promptId, title: '', instructions: '', questions } as const;
    await setConnection(gpu, { kind: 'authenticating', isReconnect: false, prompt });
    await expect(page.getByLabel('Password')).toHaveAttribute('type', 'password');
    await expect(page.getByLabel('Code')).toHaveAttribute('type', 'text');
    await page.getByLabel('Password').fill('one');
    await page.getByLabel('Code').fill('two');
    await button('Continue').click();
    expect(await calls('connections.answer')).toEqual([
      { kind: 'keyboardInteractive', promptId, answers: ['one', 'two'] },
    ]);
  });
});

test.describe('the machine editor', () => {
  test('says what is wrong with a field that was left, without moving the button being pressed', async () => {
    await button('New machine').click();
    const editor = page.getByRole('dialog', { name: 'New machine' });
    await editor.getByLabel('Port').fill('99999');
    // One press and release at one place, as a hand does it.
    const box = await editor.getByRole('button', { name: 'Save' }).boundingBox();
    if (!box) throw new Error('No Save button');
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.up();
    await expect(editor.getByText('Enter a host name or an IP address.')).toBeVisible();
    await expect(editor.getByLabel('Name')).toBeFocused();
    await expect(editor.getByLabel('Port')).toHaveAccessibleDescription('Enter a number from 1 to 65535.');
    expect(await calls('machines.save')).toEqual([]);
  });

  test('stays open and says so when saving fails', async () => {
    await button('Edit').click();
    await page.evaluate(() => window.fakeMain.failNextSave('store-disk-full'));
    await button('Save').click();
    await expect(page.getByRole('alert')).toContainText('the disk of this computer is full');
    await button('Save').click();
    await expect(page.getByRole('dialog')).toBeHidden();
  });

  test('takes the key file that was chosen', async () => {
    await button('New machine').click();
    await button('Browse…').click();
    await expect(page.getByLabel('Private key file')).toHaveValue('/home/ana/.ssh/id_ed25519');
  });
});

test.describe('a machine that failed', () => {
  test('shows both fingerprints of a changed host key, and its log at one press', async () => {
    await page.evaluate(([id, log]) => window.fakeMain.setLog(id, log), [gpu.id, sampleLog] as const);
    await setConnection(gpu, { kind: 'failed', error: changedKeyReport });
    const alert = page.getByRole('alert');
    await expect(alert).toContainText('gpu.example.com shows a different key than before');
    await expect(alert).toContainText(String(changedKeyReport.params.oldFingerprint));
    await expect(alert).toContainText(String(changedKeyReport.params.newFingerprint));
    await expect(page.getByRole('main').getByRole('status')).toHaveText('Failed to connect');
    await button('Connection log').click();
    await expect(page.getByRole('log')).toContainText('The connection to gpu.example.com broke off.');
    await button('Copy log').click();
    await expect(button('Copied')).toBeVisible();
    expect(await calls('app.copyText')).toMatchObject([
      { text: expect.stringContaining('Signed in with the key file') },
    ]);
    await button('Save log…').click();
    expect(await calls('app.saveText')).toMatchObject([
      { text: expect.stringMatching(/^Nuvem [\s\S]+\dZ {2}Signed in with the key file/) },
    ]);
  });

  test('has its changed host key replaced by the end of the new fingerprint and by nothing else', async () => {
    await setConnection(gpu, { kind: 'failed', error: changedKeyReport });
    await button('Replace key…').click();
    const typed = page.getByRole('alertdialog').getByRole('textbox');
    await expect(typed).toBeFocused();
    for (const wrong of ['', '0CkYxA'.toLowerCase(), 'CkYxA', 'SHA256']) {
      await typed.fill(wrong);
      await expect(button('Replace and connect')).toBeDisabled();
      await typed.press('Enter');
    }
    expect(await calls('connections.replaceHostKey')).toEqual([]);
    await typed.fill(' 0CkYxA ');
    await typed.press('Enter');
    expect(await calls('connections.replaceHostKey')).toEqual([{ machineId: gpu.id, typed: '0CkYxA' }]);
    await expect(page.getByRole('alertdialog')).toHaveCount(0);
  });

  test('opens its editor when that is the way out', async () => {
    await setConnection(gpu, { kind: 'failed', error: report('key-refused') });
    await button('Change machine…').click();
    await expect(page.getByRole('dialog', { name: 'Edit GPU box' })).toBeVisible();
  });

  test('tries the notebook again when that had failed', async () => {
    await setConnection(gpu, ready);
    await page.evaluate(([id, activity]) => window.fakeMain.setNotebooks(id, { activity, servers: [] }), [
      gpu.id,
      { kind: 'failed', error: report('remote-disk-full', { folder: '/data' }) },
    ] as const);
    await expect(page.getByRole('alert')).toContainText("the machine's disk is full (/data)");
    await button('Try again').click();
    expect(await calls('notebooks.openOrStart')).toEqual([{ machineId: gpu.id }]);
  });
});

test('a lost connection counts down, and can be tried at once', async () => {
  const error = report('connection-lost');
  await setConnection(gpu, {
    kind: 'waitingToRetry',
    retryNumber: 1,
    nextTryAtMs: Date.now() + 20_500,
    error,
  });
  await expect(page.getByRole('main').getByRole('status')).toHaveText('Connection lost');
  await expect(page.getByRole('timer')).toHaveText('Next try in 20 s');
  await expect(page.getByRole('timer')).toHaveText('Next try in 19 s');
  await button('Try now').click();
  await expect(page.getByRole('main').getByRole('status')).toHaveText('Connection lost. Reconnecting…');
});

test('reconnecting can be paused, and goes on when the user says so', async () => {
  await setConnection(gpu, {
    kind: 'waitingToRetry',
    retryNumber: 1,
    nextTryAtMs: Date.now() + 20_500,
    error: report('connection-lost'),
  });
  const status = page.getByRole('main').getByRole('status');
  await button('Pause reconnecting').click();
  await expect(status).toHaveText('Connection lost. Reconnecting is paused.');
  await expect(page.getByRole('timer')).toHaveCount(0);
  await button('Resume reconnecting').click();
  await expect(status).toHaveText('Connection lost. Reconnecting…');
});

test('stopping a notebook asks first', async () => {
  await setConnection(gpu, ready);
  await page.evaluate(
    ([id, server]) => window.fakeMain.setNotebooks(id, { activity: { kind: 'idle' }, servers: [server] }),
    [gpu.id, labServer] as const,
  );
  await button('Stop').click();
  await expect(page.getByRole('alertdialog')).toContainText('variables in them are lost');
  await button('Cancel').click();
  expect(await calls('notebooks.stop')).toEqual([]);
  await button('Stop').click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Stop' }).click();
  expect(await calls('notebooks.stop')).toEqual([{ machineId: gpu.id, serverId: labServer.id }]);
});

test.describe('the machine list', () => {
  test('is used by keyboard: arrows choose, letters find, Enter opens the notebook', async () => {
    await page.keyboard.press('Control+f');
    await expect(page.getByRole('searchbox')).toBeFocused();
    await page.getByRole('treeitem', { name: 'GPU box' }).focus();
    await page.keyboard.press('ArrowDown');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('ETL');
    await page.keyboard.press('t');
    await expect(page.getByRole('treeitem', { name: /^Treinamento/ })).toBeFocused();
    await page.keyboard.press('Enter');
    expect(await calls('notebooks.openOrStart')).toEqual([{ machineId: machines[2]?.id }]);
  });

  test('connects to the first machine that a search finds when Enter is pressed, once', async () => {
    await page.getByRole('searchbox').fill('hadoop');
    await expect(page.getByRole('treeitem')).toHaveCount(1);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('treeitem')).toHaveCount(3);
    for (const _ of [1, 2]) {
      await page.getByRole('searchbox').fill('hadoop');
      await page.keyboard.press('Enter');
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('ETL');
      await expect(page.getByRole('treeitem')).toHaveCount(3);
    }
    expect(await calls('connections.connect')).toEqual([{ machineId: machines[1]?.id }]);
  });

  test('says the state of each machine in words', async () => {
    await setConnection(gpu, ready);
    await expect(page.getByRole('treeitem', { name: 'GPU box' })).toContainText('Connected');
    await expect(page.getByRole('treeitem', { name: 'ETL' })).toContainText('Not connected');
  });
});

test.describe('open pages', () => {
  const tabs = () => [sampleTab(1, gpu, `${pageUrl}one`), sampleTab(2, etl, `${pageUrl}two`)] as const;
  const open = async () => {
    await setConnection(gpu, ready);
    await setConnection(etl, ready);
    await page.evaluate(([list, id]) => window.fakeMain.setTabs(list, id), [tabs(), tabs()[0].id] as const);
    await expect.poll(() => [loads.get('/one'), loads.get('/two')]).toEqual([1, 1]);
  };
  const tab = (name: string) => page.getByRole('tab', { name, exact: true });

  test('stay loaded while others come to the front, connections are lost and pages close', async () => {
    await open();
    await tab('JupyterLab, ETL').click();
    await tab('Machines').click();
    await tab('JupyterLab, GPU box').click();
    const error = report('connection-lost');
    await setConnection(gpu, {
      kind: 'waitingToRetry',
      retryNumber: 1,
      nextTryAtMs: Date.now() + 9_000,
      error,
    });
    await expect(page.getByRole('main').getByRole('status')).toHaveText('Connection lost');
    await setConnection(gpu, ready);
    await expect(page.getByRole('main').getByRole('status')).toBeHidden();
    await button('Hide sidebar').click();
    await button('Close JupyterLab, GPU box').click();
    await tab('JupyterLab, ETL').click();
    await expect(page.locator(`webview[data-tab-id="${tabs()[1].id}"]`)).toBeVisible();
    await expect(page.locator('webview')).toHaveCount(1);
    expect([...loads].filter(([path]) => path.length === 4)).toEqual([
      ['/one', 1],
      ['/two', 1],
    ]);
  });

  test('tell by their tabs that a kernel of their server runs a cell', async () => {
    await open();
    const running = (state: 'busy' | 'idle') =>
      page.evaluate(
        ([machineId, serverId, kernel]) =>
          window.fakeMain.setKernels(machineId, [
            { serverId, watch: { kind: 'watching', by: 'events' }, seenAtMs: 1, kernels: [kernel] },
          ]),
        [gpu.id, labServer.id, { ...sampleKernel, state }] as const,
      );
    await running('busy');
    await expect(tab('JupyterLab, GPU box (a cell is running)')).toBeVisible();
    await expect(tab('JupyterLab, ETL')).toBeVisible();
    await running('idle');
    await expect(tab('JupyterLab, GPU box')).toBeVisible();
  });

  test('are chosen and closed by keyboard', async () => {
    await open();
    await tab('JupyterLab, GPU box').focus();
    await page.keyboard.press('ArrowRight');
    await expect(tab('JupyterLab, ETL')).toBeFocused();
    await expect(tab('JupyterLab, ETL')).toHaveAttribute('aria-selected', 'true');
    await page.keyboard.press('ArrowRight');
    await expect(tab('Machines')).toBeFocused();
    await page.keyboard.press('Control+Shift+Tab');
    await expect(tab('JupyterLab, ETL')).toHaveAttribute('aria-selected', 'true');
    await tab('JupyterLab, ETL').press('Delete');
    await expect(tab('JupyterLab, ETL')).toBeHidden();
    await expect(tab('Machines')).toBeFocused();
    await tab('JupyterLab, GPU box').focus();
    await page.keyboard.press('Enter');
    await expect(tab('JupyterLab, GPU box')).toHaveAttribute('aria-selected', 'true');
    await page.keyboard.press('Control+w');
    await expect(page.getByRole('tab')).toHaveCount(1);
  });

  test('give way to the machine that is clicked in the list', async () => {
    await open();
    await page.getByRole('treeitem', { name: 'GPU box' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'GPU box' })).toBeVisible();
    await expect(tab('Machines')).toHaveAttribute('aria-selected', 'true');
  });
});

test('deleting is undone by one press', async () => {
  await button('Delete').click();
  await expect(page.getByRole('treeitem')).toHaveCount(2);
  await expect(page.getByText('GPU box deleted')).toBeVisible();
  await button('Undo').click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('GPU box');
  await expect(page.getByText('GPU box deleted')).toBeHidden();
});

test('another language takes effect at once', async () => {
  await button('Settings').click();
  await page.getByRole('button', { name: /Language/ }).click();
  await page.getByRole('option', { name: 'Português (Brasil)' }).click();
  await expect(page.getByRole('dialog', { name: 'Configurações' })).toBeVisible();
  await button('Fechar').click();
  await expect(button('Abrir notebook')).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'pt-BR');
});
