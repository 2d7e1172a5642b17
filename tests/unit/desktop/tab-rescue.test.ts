import { EventEmitter } from 'node:events';
import { beforeEach, expect, it } from 'vitest';
import { TabRescue } from '../../../electron/desktop/tab-rescue';
import { TabService } from '../../../electron/desktop/tabs';
import type { MachineId } from '../../../shared/model/machine';
import type { ServerId } from '../../../shared/model/notebook';
import type { TabId } from '../../../shared/model/tab';

let tabs: TabService;
let page: EventEmitter | undefined;
let rescue: TabRescue;
const tabId = 'tab' as TabId;

beforeEach(() => {
  tabs = new TabService({ newId: () => tabId, partitionOf: () => 'p', onChanged: () => undefined });
  page = new EventEmitter();
  rescue = new TabRescue({ tabs, pages: { pageOf: () => page as never } });
});

const open = (serverId: ServerId | null): void => {
  tabs.open({ machineId: 'gpu' as MachineId, serverId, url: 'http://localhost:8888/lab', title: '' });
  tabs.wentTo(tabId, 'http://localhost:8888/lab/tree/a.ipynb');
};
const kind = () => tabs.find(tabId)?.hindrance.kind;

it('a page that does not respond may be given more time', () => {
  open(null);
  tabs.hinder(tabId, { kind: 'unresponsive' });
  rescue.wait(tabId);
  expect(kind()).toBe('none');
});

it('is loaded anew only once the window has taken the old one away', () => {
  open(null);
  tabs.hinder(tabId, { kind: 'unresponsive' });
  rescue.reload(tabId);
  expect(kind()).toBe('crashed');
  page?.emit('destroyed');
  expect(kind()).toBe('none');
  expect(tabs.find(tabId)?.url).toBe('http://localhost:8888/lab/tree/a.ipynb');
});

it('is loaded at once where the old one is gone, a notebook where it began', () => {
  open('s1' as ServerId);
  tabs.hinder(tabId, { kind: 'crashed' });
  page = undefined;
  rescue.reload(tabId);
  expect(kind()).toBe('none');
  expect(tabs.find(tabId)?.url).toBe('http://localhost:8888/lab');
});

it('a page that is well is left alone', () => {
  open(null);
  rescue.reload(tabId);
  rescue.wait(tabId);
  expect(kind()).toBe('none');
  expect(tabs.find(tabId)?.url).toBe('http://localhost:8888/lab');
});
