import { beforeEach, describe, expect, it } from 'vitest';
import { TabService } from '../../../electron/desktop/tabs';
import type { MachineId } from '../../../shared/model/machine';
import type { ServerId } from '../../../shared/model/notebook';
import type { TabId, TabList } from '../../../shared/model/tab';

const gpu = 'gpu' as MachineId;
const cpu = 'cpu' as MachineId;
const server = 's1' as ServerId;
const other = 's2' as ServerId;

let tabs: TabService;
let changes: TabList[];

beforeEach(() => {
  let next = 0;
  changes = [];
  tabs = new TabService({
    newId: () => {
      next += 1;
      return `tab-${next}` as TabId;
    },
    partitionOf: (machineId) => `machine-${machineId}`,
    onChanged: (list) => changes.push(list),
  });
});

function open(machineId: MachineId, path: string, serverId = server): TabId {
  return tabs.open({ machineId, serverId, url: `http://localhost:8888/${path}`, title: path });
}

const titles = (): string[] => tabs.list().tabs.map((tab) => tab.title);
const front = (): string | null =>
  tabs.list().tabs.find((tab) => tab.id === tabs.list().activeTabId)?.title ?? null;

it('shows the machines while nothing is open', () => {
  expect(tabs.list()).toEqual({ revision: 0, tabs: [], activeTabId: null });
});

describe('opening', () => {
  it('puts the page behind the others and in front of the eyes, in the partition of its machine', () => {
    open(gpu, 'lab');
    open(cpu, 'lab');
    expect(tabs.list().tabs.map((tab) => tab.partition)).toEqual(['machine-gpu', 'machine-cpu']);
    expect(tabs.list().activeTabId).toBe('tab-2');
  });

  it('brings a page that is already open to the front', () => {
    const first = open(gpu, 'lab');
    open(gpu, 'tree');
    expect(open(gpu, 'lab')).toBe(first);
    expect(titles()).toEqual(['lab', 'tree']);
    expect(front()).toBe('lab');
  });

  it.each([
    ['machine', cpu, server],
    ['server', gpu, other],
  ])('takes the same address of another %s for another page', (_what, machineId, serverId) => {
    open(gpu, 'lab');
    open(machineId, 'lab', serverId);
    expect(titles()).toEqual(['lab', 'lab']);
  });
});

describe('closing', () => {
  beforeEach(() => {
    for (const name of ['a', 'b', 'c']) open(gpu, name);
  });
  const close = (title: string): void =>
    tabs.close(tabs.list().tabs.find((tab) => tab.title === title)?.id as TabId);
  const activate = (title: string): void =>
    tabs.activate(tabs.list().tabs.find((tab) => tab.title === title)?.id as TabId);

  it.each([
    ['a', 'b'],
    ['b', 'c'],
    ['c', 'b'],
  ])('%s when it is in front brings %s there', (closed, next) => {
    activate(closed);
    close(closed);
    expect(front()).toBe(next);
  });

  it('a page in the background leaves the front alone', () => {
    activate('a');
    close('b');
    expect(front()).toBe('a');
  });

  it('the last page brings the machines to the front', () => {
    for (const title of ['a', 'b', 'c']) close(title);
    expect(tabs.list()).toMatchObject({ tabs: [], activeTabId: null });
  });

  it('does not call the user away from the machines', () => {
    tabs.activate(null);
    close('b');
    expect(tabs.list().activeTabId).toBeNull();
  });

  it('closes all pages of a machine, or of one of its servers only', () => {
    open(cpu, 'd');
    open(gpu, 'e', other);
    tabs.closeOf(gpu, other);
    expect(titles()).toEqual(['a', 'b', 'c', 'd']);
    tabs.closeOf(gpu);
    expect(titles()).toEqual(['d']);
  });
});

describe('going through the tabs', () => {
  it('goes round, with the machines as the first place', () => {
    open(gpu, 'a');
    open(gpu, 'b');
    const visited = [1, 1, 1, -1, -1, -1].map((step) => {
      tabs.activateNeighbour(step);
      return front();
    });
    expect(visited).toEqual([null, 'a', 'b', 'a', null, 'b']);
  });

  it('ignores a tab that was just closed', () => {
    const tab = open(gpu, 'a');
    tabs.close(tab);
    tabs.activate(tab);
    expect(tabs.list().activeTabId).toBeNull();
  });
});

describe('telling', () => {
  it('tells each change once, with a growing revision, and nothing when nothing changed', () => {
    const tab = open(gpu, 'a');
    tabs.activate(tab);
    tabs.rename(tab, 'a');
    tabs.rename(tab, '');
    tabs.rename(tab, 'Untitled.ipynb');
    tabs.closeOf(cpu);
    tabs.close(tab);
    tabs.close(tab);
    expect(changes.map((list) => list.revision)).toEqual([1, 2, 3]);
    expect(changes[1]?.tabs[0]?.title).toBe('Untitled.ipynb');
  });

  it('knows the origins that are open in a partition', () => {
    open(gpu, 'lab');
    tabs.open({ machineId: gpu, serverId: other, url: 'http://localhost:8889/tree?x=1', title: '' });
    expect(tabs.originsOf('machine-gpu')).toEqual(['http://localhost:8888', 'http://localhost:8889']);
    expect(tabs.originsOf('machine-cpu')).toEqual([]);
  });
});
