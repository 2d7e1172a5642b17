import { createStore } from 'zustand/vanilla';
import type { MachineId } from '../../shared/model/machine';
import type { MeterSample, MeterSnapshot, MeterState } from '../../shared/model/meter';
import { nuvem } from '../api/nuvem';
import { type ByMachine, createMachineSnapshotStore, follow } from './snapshot-store';

/** How busy each machine is that was looked at in this run. */
export const metersStore = createMachineSnapshotStore<MeterSnapshot>();

export const samplesKeptForMs = 120_000;

/** The samples of the last two minutes of each machine, oldest first. */
export const meterSamplesStore = createStore<Readonly<Record<MachineId, readonly MeterSample[]>>>(() => ({}));

/** Takes a machine's new sample over, and forgets those older than two minutes. */
export function acceptSample({ machineId, state }: MeterSnapshot): void {
  if (state.kind !== 'measuring') return;
  const { sample } = state;
  meterSamplesStore.setState((current) => {
    const kept = (current[machineId] ?? []).filter(
      ({ atMs }) => atMs > sample.atMs - samplesKeptForMs && atMs < sample.atMs,
    );
    return { ...current, [machineId]: [...kept, sample] };
  });
}

/** Starts feeding the stores. @throws AppError when the list can't be had */
export async function followMeters(): Promise<void> {
  nuvem.meters.changed(acceptSample);
  // The window before this one, if it was reloaded, may have looked.
  await nuvem.meters.look({ machineIds: [] });
  await follow(nuvem.meters.changed, nuvem.meters.list, metersStore.accept);
}

const off: MeterState = { kind: 'off' };

export const meterStateOf = (meters: ByMachine<MeterSnapshot>, machineId: MachineId): MeterState =>
  meters[machineId]?.state ?? off;
