import type { IdlePolicy } from '../../../shared/model/idle-policy';
import type { MachineId } from '../../../shared/model/machine';
import type { ServerId } from '../../../shared/model/notebook';
import { nuvem } from '../../api/nuvem';
import { showFailure } from '../../stores/notices-store';

interface OfServer {
  readonly machineId: MachineId;
  readonly serverId: ServerId;
}

/** Sets what happens to a server that nobody uses, from now on. */
export function setIdlePolicy(server: OfServer, policy: IdlePolicy): void {
  nuvem.idle.set({ ...server, policy }).catch(showFailure);
}

/** Lets its idle time begin anew. */
export function keepServer({ machineId, serverId }: OfServer): void {
  nuvem.idle.keep({ machineId, serverId }).catch(showFailure);
}
