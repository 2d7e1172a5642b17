import type { Machine } from '../../../shared/model/machine';
import { isExposedAddress, type Tunnel } from '../../../shared/model/tunnel';

export interface ExposedTunnel {
  readonly machine: Machine;
  readonly tunnel: Tunnel;
}

/** All tunnels of all machines that other computers can use while they are on. */
export function exposedTunnels(machines: readonly Machine[]): readonly ExposedTunnel[] {
  return machines.flatMap((machine) =>
    machine.tunnels
      .filter(({ forward }) => isExposedAddress(forward.listen))
      .map((tunnel) => ({ machine, tunnel })),
  );
}
