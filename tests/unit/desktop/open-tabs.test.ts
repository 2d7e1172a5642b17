import { beforeEach, expect, it } from 'vitest';
import { noOpenTabs, OpenTabs, OpenTabsData } from '../../../electron/desktop/open-tabs';
import type { MachineId } from '../../../shared/model/machine';
import type { WebTab } from '../../../shared/model/tab';
import { FakeClock } from '../../support/fake-clock';

const machineId = '6f9619ff-8b86-4d01-b42d-00cf4fc964ff' as MachineId;
let written: OpenTabsData[];
let clock: FakeClock;
let isDiskFull: boolean;
let failures: unknown[];

beforeEach(() => {
  written = [];
  failures = [];
  isDiskFull = false;
  clock = new FakeClock();
});

const make = (): OpenTabs =>
  new OpenTabs({
    store: {
      value: () => written.at(-1) ?? noOpenTabs,
      replace: (data) => {
        if (isDiskFull) throw new Error('full');
        written.push(OpenTabsData.parse(data));
      },
    },
    clock,
    onWriteFailed: (error) => failures.push(error),
  });

const tab = (url: string, serverId: string | null = null): WebTab =>
  ({ machineId, serverId, url, address: url, title: 'x' }) as WebTab;

it('writes what is open soon after it changed, once for many changes, and not at all for none', () => {
  const openTabs = make();
  openTabs.remember([tab('http://localhost:1/')]);
  openTabs.remember([tab('http://localhost:2/')]);
  clock.advance(600);
  expect(written).toEqual([
    { tabs: [{ machineId, serverId: null, url: 'http://localhost:2/', title: 'x' }] },
  ]);
  openTabs.remember([tab('http://localhost:2/')]);
  clock.advance(600);
  expect(written).toHaveLength(1);
});

it('knows at the start what was open at the end, whatever is opened meanwhile', () => {
  written = [{ tabs: [{ machineId, serverId: null, url: 'http://localhost:2/', title: 'x' }] }];
  const openTabs = make();
  openTabs.remember([]);
  openTabs.flush();
  expect(openTabs.atStart()).toHaveLength(1);
  expect(make().atStart()).toEqual([]);
});

it.each([
  ['http://localhost:8088/x?page=2&token=abc&API_KEY=d', 'http://localhost:8088/x?page=2'],
  ['http://localhost:8088/#access_token=abc', 'http://localhost:8088/'],
  ['http://localhost:6006/#scalars', 'http://localhost:6006/#scalars'],
])('of %s it keeps %s', (url, kept) => {
  const openTabs = make();
  openTabs.remember([tab(url)]);
  openTabs.flush();
  expect(written[0]?.tabs[0]?.url).toBe(kept);
});

it('keeps of a notebook where it began, and of another page where it is', () => {
  const openTabs = make();
  openTabs.remember([
    { ...tab('http://localhost:8888/lab', 'nuvem-1'), address: 'http://localhost:8888/lab/tree/a.ipynb' },
    { ...tab('http://localhost:4040/'), address: 'http://localhost:4040/jobs/' },
  ]);
  openTabs.flush();
  expect(written[0]?.tabs.map(({ url }) => url)).toEqual([
    'http://localhost:8888/lab',
    'http://localhost:4040/jobs/',
  ]);
});

it('goes on when it could not be written', () => {
  const openTabs = make();
  isDiskFull = true;
  openTabs.remember([tab('http://localhost:1/')]);
  openTabs.flush();
  expect(failures).toHaveLength(1);
});
