import { beforeEach, expect, it } from 'vitest';
import { TabWaking } from '../../../electron/desktop/tab-waking';
import { TabService } from '../../../electron/desktop/tabs';
import { AppError, type ErrorReport } from '../../../shared/errors/app-error';
import type { MachineId } from '../../../shared/model/machine';
import type { ServerId } from '../../../shared/model/notebook';
import type { TabId } from '../../../shared/model/tab';

const machineId = 'gpu' as MachineId;
const notebook = { machineId, serverId: 's1' as ServerId, url: 'http://localhost:8888/lab', title: 'Lab' };
const page = { machineId, serverId: null, url: 'http://localhost:4040/', title: 'Spark' };

let tabs: TabService;
let failure: ErrorReport | null;
let refusal: AppError | null;
let waking: TabWaking;

beforeEach(() => {
  let next = 0;
  failure = null;
  refusal = null;
  tabs = new TabService({
    newId: () => {
      next += 1;
      return `tab-${next}` as TabId;
    },
    partitionOf: () => 'p',
    onChanged: () => undefined,
  });
  waking = new TabWaking({
    tabs,
    openNotebook: async () => {
      await Promise.resolve();
      if (failure === null) tabs.open({ ...notebook, url: 'http://localhost:8889/lab' });
    },
    notebookFailure: () => failure,
    openPage: async () => {
      if (refusal !== null) throw refusal;
      tabs.open(page);
    },
  });
  tabs.restore([notebook, page]);
});

const [first, second] = ['tab-1', 'tab-2'] as [TabId, TabId];
const state = (tabId: TabId) => tabs.find(tabId)?.hindrance;
const done = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it('loads a tab when it comes to the front, and only that one', async () => {
  waking.activate(first);
  expect(state(first)).toEqual({ kind: 'waking' });
  await done();
  expect(state(first)).toEqual({ kind: 'none' });
  expect(tabs.find(first)?.url).toBe('http://localhost:8889/lab');
  expect(state(second)).toEqual({ kind: 'asleep' });
});

it('says why a page could not be loaded, and loads it when asked again', async () => {
  refusal = new AppError('connection-refused');
  waking.activate(second);
  await done();
  expect(state(second)).toMatchObject({ kind: 'wakeFailed', error: { code: 'connection-refused' } });
  refusal = null;
  await waking.wake(second);
  expect(state(second)).toEqual({ kind: 'none' });
});

it('says that a notebook has ended meanwhile', async () => {
  failure = new AppError('notebook-gone').toReport();
  waking.activate(first);
  await done();
  expect(state(first)).toMatchObject({ kind: 'wakeFailed', error: { code: 'notebook-gone' } });
});

it('sleeps on when the user does not want to connect after all', async () => {
  refusal = new AppError('cancelled');
  waking.activate(second);
  await done();
  expect(state(second)).toEqual({ kind: 'asleep' });
});

it('brings a tab that was closed by mistake back to the front, loaded', async () => {
  await waking.wake(second);
  tabs.close(second);
  waking.reopenClosed();
  await done();
  expect(tabs.list()).toMatchObject({ activeTabId: 'tab-3' });
  expect(state('tab-3' as TabId)).toEqual({ kind: 'none' });
});
