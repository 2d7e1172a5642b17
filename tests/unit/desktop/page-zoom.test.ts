import { EventEmitter } from 'node:events';
import { beforeEach, expect, it } from 'vitest';
import { noPageZoom, PageZoom, type PageZoomData } from '../../../electron/desktop/page-zoom';
import type { MachineId } from '../../../shared/model/machine';

class FakePage extends EventEmitter {
  level = 0;
  setZoomLevel = (level: number): void => {
    this.level = level;
  };
}

const gpu = 'gpu' as MachineId;
const cpu = 'cpu' as MachineId;
let data: PageZoomData;
let pages: Record<string, FakePage[]>;
let zoom: PageZoom;
let isDiskFull: boolean;
let failures: number;

beforeEach(() => {
  data = noPageZoom;
  isDiskFull = false;
  failures = 0;
  pages = { gpu: [new FakePage(), new FakePage()], cpu: [new FakePage()] };
  zoom = new PageZoom({
    store: {
      value: () => data,
      replace: (next) => {
        if (isDiskFull) throw new Error('full');
        data = next;
      },
    },
    pagesOf: (machineId) => pages[machineId] ?? [],
    onWriteFailed: () => {
      failures += 1;
    },
  });
});

const levels = () => Object.values(pages).map((ofMachine) => ofMachine.map(({ level }) => level));

it('zooms all pages of one machine, and no others', () => {
  zoom.zoom(gpu, 1);
  zoom.zoom(gpu, 1);
  expect(levels()).toEqual([[2, 2], [0]]);
  zoom.zoom(gpu, 0);
  expect(levels()).toEqual([[0, 0], [0]]);
  expect(data).toEqual(noPageZoom);
});

it('stops where nobody could find the way back', () => {
  for (let step = 0; step < 20; step += 1) zoom.zoom(gpu, -1);
  expect(levels()).toEqual([[-5, -5], [0]]);
});

it('gives a page its size wherever it goes, until the machine is forgotten', () => {
  zoom.zoom(gpu, 3);
  const page = new FakePage();
  zoom.follow(page as never, gpu);
  page.emit('did-navigate');
  expect(page.level).toBe(3);
  zoom.zoom(cpu, 1);
  zoom.forget(gpu);
  page.emit('did-navigate');
  expect(page.level).toBe(0);
  expect(data.zooms).toEqual([{ machineId: cpu, level: 1 }]);
});

it('zooms though the disk is full, and says that it is not remembered', () => {
  isDiskFull = true;
  zoom.zoom(gpu, 1);
  expect(levels()).toEqual([[1, 1], [0]]);
  expect(failures).toBe(1);
});
