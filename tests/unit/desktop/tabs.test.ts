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
  expect(tabs.list()).toEqual({ revision: 0, tabs: [], activeTabId: null, canReopen: false });
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

describe('tabs that are asleep', () => {
  const request = (path: string, serverId: ServerId | null = server) => ({
    machineId: gpu,
    serverId,
    url: `http://localhost:8888/${path}`,
    title: path,
  });
  const states = (): string[] => tabs.list().tabs.map(({ hindrance }) => hindrance.kind);
  const idOf = (title: string): TabId => tabs.list().tabs.find((tab) => tab.title === title)?.id as TabId;

  it('are there after a restart, and nothing comes to the front by itself', () => {
    tabs.restore([request('lab'), request('tree')]);
    expect(states()).toEqual(['asleep', 'asleep']);
    expect(tabs.list().activeTabId).toBeNull();
  });

  it('are loaded where their server is found now, without calling the user away', () => {
    tabs.restore([request('lab'), request('tree'), request('lab', other)]);
    tabs.hinder(idOf('lab'), { kind: 'waking' });
    tabs.open({ ...request('lab'), url: 'http://localhost:8890/lab' });
    expect(states()).toEqual(['none', 'asleep', 'asleep']);
    expect(tabs.list().tabs[0]?.url).toBe('http://localhost:8890/lab');
    expect(tabs.list().activeTabId).toBeNull();
  });

  it('are taken when the user opens the same page by other means', () => {
    tabs.restore([request('lab')]);
    tabs.open({ ...request('lab'), url: 'http://localhost:8890/lab' });
    expect(tabs.list()).toMatchObject({ tabs: [{ title: 'lab', hindrance: { kind: 'none' } }] });
    expect(front()).toBe('lab');
  });

  it('of other pages of the machine are told apart by their ports', () => {
    const monitor = { machineId: gpu, serverId: null, url: 'http://localhost:8088/', title: 'monitor' };
    tabs.restore([monitor]);
    tabs.open({ ...monitor, url: 'https://localhost:9443/', title: 'hub' });
    expect(tabs.list().tabs.map(({ title, hindrance }) => [title, hindrance.kind])).toEqual([
      ['monitor', 'asleep'],
      ['hub', 'none'],
    ]);
    tabs.open({ ...monitor, url: 'http://127.0.0.1:8088/' });
    expect(tabs.list().tabs[0]).toMatchObject({ url: 'http://127.0.0.1:8088/', hindrance: { kind: 'none' } });
  });

  it('of other pages of the machine wait for their own address', () => {
    tabs.restore([request('spark', null), request('board', null)]);
    for (const name of ['spark', 'board']) tabs.hinder(idOf(name), { kind: 'waking' });
    tabs.open(request('board', null));
    expect(states()).toEqual(['waking', 'none']);
  });
});

describe('closed tabs', () => {
  it('are opened again, the last one first, where they were', () => {
    open(gpu, 'a');
    const dashboard = tabs.open({
      machineId: gpu,
      serverId: null,
      url: 'http://localhost:4040/',
      title: 'Spark',
    });
    tabs.wentTo(dashboard, 'http://localhost:4040/jobs/');
    tabs.close(tabs.list().tabs[0]?.id as TabId);
    tabs.close(dashboard);
    expect(tabs.list().canReopen).toBe(true);
    tabs.reopenClosed();
    tabs.reopenClosed();
    expect(tabs.list().tabs.map(({ url }) => url)).toEqual([
      'http://localhost:4040/jobs/',
      'http://localhost:8888/a',
    ]);
    expect(tabs.list().canReopen).toBe(false);
    expect(tabs.reopenClosed()).toBeNull();
  });

  it('of a machine that is removed stay closed', () => {
    tabs.close(open(gpu, 'a'));
    tabs.close(open(cpu, 'b'));
    tabs.closeOf(cpu);
    tabs.reopenClosed();
    expect(titles()).toEqual(['a']);
    expect(tabs.reopenClosed()).toBeNull();
  });

  it('may be all but one', () => {
    open(gpu, 'a');
    const kept = open(gpu, 'b');
    open(gpu, 'c');
    tabs.closeOthers(kept);
    expect(titles()).toEqual(['b']);
    expect(front()).toBe('b');
    tabs.reopenClosed();
    expect(titles()).toEqual(['b', 'c']);
  });
});

describe('the order of the tabs', () => {
  beforeEach(() => {
    for (const name of ['a', 'b', 'c']) open(gpu, name);
  });
  const idOf = (title: string): TabId => tabs.list().tabs.find((tab) => tab.title === title)?.id as TabId;

  it.each([
    ['c', 'a', ['c', 'a', 'b']],
    ['a', 'c', ['b', 'a', 'c']],
    ['a', null, ['b', 'c', 'a']],
    ['b', 'b', ['a', 'b', 'c']],
  ])('%s before %s', (moved, before, order) => {
    tabs.move(idOf(moved), before === null ? null : idOf(before));
    expect(titles()).toEqual(order);
    expect(front()).toBe('c');
  });

  it.each([
    [-1, ['a', 'c', 'b']],
    [-5, ['c', 'a', 'b']],
    [1, ['a', 'b', 'c']],
  ])('the one in front by %s', (steps, order) => {
    tabs.moveActive(steps);
    expect(titles()).toEqual(order);
  });

  it('has a double beside its original, and in front', () => {
    tabs.duplicate(idOf('a'));
    expect(titles()).toEqual(['a', 'a', 'b', 'c']);
    expect(tabs.list().tabs[1]?.id).toBe(tabs.list().activeTabId);
  });
});
