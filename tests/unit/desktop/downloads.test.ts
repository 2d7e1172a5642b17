import { EventEmitter } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type DownloadSource, Downloads } from '../../../electron/desktop/downloads';
import { NoticeBoard } from '../../../electron/desktop/notice-board';
import type { Download, DownloadId } from '../../../shared/model/download';
import type { MachineId } from '../../../shared/model/machine';

/** Electron's side of a download, driven by the test. */
class FakeItem extends EventEmitter {
  savePath = '';
  receivedBytes = 0;
  totalBytes = 10;
  etag = '';
  isOver = false;
  canResumeNow = true;
  paused = false;
  resumed = 0;

  constructor(readonly url = 'http://localhost:8888/files/model.bin') {
    super();
  }

  getFilename = () => 'model.bin';
  getURLChain = () => [this.url];
  setSavePath = (path: string) => {
    this.savePath = path;
  };
  getReceivedBytes = () => this.receivedBytes;
  getTotalBytes = () => this.totalBytes;
  getCurrentBytesPerSecond = () => 3;
  getETag = () => this.etag;
  getLastModifiedTime = () => '';
  canResume = () => this.canResumeNow;
  isPaused = () => this.paused;
  pause = () => {
    this.paused = true;
  };
  resume = () => {
    this.paused = false;
    this.resumed += 1;
  };
  cancel = () => this.end('cancelled');

  progress(receivedBytes: number): void {
    this.receivedBytes = receivedBytes;
    this.emit('updated', {}, 'progressing');
  }

  cut(): void {
    this.emit('updated', {}, 'interrupted');
  }

  end(state: 'completed' | 'cancelled' | 'interrupted'): void {
    if (this.isOver) return;
    this.isOver = true;
    this.emit('done', {}, state);
  }
}

const gpu = 'gpu' as MachineId;
let folder: string;
let begun: string[];
let placeAsked: string[];
let answer: string | null;
let notices: NoticeBoard;
let downloads: Downloads;
const source: DownloadSource = { machineId: gpu, begin: (url) => void begun.push(url) };

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nuvem-downloads-'));
  begun = [];
  placeAsked = [];
  answer = join(folder, 'model.bin');
  let next = 0;
  const newId = () => {
    next += 1;
    return `id-${next}`;
  };
  notices = new NoticeBoard(newId, () => undefined);
  downloads = new Downloads({
    partialFolder: join(folder, 'partial'),
    newId: () => newId() as DownloadId,
    askWhere: async (name) => {
      placeAsked.push(name);
      return answer;
    },
    notices,
    onChanged: () => undefined,
    log: () => undefined,
  });
});

afterEach(() => rm(folder, { recursive: true }));

const only = (): Download => {
  const [download, ...others] = downloads.list().downloads;
  expect(others).toEqual([]);
  if (download === undefined) throw new Error('there is no download');
  return download;
};
const start = async (item = new FakeItem()): Promise<FakeItem> => {
  downloads.receive(item, source);
  await vi.waitFor(() => expect(only().state.kind).toBe('running'));
  return item;
};
const partials = () => readdir(join(folder, 'partial'));

it('a download that ends before the user has said where goes there all the same', async () => {
  const item = new FakeItem();
  downloads.receive(item, source);
  await writeFile(item.savePath, 'all of it');
  item.receivedBytes = 9;
  item.end('completed');
  await vi.waitFor(() => expect(only().state).toEqual({ kind: 'finished' }));
  expect(only()).toMatchObject({ name: 'model.bin', receivedBytes: 9, machineId: gpu });
  expect(await readFile(join(folder, 'model.bin'), 'utf8')).toBe('all of it');
  await vi.waitFor(async () => expect(await partials()).toEqual([]));
});

it('what the user gives up where to save is in no list', async () => {
  answer = null;
  const item = new FakeItem();
  downloads.receive(item, source);
  await vi.waitFor(() => expect(item.isOver).toBe(true));
  expect(downloads.list().downloads).toEqual([]);
});

it('progress and speed are told, and it can be paused', async () => {
  const item = await start();
  item.progress(4);
  expect(only()).toMatchObject({
    receivedBytes: 4,
    totalBytes: 10,
    state: { kind: 'running', bytesPerSecond: 3 },
  });
  downloads.pause(only().id);
  expect([item.paused, only().state.kind]).toEqual([true, 'paused']);
  downloads.resume(only().id);
  expect([item.paused, only().state.kind]).toEqual([false, 'running']);
  expect(downloads.underwayOf('all')).toBe(1);
  expect(downloads.underwayOf(['other' as MachineId])).toBe(0);
});

it('what was cut off goes on once its machine is connected again, and not for another one', async () => {
  const item = new FakeItem();
  item.etag = '"v1"';
  await start(item);
  item.progress(4);
  item.cut();
  await vi.waitFor(() => expect(only().state.kind).toBe('waiting'));
  expect(only().canContinue).toBe(true);
  downloads.connectionChanged('other' as MachineId, true);
  expect(item.resumed).toBe(0);
  downloads.connectionChanged(gpu, true);
  expect([item.resumed, only().state.kind]).toEqual([1, 'running']);
});

it('while its machine is away a download waits, though Chromium takes it for one that goes on', async () => {
  const item = await start();
  item.canResumeNow = false;
  downloads.connectionChanged(gpu, false);
  item.progress(4);
  expect(only()).toMatchObject({ receivedBytes: 4, state: { kind: 'waiting' } });
  downloads.connectionChanged(gpu, true);
  expect([item.resumed, only().state.kind]).toEqual([0, 'running']);
});

it('what cannot go on has failed, and trying again saves it where it was to go', async () => {
  const item = await start();
  item.end('interrupted');
  await vi.waitFor(() => expect(only().state).toMatchObject({ kind: 'failed', canRetry: true }));
  expect(only().state).toMatchObject({ error: { code: 'download-cut' } });
  expect(notices.list().map(({ code }) => code)).toEqual(['download-failed']);
  const { id } = only();
  downloads.resume(id);
  expect(begun).toEqual([item.url]);
  const again = await start(new FakeItem());
  expect(only().id).toBe(id);
  await writeFile(again.savePath, 'second try');
  again.end('completed');
  await vi.waitFor(() => expect(only().state.kind).toBe('finished'));
  expect(placeAsked).toHaveLength(1);
  expect(await readFile(join(folder, 'model.bin'), 'utf8')).toBe('second try');
});

it('a place that cannot be written to is told with its reason, and asked for again', async () => {
  answer = join(folder, 'no-such-folder', 'model.bin');
  const item = await start();
  await writeFile(item.savePath, 'x');
  item.end('completed');
  await vi.waitFor(() => expect(only().state.kind).toBe('failed'));
  expect(only().state).toMatchObject({ error: { code: 'download-not-saved', params: { reason: 'ENOENT' } } });
  answer = join(folder, 'model.bin');
  downloads.resume(only().id);
  await start(new FakeItem());
  expect(placeAsked).toHaveLength(2);
  expect(only().path).toBe(answer);
});

it('a disk without room for the rest is called full', async () => {
  const item = new FakeItem();
  item.totalBytes = Number.MAX_SAFE_INTEGER;
  await start(item);
  item.cut();
  await vi.waitFor(() =>
    expect(only().state).toMatchObject({ kind: 'failed', error: { code: 'download-disk-full' } }),
  );
  expect(item.isOver).toBe(true);
});

it('what is taken off the list ends, and leaves nothing behind', async () => {
  const item = await start();
  await writeFile(item.savePath, 'half');
  downloads.forget(gpu);
  expect([item.isOver, downloads.list().downloads]).toEqual([true, []]);
  await vi.waitFor(async () => expect(await partials()).toEqual([]));
  expect(notices.list()).toEqual([]);
});
