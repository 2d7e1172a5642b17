import type { Page } from '@playwright/test';
import type { ServerIdle } from '../../../shared/model/idle';
import type { NotebookServer } from '../../../shared/model/notebook';
import { gpuMachine, handServer, labServer } from '../samples';
import type {} from './preload';
import type { Scene } from './scene';

const minuteMs = 60_000;
const keeperlessServer: NotebookServer = { ...handServer, keeping: { kind: 'cannot', why: 'python' } };

async function showServers(page: Page): Promise<void> {
  // Half a minute more, so that the text is the same however long the page takes.
  const nowMs = (await page.evaluate(() => Date.now())) + minuteMs / 2;
  const idle: readonly ServerIdle[] = [
    {
      serverId: labServer.id,
      policy: { kind: 'stop', afterHours: 4 },
      countedBy: 'machine',
      idleSinceMs: nowMs - 232 * minuteMs,
      stopsAtMs: nowMs + 8 * minuteMs,
    },
    {
      serverId: handServer.id,
      policy: { kind: 'stop', afterHours: 1 },
      countedBy: 'nuvem',
      idleSinceMs: null,
      stopsAtMs: null,
    },
  ];
  await page.evaluate(
    ([machine, servers, states]) => {
      window.fakeMain.setMachines([machine]);
      window.fakeMain.setConnection(machine.id, { kind: 'ready', sinceMs: 0 });
      window.fakeMain.setNotebooks(machine.id, { activity: { kind: 'idle' }, servers });
      window.fakeMain.setIdle(machine.id, states);
    },
    [gpuMachine, [labServer, keeperlessServer], idle] as const,
  );
  await page.getByText(/it stops in|para em/).waitFor();
}

async function chooseFor(page: Page, hours: string, row = 0): Promise<void> {
  await showServers(page);
  await page
    .getByRole('button', { name: /^(When idle|Quando ocioso)/ })
    .nth(row)
    .click();
  await page.getByRole('dialog').getByRole('textbox').fill(hours);
}

/** What happens to servers that nobody uses. */
export const idleScenes: readonly Scene[] = [
  { name: 'idle-servers', show: showServers },
  { name: 'idle-policy', show: (page) => chooseFor(page, '12') },
  { name: 'idle-policy-here', show: (page) => chooseFor(page, '1', 1) },
  {
    name: 'idle-policy-wrong',
    show: async (page) => {
      await chooseFor(page, 'soon');
      await page.keyboard.press('Enter');
      await page.getByText(/^(Type a number of hours|Digite um número de horas)/).waitFor();
    },
  },
];
