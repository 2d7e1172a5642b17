import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { watchServer } from '../../../electron/jupyter/watch';
import { MachineId } from '../../../shared/model/machine';
import { FakeClock } from '../../support/fake-clock';
import { FakeMachineLink } from '../../support/lab/fake-machine-link';

const until = (isSo: () => boolean): Promise<boolean> => vi.waitUntil(isSo, { timeout: 10_000, interval: 5 });

let far: Server;
let asked: number;
let link: FakeMachineLink;
let clock: FakeClock;
let gone: number;
let stop: () => void;

beforeEach(async () => {
  asked = 0;
  gone = 0;
  far = createServer((_request, response) => {
    asked += 1;
    response.end();
  }).listen(0, '127.0.0.1');
  await once(far, 'listening');
  link = new FakeMachineLink(MachineId.parse(randomUUID()));
  clock = new FakeClock();
  const { port } = far.address() as AddressInfo;
  const target = { kind: 'tcp', host: '127.0.0.1', port } as const;
  const server = { pid: 1, target, baseUrl: '/', token: 't', folder: '' };
  stop = watchServer(link, server, clock, () => {
    gone += 1;
  });
});

afterEach(() => {
  stop();
  far.close();
});

/** Lets the next check happen and its answer arrive. */
async function check(): Promise<void> {
  const before = clock.pendingTimers;
  expect(before).toBe(1);
  clock.advance(60_000);
  await until(() => clock.pendingTimers === 1 || gone > 0);
}

async function endFar(): Promise<void> {
  far.closeAllConnections();
  far.close();
  await once(far, 'close');
}

test('a server that answers is asked again and again', async () => {
  await check();
  await check();
  expect(asked).toBe(2);
  expect(gone).toBe(0);
});

test('a server that refuses twice is gone, and that is told once', async () => {
  await endFar();
  await check();
  expect(gone).toBe(0);
  await check();
  expect(gone).toBe(1);
  expect(clock.pendingTimers).toBe(0);
});

test('a connection that is away says nothing; back, the server is asked at once', async () => {
  link.lose();
  clock.advance(60_000);
  expect(clock.pendingTimers).toBe(0);
  link.comeBack();
  await until(() => clock.pendingTimers === 1);
  expect(asked).toBe(1);
  expect(gone).toBe(0);
});

test('a watch that was stopped asks no more', () => {
  stop();
  link.lose();
  link.comeBack();
  expect(clock.pendingTimers).toBe(0);
  expect(asked).toBe(0);
});

test('a server that is started again is waited for, and that another process answers is told once', async () => {
  stop();
  let started = 'monday';
  far.close();
  const renewing = createServer((_request, response) => {
    if (started === '') response.destroy();
    else response.end(JSON.stringify({ started }));
  }).listen(0, '127.0.0.1');
  await once(renewing, 'listening');
  const { port } = renewing.address() as AddressInfo;
  const target = { kind: 'tcp', host: '127.0.0.1', port } as const;
  let renewals = 0;
  stop = watchServer(
    link,
    { pid: 1, target, baseUrl: '/', token: 't', folder: '' },
    clock,
    () => {
      gone += 1;
    },
    {
      refusals: 3,
      onRenewed: () => {
        renewals += 1;
      },
    },
  );
  await check();
  expect(renewals).toBe(0);
  renewing.closeAllConnections();
  renewing.close();
  await once(renewing, 'close');
  await check();
  await check();
  expect(gone).toBe(0);
  started = 'tuesday';
  renewing.listen(port, '127.0.0.1');
  await once(renewing, 'listening');
  await check();
  await check();
  expect(renewals).toBe(1);
  expect(gone).toBe(0);
  stop();
  renewing.close();
});
