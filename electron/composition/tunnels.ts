import { randomUUID } from 'node:crypto';
import type { TunnelId } from '../../shared/model/tunnel';
import type { TunnelMeasurement, TunnelsSnapshot } from '../../shared/model/tunnel-status';
import type { AppLog } from '../desktop/log-file';
import type { MachineStore } from '../machines/machine-store';
import { systemClock } from '../system/clock';
import { TunnelService } from '../tunnel/tunnel-service';
import type { Remote } from './remote';

interface TunnelsDependencies {
  readonly machines: MachineStore;
  readonly remote: Remote;
  readonly log: AppLog;
  readonly onChanged: (snapshot: TunnelsSnapshot) => void;
  readonly onMeasured: (measurement: TunnelMeasurement) => void;
}

/** Makes the tunnels: this computer's ports in the network thread, the pool's connections. */
export function makeTunnels({
  machines,
  remote,
  log,
  onChanged,
  onMeasured,
}: TunnelsDependencies): TunnelService {
  return new TunnelService({
    machines,
    newId: () => randomUUID() as TunnelId,
    connections: remote.pool,
    clock: systemClock,
    log: remote.connectionLog,
    makeEnd: remote.network.makeTunnelEnd,
    onChanged,
    onMeasured,
    onSwitchNotSaved: (error) => log.warn("a tunnel's switch was not saved", error),
  });
}
