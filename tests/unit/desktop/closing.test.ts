import { beforeEach, describe, expect, it } from 'vitest';
import { Closing } from '../../../electron/desktop/closing';
import { TabService } from '../../../electron/desktop/tabs';
import type { UnsavedPages } from '../../../electron/desktop/unsaved-pages';
import type { MachineId } from '../../../shared/model/machine';
import type { ServerId } from '../../../shared/model/notebook';
import type { TabId, WebTab } from '../../../shared/model/tab';

const gpu = 'gpu' as MachineId;
const server = 's1' as ServerId;

let isAgreed: boolean;
let areDownloadsGivenUp: boolean;
let asked: string[][];
let done: string[];
let tabs: TabService;
let closing: Closing;

beforeEach(() => {
  isAgreed = true;
  areDownloadsGivenUp = true;
  asked = [];
  done = [];
  let next = 0;
  tabs = new TabService({
    newId: () => {
      next += 1;
      return `tab-${next}` as TabId;
    },
    partitionOf: () => 'p',
    onChanged: () => undefined,
  });
  closing = new Closing({
    tabs,
    unsaved: {
      mayClose: async (pages: readonly WebTab[]) => {
        asked.push(pages.map((tab) => tab.id));
        return isAgreed;
      },
    } as UnsavedPages,
    mayEndDownloads: async () => areDownloadsGivenUp,
    stopServer: async (machineId, serverId) => void done.push(`stop ${machineId} ${serverId}`),
    retireMachines: async (machineIds) => void done.push(`retire ${machineIds}`),
    shutDown: async () => void done.push('shut down'),
  });
  for (const [machineId, serverId] of [
    [gpu, server],
    [gpu, 's2' as ServerId],
    ['cpu' as MachineId, server],
  ] as const) {
    tabs.open({ machineId, serverId, url: 'http://localhost:8888/lab', title: '' });
  }
});

const first = (): TabId => tabs.list().tabs[0]?.id as TabId;

describe('what takes pages away asks about just these pages', () => {
  it.each([
    ['closing a tab', () => closing.closeTab(first()), ['tab-1']],
    ['stopping a server', () => closing.stopServer(gpu, server), ['tab-1']],
    ['removing a machine', () => closing.removeMachines([gpu]), ['tab-1', 'tab-2']],
    ['quitting', () => closing.quit(), ['tab-1', 'tab-2', 'tab-3']],
  ])('%s', async (_what, act, pages) => {
    await act();
    expect(asked).toEqual([pages]);
  });
});

describe('when the user keeps the changes', () => {
  beforeEach(() => {
    isAgreed = false;
  });

  it('nothing is closed, stopped, removed or quit', async () => {
    await closing.closeTab(first());
    await closing.stopServer(gpu, server);
    await expect(closing.removeMachines([gpu])).rejects.toMatchObject({ code: 'cancelled' });
    await closing.quit();
    expect(done).toEqual([]);
    expect(tabs.list().tabs).toHaveLength(3);
    expect(closing.isQuitting).toBe(false);
  });

  it('quitting can be tried again', async () => {
    await closing.quit();
    isAgreed = true;
    await closing.quit();
    expect(done).toEqual(['shut down']);
  });
});

it('asks only once when quitting is asked for again meanwhile', async () => {
  await Promise.all([closing.quit(), closing.quit()]);
  expect(asked).toHaveLength(1);
  expect(done).toEqual(['shut down']);
});

it('ignores a tab that was closed just before', async () => {
  await closing.closeTab('gone' as TabId);
  expect(asked).toEqual([]);
});

it('quitting and removing a machine leave everything as it is when a download is to go on', async () => {
  areDownloadsGivenUp = false;
  await closing.quit();
  await expect(closing.removeMachines([gpu])).rejects.toMatchObject({ code: 'cancelled' });
  expect(done).toEqual([]);
  expect(closing.isQuitting).toBe(false);
});
