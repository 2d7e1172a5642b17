import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ServerWatch } from '../../../../electron/jupyter/kernels/server-watch';
import { MachineId } from '../../../../shared/model/machine';
import type { ServerId } from '../../../../shared/model/notebook';
import { FakeClock } from '../../../support/fake-clock';
import { FakeMachineLink } from '../../../support/lab/fake-machine-link';

const until = (isSo: () => boolean): Promise<boolean> => vi.waitUntil(isSo, { timeout: 10_000, interval: 5 });

let far: Server;
let status: number;
let kernels: readonly object[];
let asked: string[];
let link: FakeMachineLink;
let clock: FakeClock;
let watch: ServerWatch;

const kernel = { id: 'k1', name: 'python3', execution_state: 'idle', connections: 0, last_activity: '' };

beforeEach(async () => {
  status = 200;
  kernels = [kernel];
  asked = [];
  far = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push(path);
    const answers: Record<string, unknown> = {
      '/api/kernels': kernels,
      '/api/sessions': [
        { id: 's1', type: 'notebook', path: 'a b/train.ipynb', name: '', kernel: { id: 'k1' } },
      ],
      '/api/kernelspecs': { kernelspecs: { python3: { spec: { display_name: 'Python 3 (ipykernel)' } } } },
    };
    response.writeHead(status).end(JSON.stringify(answers[path.split('?')[0] ?? '']));
  }).listen(0, '127.0.0.1');
  await once(far, 'listening');
  link = new FakeMachineLink(MachineId.parse(randomUUID()));
  clock = new FakeClock();
  watch = watchFar(true);
});

afterEach(() => {
  watch.stop();
  far.close();
});

function watchFar(canOpen: boolean): ServerWatch {
  const { port } = far.address() as AddressInfo;
  const target = { kind: 'tcp', host: '127.0.0.1', port } as const;
  const running = { pid: 1, target, baseUrl: '/', token: 't', folder: '' };
  return new ServerWatch(
    { serverId: 'nuvem-1' as ServerId, running, canOpen },
    {
      link,
      clock,
      random: randomBytes,
      mayListen: false,
      onChanged: () => undefined,
      onIncident: () => undefined,
    },
  );
}

const answered = (): Promise<boolean> => until(() => clock.pendingTimers === 1);
const countOf = (path: string): number => asked.filter((url) => url.startsWith(path)).length;

/** Lets time pass, and the answer to what is asked then arrive. */
async function pass(ms: number): Promise<void> {
  const before = asked.length;
  clock.advance(ms);
  if (clock.pendingTimers === 0) {
    await answered();
    expect(asked.length).toBeGreaterThan(before);
  }
}

test('the kernels are told with their notebooks and the names that people know', async () => {
  expect(watch.snapshot).toEqual({
    serverId: 'nuvem-1',
    watch: { kind: 'looking' },
    seenAtMs: null,
    kernels: [],
  });
  await answered();
  expect(watch.snapshot).toMatchObject({
    watch: { kind: 'watching', by: 'asking' },
    seenAtMs: clock.nowMs(),
    kernels: [
      {
        displayName: 'Python 3 (ipykernel)',
        state: 'idle',
        sessions: [{ path: 'a b/train.ipynb', name: 'train.ipynb' }],
      },
    ],
  });
});

test('no question counts as use of the server', async () => {
  await answered();
  expect(asked).toEqual(asked.filter((url) => url.endsWith('?no_track_activity=1')));
  expect(asked).toHaveLength(3);
});

test('an idle server is asked less often than one that works, and one that rests still less', async () => {
  await answered();
  await pass(4_900);
  expect(countOf('/api/kernels?')).toBe(1);
  kernels = [{ ...kernel, execution_state: 'busy' }];
  await pass(100);
  expect(watch.snapshot.kernels[0]?.state).toBe('busy');
  await pass(2_000);
  expect(countOf('/api/kernels?')).toBe(3);
  kernels = [kernel];
  await pass(2_000);
  for (let round = 0; round < 61; round += 1) await pass(5_000);
  await pass(10_000);
  const before = countOf('/api/kernels?');
  await pass(9_900);
  expect(countOf('/api/kernels?')).toBe(before);
  await pass(100);
  expect(countOf('/api/kernels?')).toBe(before + 1);
});

test('a new kernel is asked about again until its notebook is known, but not forever', async () => {
  await answered();
  kernels = [kernel, { ...kernel, id: 'k2' }];
  await pass(5_000);
  for (let round = 0; round < 9; round += 1) await pass(2_000);
  const before = countOf('/api/sessions');
  await pass(2_000);
  await pass(2_900);
  expect(countOf('/api/sessions')).toBe(before);
});

test('while the connection is down the kernels stay as last seen; back, the server is asked at once', async () => {
  await answered();
  link.lose();
  expect(watch.snapshot).toMatchObject({ watch: { kind: 'connectionDown' }, kernels: [{ id: 'k1' }] });
  expect(clock.pendingTimers).toBe(0);
  kernels = [];
  link.comeBack();
  await answered();
  expect(watch.snapshot).toMatchObject({ watch: { kind: 'watching' }, kernels: [] });
});

test('a server that refuses twice is gone with its kernels', async () => {
  await answered();
  far.closeAllConnections();
  far.close();
  await once(far, 'close');
  clock.advance(5_000);
  await answered();
  expect(watch.snapshot.watch.kind).toBe('watching');
  clock.advance(2_000);
  await answered();
  expect(watch.snapshot).toMatchObject({ watch: { kind: 'serverGone' }, kernels: [] });
});

test('a server that lets nobody in says nothing of its kernels', async () => {
  await answered();
  status = 403;
  await pass(5_000);
  expect(watch.snapshot).toMatchObject({ watch: { kind: 'unreadable', reason: 'token' }, kernels: [] });
});

test('what answers otherwise than Jupyter is not taken for a server without kernels', async () => {
  await answered();
  status = 500;
  await pass(5_000);
  expect(watch.snapshot).toMatchObject({
    watch: { kind: 'unreadable', reason: 'answer' },
    kernels: [{ id: 'k1' }],
  });
});

test('a server whose token cannot be read is not asked', async () => {
  await answered();
  const before = asked.length;
  const locked = watchFar(false);
  locked.askNow();
  expect(locked.snapshot.watch).toEqual({ kind: 'unreadable', reason: 'token' });
  expect(asked).toHaveLength(before);
  locked.stop();
});

test('a watch that was stopped asks no more', async () => {
  await answered();
  watch.stop();
  const before = asked.length;
  link.lose();
  link.comeBack();
  clock.advance(60_000);
  watch.askNow();
  expect(asked).toHaveLength(before);
});
