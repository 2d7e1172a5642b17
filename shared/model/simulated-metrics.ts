import {
  type MetricName,
  type MetricPoint,
  type MetricReading,
  type MetricResource,
  type MetricSource,
  metricTraits,
} from './metric';
import type { MetricWindow } from './metric-window';

/** Resources that are nowhere, to learn with: no value of theirs was ever measured. */
export const simulatedResources: Readonly<Record<MetricSource, readonly MetricResource[]>> = {
  emr: [
    { id: 'j-SIMULATEDBUSY', name: 'simulated-busy' },
    { id: 'j-SIMULATEDIDLE', name: 'simulated-idle' },
  ],
  s3: [
    { id: 'simulated-growing', name: '' },
    { id: 'simulated-archive', name: '' },
  ],
  athena: [
    { id: 'simulated-reports', name: '' },
    { id: 'simulated-exploration', name: '' },
  ],
  ec2: [
    { id: 'i-simulated0busy', name: 'simulated-busy' },
    { id: 'i-simulated0idle', name: 'simulated-idle' },
  ],
};

/**
 * Invented values of a metric: the same for the same window at every call, and more by day than by night (UTC). The
 * first resource of a service is busier than the second. What happens within a period is each metric's own.
 */
export function simulatedReading(
  metric: MetricName,
  resourceIds: readonly string[],
  window: MetricWindow,
): MetricReading {
  const { source } = metricTraits(metric);
  const known = simulatedResources[source];
  const series = known
    .filter(({ id }) => resourceIds.includes(id))
    .map(({ id }) => ({ resourceId: id, points: pointsOf(metric, known[0]?.id === id, window) }));
  return { metric, ...window, series };
}

function pointsOf(
  metric: MetricName,
  isBusy: boolean,
  { fromMs, untilMs, periodMs }: MetricWindow,
): readonly MetricPoint[] {
  const points: MetricPoint[] = [];
  for (let atMs = fromMs; atMs < untilMs; atMs += periodMs) {
    const value = valueAt(metric, load(atMs, periodMs, isBusy), atMs, periodMs, isBusy);
    points.push({ atMs, value: Math.round(value * 1000) / 1000 });
  }
  return points;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** How busy it is, from 0 to 1: none at all in some periods, most in the early afternoon. */
function load(atMs: number, periodMs: number, isBusy: boolean): number {
  const hour = (atMs % dayMs) / hourMs;
  const byDay = periodMs >= dayMs ? 0.5 : 0.5 - 0.5 * Math.cos(((hour - 2) / 24) * 2 * Math.PI);
  const share = (isBusy ? 0.95 : 0.35) * byDay + 0.35 * (noise(atMs / periodMs, isBusy ? 1 : 2) - 0.5);
  return Math.min(1, Math.max(0, share));
}

/** From 0 to 1, seemingly at random: a mixing of the number's bits (Steele and others, SplitMix). */
function noise(index: number, seed: number): number {
  let bits = (Math.floor(index) * 0x9e3779b9 + seed * 0x85ebca6b) | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x21f0aaad);
  bits = Math.imul(bits ^ (bits >>> 15), 0x735a2d97);
  return ((bits ^ (bits >>> 15)) >>> 0) / 2 ** 32;
}

const flagMs = 300_000;
const spellMs = 30 * 60_000;

/** The average of the flags that EMR tells every five minutes; work and rest come in spells of half an hour. */
function idleShare(atMs: number, periodMs: number, isBusy: boolean): number {
  const flags = Math.max(1, Math.round(periodMs / flagMs));
  let idle = 0;
  for (let index = 0; index < flags; index += 1) {
    const spell = Math.floor((atMs + index * flagMs) / spellMs) * spellMs;
    if (load(spell, spellMs, isBusy) < 0.15) idle += 1;
  }
  return idle / flags;
}

function valueAt(metric: MetricName, share: number, atMs: number, periodMs: number, isBusy: boolean): number {
  const days = atMs / dayMs;
  const growth = isBusy ? 1.004 ** (days % 365) : 1;
  switch (metric) {
    case 'IsIdle':
      return idleShare(atMs, periodMs, isBusy);
    case 'AppsRunning':
      return Math.round(share * 4);
    case 'AppsPending':
      return Math.round(Math.max(0, share - 0.7) * 10);
    case 'AppsCompleted':
      return Math.floor((days % 30) * (isBusy ? 40 : 6));
    case 'AppsFailed':
      return Math.floor((days % 30) * (isBusy ? 1.5 : 0.3));
    case 'ContainerAllocated':
      return Math.round(share * 24);
    case 'ContainerPending':
      return Math.round(Math.max(0, share - 0.75) * 40);
    case 'YARNMemoryAvailablePercentage':
      return 100 - share * 92;
    case 'MemoryAllocatedMB':
      return Math.round(share * 24) * 1024;
    case 'MRActiveNodes':
      return isBusy ? 4 : 2;
    case 'HDFSUtilization':
      return 20 + share * 30;
    case 'NumberOfObjects':
      return Math.round((isBusy ? 12_000 : 480_000) * growth);
    case 'BucketSizeBytes':
      return Math.round((isBusy ? 40e9 : 900e9) * growth);
    case 'EngineExecutionTime':
      return share * periodMs * (isBusy ? 1.6 : 0.4);
    case 'TotalExecutionTime':
      return share * periodMs * (isBusy ? 1.9 : 0.45);
    case 'QueryQueueTime':
      return Math.max(0, share - 0.5) * 4000;
    case 'ProcessedBytes':
      return Math.round(share * 40e6 * (periodMs / 60_000));
    case 'CPUUtilization':
      return 2 + share * 96;
    case 'NetworkIn':
      return Math.round(share * 30e6 * (periodMs / 60_000));
    case 'NetworkOut':
      return Math.round(share * 8e6 * (periodMs / 60_000));
  }
}
