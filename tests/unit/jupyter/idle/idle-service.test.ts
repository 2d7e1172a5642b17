import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { IdleService, type PlacedIdleNews } from '../../../../electron/jupyter/idle/idle-service';
import { type IdleServer, newsOf } from '../../../../electron/jupyter/idle/server-idle-watch';
import type { ServerIdle } from '../../../../shared/model/idle';
import type { IdlePolicy } from '../../../../shared/model/idle-policy';
import type { ServerId } from '../../../../shared/model/notebook';
import { FakeClock } from '../../../support/fake-clock';
import { FakeMachineLink } from '../../../support/lab/fake-machine-link';
import { gpuMachine } from '../../../support/samples';

const serverId = 'nuvem-1' as ServerId;
const machineId = gpuMachine.id;
const hourMs = 3_600_000;

/** A keeper that is told by the test what to tell; counts what it is asked. */
let keeper: Server;
let told: { kind: string; afterSeconds: number; isWorking: boolean; idleSeconds: number };
let asked: string[];
let clock: FakeClock;
let link: FakeMachineLink;
let service: IdleService;
let news: PlacedIdleNews[];
let servers: readonly IdleServer[];
let ended: number[];
/** What happens before it is the turn of an end. */
let beforeTurn: () => void;

beforeEach(async () => {
  told = { kind: 'stop', afterSeconds: 14_400, isWorking: false, idleSeconds: 0 };
  asked = [];
  news = [];
  ended = [];
  beforeTurn = () => undefined;
  keeper = createServer((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers.authorization}`);
    const { kind, afterSeconds, isWorking, idleSeconds } = told;
    response.end(JSON.stringify({ rule: { kind, afterSeconds }, isKnown: true, isWorking, idleSeconds }));
  });
  await new Promise<void>((listening) => keeper.listen(0, '127.0.0.1', listening));
  const target = { kind: 'tcp', host: '127.0.0.1', port: (keeper.address() as AddressInfo).port } as const;
  clock = new FakeClock();
  link = new FakeMachineLink(machineId);
  const running = { pid: 1, target, baseUrl: '/', token: 'secret', folder: '/work' };
  servers = [{ serverId, folder: '/work', running, keeper: target, begins: { kind: 'nothing' } }];
  service = new IdleService({
    connections: { link: () => link },
    clock,
    serversOf: () => servers,
    endServer: async (_machineId, _serverId, over) => {
      beforeTurn();
      if (await over.isOver()) ended.push(over.afterMs);
    },
    onChanged: () => undefined,
    onNews: (one) => void news.push(one),
  });
});

afterEach(async () => {
  service.stopAll();
  await new Promise((closed) => keeper.close(closed));
});

const state = (): ServerIdle | undefined => service.snapshots()[0]?.servers[0];
/** Lets so much time pass and resolves once the keeper was asked again. */
async function askedAfter(ms: number): Promise<void> {
  const before = asked.length;
  clock.advance(ms);
  await vi.waitFor(() => expect(asked.length).toBeGreaterThan(before));
  await vi.waitFor(() => expect(clockHasTimer()).toBe(true));
}
const clockHasTimer = (): boolean => clock.pendingTimers > 0;

describe('a server that is to be stopped after four hours', () => {
  test('shows when that will be, is announced ten minutes before, once, and again after it was kept', async () => {
    service.serversChanged(machineId);
    await vi.waitFor(() => expect(state()).toBeDefined());
    expect(state()).toEqual({
      serverId,
      policy: { kind: 'stop', afterHours: 4 },
      countedBy: 'machine',
      idleSinceMs: clock.nowMs(),
      stopsAtMs: clock.nowMs() + 4 * hourMs,
    });
    expect(asked[0]).toBe('GET /nuvem-kept/idle token secret');

    told = { ...told, idleSeconds: 14_400 - 620 };
    await askedAfter(30_000);
    expect(news).toEqual([]);
    told = { ...told, idleSeconds: 14_400 - 590 };
    await askedAfter(30_000);
    await askedAfter(30_000);
    expect(news).toMatchObject([{ machineId, server: { folder: '/work' }, news: { kind: 'stopsSoon' } }]);

    told = { ...told, idleSeconds: 0 };
    await service.keep(machineId, serverId);
    expect(asked.at(-1)).toBe('PUT /nuvem-kept/idle?keep=yes token secret');
    told = { ...told, idleSeconds: 14_399 };
    await askedAfter(30_000);
    expect(news).toHaveLength(2);
  });

  test('is not asked while the connection is away, and at once when it is back', async () => {
    service.serversChanged(machineId);
    await vi.waitFor(() => expect(state()).toBeDefined());
    link.lose();
    const before = asked.length;
    clock.advance(hourMs);
    expect(asked).toHaveLength(before);
    await expect(service.keep(machineId, serverId)).rejects.toMatchObject({ code: 'not-connected' });
    link.comeBack();
    await vi.waitFor(() => expect(asked.length).toBeGreaterThan(before));
  });

  test('is not shown any more once it is gone', async () => {
    service.serversChanged(machineId);
    await vi.waitFor(() => expect(state()).toBeDefined());
    servers = [];
    service.serversChanged(machineId);
    expect(state()).toBeUndefined();
    await expect(service.keep(machineId, serverId)).rejects.toMatchObject({ code: 'notebook-gone' });
  });
});

describe('a server that no keeper can be beside', () => {
  /** What it tells of its kernels and terminals. */
  let kernels: readonly object[];
  let server: Server;

  beforeEach(async () => {
    kernels = [{ id: 'k', execution_state: 'idle', last_activity: '2026-03-04T12:00:00Z' }];
    server = createServer((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      const isOfKernels = request.url?.startsWith('/api/kernels') ?? false;
      response.writeHead(isOfKernels ? 200 : 404).end(JSON.stringify(isOfKernels ? kernels : {}));
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const target = { kind: 'tcp', host: '127.0.0.1', port: (server.address() as AddressInfo).port } as const;
    const running = { pid: 0, target, baseUrl: '/', token: '', folder: '/work' };
    servers = [{ serverId, folder: '/work', running, keeper: null, begins: { kind: 'stop', afterHours: 1 } }];
    service.serversChanged(machineId);
    await vi.waitFor(() => expect(state()).toBeDefined());
  });
  afterEach(() => new Promise((closed) => server.close(closed)));

  test('is counted and ended by Nuvem itself, after it was announced, by questions that do not count as use', async () => {
    expect(state()).toEqual({
      serverId,
      policy: { kind: 'stop', afterHours: 1 },
      countedBy: 'nuvem',
      idleSinceMs: clock.nowMs(),
      stopsAtMs: clock.nowMs() + hourMs,
    });
    expect(asked).toEqual(['GET /api/kernels?no_track_activity=1', 'GET /api/terminals?no_track_activity=1']);
    await askedAfter(50 * 60_000);
    await vi.waitFor(() => expect(news).toMatchObject([{ news: { kind: 'stopsSoon' } }]));
    expect(ended).toEqual([]);
    await vi.waitFor(() => expect(clockHasTimer()).toBe(true));
    clock.advance(10 * 60_000);
    await vi.waitFor(() => expect(ended).toEqual([hourMs]));
  });

  test('is not ended when something began to run while its end waited for its turn', async () => {
    await askedAfter(50 * 60_000);
    await vi.waitFor(() => expect(news).toHaveLength(1));
    await vi.waitFor(() => expect(clockHasTimer()).toBe(true));
    beforeTurn = () => {
      kernels = [{ id: 'k', execution_state: 'busy', last_activity: '2026-03-04T13:00:00Z' }];
    };
    clock.advance(10 * 60_000);
    await vi.waitFor(() => expect(state()?.idleSinceMs).toBeNull());
    expect(ended).toEqual([]);
  });

  test('keeps what was chosen after a login anew, and forgets it with the server', async () => {
    await service.set(machineId, serverId, { kind: 'tell', afterHours: 3 });
    const policy = () => state()?.policy;
    servers = servers.map((one) => ({ ...one, running: { ...one.running, token: 'new' } }));
    service.serversChanged(machineId);
    await vi.waitFor(() => expect(policy()).toEqual({ kind: 'tell', afterHours: 3 }));
    const [only] = servers;
    servers = [];
    service.serversChanged(machineId);
    servers = only === undefined ? [] : [only];
    service.serversChanged(machineId);
    await vi.waitFor(() => expect(policy()).toEqual({ kind: 'stop', afterHours: 1 }));
  });
});

test.each<[IdlePolicy, number | null, object | null]>([
  [{ kind: 'nothing' }, 9 * hourMs, null],
  [{ kind: 'tell', afterHours: 2 }, 2 * hourMs - 1, null],
  [{ kind: 'tell', afterHours: 2 }, 2 * hourMs, { kind: 'idle', forMs: 2 * hourMs }],
  [{ kind: 'tell', afterHours: 2 }, null, null],
  [{ kind: 'stop', afterHours: 2 }, 2 * hourMs - 600_001, null],
  [{ kind: 'stop', afterHours: 2 }, 2 * hourMs - 600_000, { kind: 'stopsSoon', inMs: 600_000 }],
  // The quarter of a short time, so that it is not announced as soon as nothing runs.
  [{ kind: 'stop', afterHours: 0.2 }, 530_000, null],
  [{ kind: 'stop', afterHours: 0.2 }, 0.2 * hourMs - 60_000, { kind: 'stopsSoon', inMs: 60_000 }],
])('%j, with nothing run for %j ms, is news: %j', (policy, restMs, expected) => {
  const nowMs = 1_000_000_000;
  const idleSinceMs = restMs === null ? null : nowMs - restMs;
  const stopsAtMs =
    policy.kind === 'stop' && idleSinceMs !== null ? idleSinceMs + policy.afterHours * hourMs : null;
  expect(newsOf({ serverId, policy, idleSinceMs, stopsAtMs }, nowMs)).toEqual(expected);
});
