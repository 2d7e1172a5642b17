import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { MachineId } from '../../../shared/model/machine';
import type { DiskUse, GpuUse, MeterSample } from '../../../shared/model/meter';
import { meterSamplesStore } from '../../stores/meters-store';
import { binaryText } from './binary-text';
import { Gauge } from './gauge';
import styles from './meter.module.css';

interface GaugesProps {
  readonly machineId: MachineId;
  readonly sample: MeterSample;
}

const almostFullFrom = 0.9;
const none: readonly MeterSample[] = [];

/** All that is measured of a machine, each by its value and its last two minutes. */
export function Gauges({ machineId, sample }: GaugesProps) {
  const { t, i18n } = useTranslation();
  const samples = useStore(meterSamplesStore, (all) => all[machineId] ?? none);
  const amount = (bytes: number) => binaryText(i18n.language, bytes);
  const number = (value: number, digits = 0) =>
    new Intl.NumberFormat(i18n.language, {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    }).format(value);
  const percent = (share: number | null | undefined) =>
    typeof share === 'number'
      ? new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 0 }).format(share)
      : t('meter.unknown');
  const historyOf = (name: string, shareOf: (sample: MeterSample) => number | null | undefined) => ({
    label: t('meter.chart', { name }),
    points: samples.flatMap((each) => {
      const share = shareOf(each);
      return typeof share === 'number' ? [{ atMs: each.atMs, value: share }] : [];
    }),
  });

  const { cpu, memory, swap, load } = sample;
  const hasLowMemory = memory !== null && memory.usedBytes >= almostFullFrom * memory.totalBytes;
  const gpuGauge = (gpu: GpuUse) => {
    const name = t('meter.gpu', { index: gpu.index });
    const { memory: own, temperatureCelsius } = gpu;
    return (
      <Gauge
        key={`gpu ${gpu.index}`}
        name={`${name} · ${gpu.name}`}
        value={percent(gpu.busyShare)}
        history={historyOf(name, ({ gpus }) => gpus.find(({ index }) => index === gpu.index)?.busyShare)}
        facts={[
          own && t('meter.gpuMemory', { used: amount(own.usedBytes), total: amount(own.totalBytes) }),
          temperatureCelsius !== null && t('meter.celsius', { degrees: number(temperatureCelsius) }),
        ]}
        warning={own && own.usedBytes >= almostFullFrom * own.totalBytes ? t('meter.memoryAlmostFull') : null}
      />
    );
  };
  const diskGauge = ({ path, usedBytes, availableBytes }: DiskUse) => {
    const share = usedBytes / Math.max(1, usedBytes + availableBytes);
    return (
      <Gauge
        key={`disk ${path}`}
        name={t('meter.disk', { path })}
        value={percent(share)}
        share={share}
        facts={[t('meter.free', { free: amount(availableBytes) })]}
        warning={share >= almostFullFrom ? t('meter.almostFull') : null}
      />
    );
  };

  return (
    <div className={styles.gauges}>
      <Gauge
        name={t('meter.cpu')}
        value={percent(cpu?.busyShare)}
        history={historyOf(t('meter.cpu'), (each) => each.cpu?.busyShare)}
        facts={[
          cpu &&
            t('meter.cores', {
              count: cpu.coreCount,
              number: number(cpu.coreCount, coreDigits(cpu.coreCount)),
            }),
          cpu?.isLimited === true && t('meter.limited'),
          load &&
            t('meter.load', {
              one: number(load[0], 2),
              five: number(load[1], 2),
              fifteen: number(load[2], 2),
            }),
        ]}
      />
      <Gauge
        name={t('meter.memory')}
        value={percent(memory && memory.usedBytes / memory.totalBytes)}
        history={historyOf(t('meter.memory'), (each) =>
          each.memory ? each.memory.usedBytes / each.memory.totalBytes : null,
        )}
        facts={[
          memory && t('meter.ofTotal', { used: amount(memory.usedBytes), total: amount(memory.totalBytes) }),
          memory?.isLimited === true && t('meter.limited'),
          swap && t('meter.swap', { used: amount(swap.usedBytes), total: amount(swap.totalBytes) }),
        ]}
        warning={hasLowMemory ? t('meter.almostFull') : null}
      />
      {sample.disks.map(diskGauge)}
      {sample.gpus.map(gpuGauge)}
    </div>
  );
}

/** A container may use half a core. */
const coreDigits = (count: number): number => (Number.isInteger(count) ? 0 : 1);
