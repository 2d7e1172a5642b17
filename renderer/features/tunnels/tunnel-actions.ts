import type { MachineId } from '../../../shared/model/machine';
import type { Tunnel, TunnelDraft, TunnelId } from '../../../shared/model/tunnel';
import type { ListeningPort } from '../../../shared/model/tunnel-status';
import { nuvem } from '../../api/nuvem';
import { showFailure } from '../../stores/notices-store';
import { serviceName } from './suggested-ports';

/** Turns a tunnel on or off; on again means: try again. */
export function turnTunnel(machineId: MachineId, tunnelId: TunnelId, isOn: boolean): void {
  nuvem.tunnels.turn({ machineId, tunnelId, isOn }).catch(showFailure);
}

/** Saves a tunnel, and turns a new one on if asked to. @throws AppError */
export async function saveTunnel(
  machineId: MachineId,
  draft: TunnelDraft,
  isTurnedOn: boolean,
): Promise<void> {
  const { id } = await nuvem.tunnels.save({ machineId, draft });
  if (isTurnedOn) await nuvem.tunnels.turn({ machineId, tunnelId: id, isOn: true });
}

export function removeTunnel(machineId: MachineId, tunnelId: TunnelId): void {
  nuvem.tunnels.remove({ machineId, tunnelId }).catch(showFailure);
}

export function openInBrowser(machineId: MachineId, tunnelId: TunnelId): void {
  nuvem.tunnels.openInBrowser({ machineId, tunnelId }).catch(showFailure);
}

/** Looks for ports of the machine that something listens on. */
export function lookForPorts(machineId: MachineId): void {
  nuvem.tunnels.look({ machineId }).catch(showFailure);
}

/** Moves a tunnel to another port of its own; one that is on goes on there. */
export function moveToPort(machineId: MachineId, tunnel: Tunnel, port: number): void {
  const { isOn, ...draft } = tunnel;
  if (draft.forward.listen.kind !== 'tcp') return;
  const listen = { ...draft.forward.listen, port };
  saveTunnel(machineId, { ...draft, forward: { ...draft.forward, listen } as Tunnel['forward'] }, false)
    .then(() => isOn && turnTunnel(machineId, tunnel.id, true))
    .catch(showFailure);
}

/** Opens a port of the machine on this computer, under the same number if it is free. */
export function openPort(machineId: MachineId, { port, host, process }: ListeningPort): void {
  nuvem.tunnels
    .freePort({ from: Math.max(port, 1024) })
    .then((ownPort) =>
      saveTunnel(
        machineId,
        {
          id: null,
          name: serviceName(port) ?? process,
          forward: {
            kind: 'local',
            listen: { kind: 'tcp', address: '127.0.0.1', port: ownPort },
            target: { kind: 'tcp', host, port },
          },
          isExposed: false,
          startsWith: 'connection',
          whileAway: 'wait',
        },
        true,
      ),
    )
    .catch(showFailure);
}
