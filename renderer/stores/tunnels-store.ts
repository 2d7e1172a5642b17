import { createStore } from 'zustand/vanilla';
import type { MachineId } from '../../shared/model/machine';
import type { TunnelId } from '../../shared/model/tunnel';
import {
  idleActivity,
  type TunnelActivity,
  type TunnelMeasurement,
  type TunnelState,
  type TunnelsSnapshot,
} from '../../shared/model/tunnel-status';
import { nuvem } from '../api/nuvem';
import { type ByMachine, createMachineSnapshotStore, follow } from './snapshot-store';

/** Where the tunnels of each machine are. */
export const tunnelsStore = createMachineSnapshotStore<TunnelsSnapshot>();

/** One measurement of a tunnel. */
export interface RateSample {
  readonly atMs: number;
  readonly bytesUpPerSecond: number;
  readonly bytesDownPerSecond: number;
}

/** What was measured of a tunnel since the window opened. */
export interface TunnelMeasurements {
  readonly activity: TunnelActivity;
  /** The last minute, oldest first. */
  readonly samples: readonly RateSample[];
}

/** What goes through each tunnel. */
export const tunnelTrafficStore = createStore<Readonly<Record<TunnelId, TunnelMeasurements>>>(() => ({}));

export const keptForMs = 60_000;

/** Takes a measurement over, and forgets what is older than a minute. */
export function acceptMeasurement({ atMs, tunnels }: TunnelMeasurement): void {
  tunnelTrafficStore.setState((current) => ({
    ...current,
    ...Object.fromEntries(
      tunnels.map(({ tunnelId, activity }) => {
        const { bytesUpPerSecond, bytesDownPerSecond } = activity;
        const kept = (current[tunnelId]?.samples ?? []).filter((sample) => sample.atMs > atMs - keptForMs);
        return [tunnelId, { activity, samples: [...kept, { atMs, bytesUpPerSecond, bytesDownPerSecond }] }];
      }),
    ),
  }));
}

/** Starts feeding the stores. @throws AppError when the list can't be had */
export function followTunnels(): Promise<void> {
  nuvem.tunnels.measured(acceptMeasurement);
  return follow(nuvem.tunnels.changed, nuvem.tunnels.list, tunnelsStore.accept);
}

const unknown: Pick<TunnelsSnapshot, 'tunnels' | 'isLooking' | 'ports'> = {
  tunnels: [],
  isLooking: false,
  ports: null,
};
const off: TunnelState = { kind: 'off' };

/** What is known of a machine's tunnels; nothing for one that is new. */
export function tunnelsOf(
  tunnels: ByMachine<TunnelsSnapshot>,
  machineId: MachineId,
): Pick<TunnelsSnapshot, 'tunnels' | 'isLooking' | 'ports'> {
  return tunnels[machineId] ?? unknown;
}

/** Where one tunnel is, and what went through it when the window opened. */
export function statusOf(
  { tunnels }: Pick<TunnelsSnapshot, 'tunnels'>,
  tunnelId: TunnelId,
): { readonly state: TunnelState; readonly activity: TunnelActivity } {
  return tunnels.find((tunnel) => tunnel.tunnelId === tunnelId) ?? { state: off, activity: idleActivity };
}
