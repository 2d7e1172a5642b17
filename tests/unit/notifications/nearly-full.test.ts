import { expect, test } from 'vitest';
import { NearlyFull } from '../../../electron/notifications/nearly-full';
import type { MeterSample } from '../../../shared/model/meter';

const sample = (part: Partial<MeterSample>): MeterSample => ({
  ...{ atMs: 0, cpu: null, memory: null, swap: null, load: null, disks: [], gpus: [], kernels: [] },
  ...part,
});
const memory = (percent: number) =>
  sample({ memory: { usedBytes: percent, totalBytes: 100, isLimited: false } });

test('memory that is nearly full is told once, and again only after there was room', () => {
  const nearlyFull = new NearlyFull();
  const told = [50, 91, 92, 99, 88, 95, 84, 93].map((percent) => nearlyFull.learn(memory(percent)).length);
  expect(told).toEqual([0, 0, 1, 0, 0, 0, 0, 1]);
});

test('each disk and each GPU is told by itself; what a machine does not tell is never full', () => {
  const nearlyFull = new NearlyFull();
  const gpu = (index: number, usedBytes: number | null) => ({
    ...{ index, name: 'A100', busyShare: null, temperatureCelsius: null },
    memory: usedBytes === null ? null : { usedBytes, totalBytes: 100 },
  });
  const full = nearlyFull.learn(
    sample({
      disks: [
        { path: '/home', usedBytes: 97, availableBytes: 3 },
        { path: '/data', usedBytes: 9, availableBytes: 1 },
      ],
      gpus: [gpu(0, 50), gpu(1, 99), gpu(2, null)],
    }),
  );
  expect(full).toEqual([
    { kind: 'disk', place: '/home', usedBytes: 97, totalBytes: 100 },
    { kind: 'gpu', place: '1 (A100)', usedBytes: 99, totalBytes: 100 },
  ]);
  expect(nearlyFull.learn(sample({}))).toEqual([]);
});
