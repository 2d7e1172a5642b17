import { expect, test } from 'vitest';
import { createTexts } from '../../../electron/desktop/texts';
import type { KernelIncident } from '../../../electron/jupyter/kernels/kernel-state';
import { durationText, isWorthTelling } from '../../../electron/notifications/kernel-news';
import {
  fullNotification,
  idleEndNotification,
  idleNotification,
  kernelNotification,
} from '../../../electron/notifications/notification-texts';
import type { Kernel, KernelId } from '../../../shared/model/kernel';
import type { ServerId } from '../../../shared/model/notebook';
import { gpuMachine } from '../../support/samples';

const session = { id: 's', type: 'notebook', path: 'work/train.ipynb', name: 'train.ipynb' } as const;
const kernel: Kernel = {
  ...{ id: 'k' as KernelId, name: 'python3', displayName: 'Python 3', state: 'idle' },
  ...{ lastActivityMs: 0, busySinceMs: null, connections: 0 },
  sessions: [session],
};
const ran = (seconds: number, part: Partial<Extract<KernelIncident, { kind: 'runEnded' }>> = {}) =>
  ({ kind: 'runEnded', kernel, durationMs: seconds * 1000, outcome: 'ok', ...part }) as const;

test('a cell is told of when it ran long enough and its page is not in front', () => {
  const facts = { longRunSeconds: 60, isInFront: false };
  expect(isWorthTelling(ran(59), facts)).toBe(false);
  expect(isWorthTelling(ran(60), facts)).toBe(true);
  expect(isWorthTelling(ran(60), { ...facts, isInFront: true })).toBe(false);
  expect(isWorthTelling(ran(86_400), { ...facts, longRunSeconds: null })).toBe(false);
});

test('a kernel that ended by itself is told of however short its cells were', () => {
  const facts = { longRunSeconds: null, isInFront: false };
  expect(isWorthTelling({ kind: 'died', kernel }, facts)).toBe(true);
  expect(isWorthTelling({ kind: 'restartedByItself', kernel }, facts)).toBe(true);
  expect(isWorthTelling({ kind: 'died', kernel }, { ...facts, isInFront: true })).toBe(false);
});

test.each([
  [5_400, '5 s'],
  [60_000, '1 min'],
  [125_000, '2 min 5 s'],
  [3_600_000, '1 h'],
  [12_000_000, '3 h 20 min'],
])('%d ms are said as %s', (durationMs, text) => expect(durationText(durationMs)).toBe(text));

test.each(['en', 'pt-BR'] as const)('in %s every notification names machine and notebook', (language) => {
  const textOf = createTexts(() => language);
  const serverId = 'nuvem-1' as ServerId;
  const incidents: readonly KernelIncident[] = [
    ran(125),
    ran(125, { outcome: 'failed' }),
    ran(125, { outcome: 'unknown' }),
    { kind: 'died', kernel },
    { kind: 'restartedByItself', kernel },
  ];
  const told = incidents.map((incident) =>
    kernelNotification({ machineId: gpuMachine.id, serverId, incident }, 'GPU box', textOf),
  );
  expect(new Set(told.map(({ title }) => title)).size).toBe(5);
  for (const { title, body } of told) {
    expect(title).toMatch(/^train\.ipynb: /);
    expect(body).toContain('GPU box');
    expect(`${title}${body}`).not.toMatch(/notification\.|\{\{/);
  }
  expect(told.map(({ path }) => path)).toEqual(told.map(() => 'work/train.ipynb'));
  const server = { serverId, folder: '/home/ana/work' };
  const news = [{ kind: 'idle', forMs: 14_400_000 } as const, { kind: 'stopsSoon', inMs: 600_000 } as const];
  const idle = [
    ...news.map((one) =>
      idleNotification({ machineId: gpuMachine.id, server, news: one }, 'GPU box', textOf),
    ),
    idleEndNotification(
      gpuMachine.id,
      { folder: server.folder, atMs: 0, afterMs: 14_400_000 },
      'GPU box',
      textOf,
    ),
  ];
  for (const { title, body } of idle) {
    expect(`${title}; ${body}`).toMatch(/\/home\/ana\/work.*GPU box/);
    expect(`${title}; ${body}`).toMatch(/4 h|10 min/);
  }
  expect(idle.map(({ keepText }) => keepText !== undefined)).toEqual([false, true, false]);
  const full = { kind: 'disk', place: '/home', usedBytes: 97 * 2 ** 30, totalBytes: 100 * 2 ** 30 } as const;
  const { title, body } = fullNotification(gpuMachine.id, full, 'GPU box', textOf);
  expect(title).toContain('GPU box');
  expect(title).toContain('/home');
  expect(body).toContain('97 %');
});

test('a kernel without a notebook goes by its own name', () => {
  const textOf = createTexts(() => 'en');
  const incident = { kind: 'died', kernel: { ...kernel, sessions: [] } } as const;
  const at = { machineId: gpuMachine.id, serverId: 'nuvem-1' as ServerId };
  const told = kernelNotification({ ...at, incident }, 'GPU box', textOf);
  expect(told).toMatchObject({ title: 'Python 3: the kernel died', path: null });
});
