import type { Page } from '@playwright/test';
import type { ConnectionState } from '../../../shared/model/connection';
import type { MeterSample, MeterState } from '../../../shared/model/meter';
import { gpuMachine, report } from '../samples';
import type {} from './preload';
import type { Scene } from './scene';

const ready: ConnectionState = { kind: 'ready', sinceMs: Date.UTC(2026, 2, 4, 12, 30) };
const gibibyte = 1024 ** 3;

const gpu = (index: number, busyShare: number | null, usedGibibytes: number) => ({
  index,
  name: 'NVIDIA A100-SXM4-40GB',
  busyShare,
  memory: { usedBytes: usedGibibytes * gibibyte, totalBytes: 40 * gibibyte },
  temperatureCelsius: 51 + index,
});

/** A busy machine with two GPUs, that second after it was first measured. */
export const sampleAt = (second: number): MeterSample => ({
  atMs: Date.UTC(2026, 2, 4, 12, 30, second),
  cpu: { busyShare: 0.5 + 0.45 * Math.sin(second / 9), coreCount: 16, isLimited: false },
  memory: { usedBytes: (20 + second / 6) * gibibyte, totalBytes: 64 * gibibyte, isLimited: false },
  swap: { usedBytes: 0.4 * gibibyte, totalBytes: 8 * gibibyte },
  load: [7.91, 5.2, 2.04],
  disks: [
    { path: '/', usedBytes: 31 * gibibyte, availableBytes: 67 * gibibyte },
    { path: '/mnt/datasets/medical-imaging', usedBytes: 9300 * gibibyte, availableBytes: 240 * gibibyte },
  ],
  gpus: [gpu(0, Math.abs(Math.sin(second / 14)), 38.2), gpu(1, null, 0.3)],
  kernels: [],
});

/** A container on a system of which not all is known. */
const poorSample: MeterSample = {
  atMs: 0,
  cpu: { busyShare: null, coreCount: 1.5, isLimited: true },
  memory: null,
  swap: null,
  load: null,
  disks: [],
  gpus: [],
  kernels: [],
};

async function showMeter(page: Page, states: readonly MeterState[]): Promise<void> {
  await page.evaluate(
    ([machine, state, list]) => {
      window.fakeMain.setMachines([machine]);
      window.fakeMain.setConnection(machine.id, state);
      for (const each of list) window.fakeMain.setMeter(machine.id, each);
    },
    [gpuMachine, ready, states] as const,
  );
  await page.locator('#meter-title').waitFor();
}

/** The meter of a machine. */
export const meterScenes: readonly Scene[] = [
  {
    name: 'meter',
    show: (page) =>
      showMeter(
        page,
        Array.from({ length: 60 }, (_, index) => ({ kind: 'measuring', sample: sampleAt(index * 2) })),
      ),
  },
  {
    name: 'meter-in-container',
    show: (page) => showMeter(page, [{ kind: 'measuring', sample: poorSample }]),
  },
  {
    name: 'meter-failed',
    show: (page) =>
      showMeter(page, [
        {
          kind: 'failed',
          error: report('remote-shell-unsupported', {}, ['This account is for backups only.']),
        },
      ]),
  },
];
