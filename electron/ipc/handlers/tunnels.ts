import type { AppContract } from '../../../shared/contract/contract';
import type { HandlersOf } from '../../../shared/contract/define-contract';
import { browserAddress } from '../../../shared/model/tunnel-address';
import type { TunnelService } from '../../tunnel/tunnel-service';

interface TunnelsHandlersDependencies {
  readonly tunnels: TunnelService;
  /** The first free port of this computer from `from` on. */
  readonly freePort: (from: number) => Promise<number>;
  readonly openExternally: (url: string) => Promise<void>;
}

/** Connecting and opening go on after the answer: progress and failure are in the snapshots. */
export function tunnelsHandlers({
  tunnels,
  freePort,
  openExternally,
}: TunnelsHandlersDependencies): HandlersOf<AppContract>['tunnels'] {
  return {
    list: () => tunnels.snapshots(),
    save: ({ machineId, draft }) => tunnels.save(machineId, draft),
    remove: ({ machineId, tunnelId }) => tunnels.remove(machineId, tunnelId),
    turn: ({ machineId, tunnelId, isOn }) => tunnels.turn(machineId, tunnelId, isOn),
    look: ({ machineId }) => tunnels.look(machineId),
    freePort: ({ from }) => freePort(from),
    openInBrowser: async ({ machineId, tunnelId }) => {
      const url = browserAddress(tunnels.tunnel(machineId, tunnelId).forward);
      if (url !== null) await openExternally(url);
    },
  };
}
