import { canConnect } from '../../../shared/model/connection';
import { tunnelOfForward } from '../../../shared/model/forward-text';
import type { Machine, MachineId } from '../../../shared/model/machine';
import { nuvem } from '../../api/nuvem';
import { connectionStateOf, connectionsStore } from '../../stores/connections-store';
import { showFailure } from '../../stores/notices-store';
import { setSearch } from '../../stores/view-store';
import { connect } from '../connection/connection-actions';
import { showMachine } from '../machines/machine-actions';
import type { QuickTarget } from './quick-target';

/** Brings a machine to the front, connecting unless that is done or under way. */
export function connectTo(machineId: MachineId): void {
  setSearch('');
  showMachine(machineId);
  if (canConnect(connectionStateOf(connectionsStore.getState(), machineId))) connect(machineId);
}

/** Connects to a server that is not saved, and opens the tunnels that were typed with it. */
export async function quickConnect(
  { draft, forwards, hasKey }: QuickTarget,
  isSignInChosen: boolean,
): Promise<void> {
  try {
    const machine = await nuvem.machines.open({ draft, setsIdentity: hasKey || isSignInChosen });
    connectTo(machine.id);
    for (const forward of forwards) await openTunnel(machine, tunnelOfForward(forward));
  } catch (thrown) {
    showFailure(thrown);
  }
}

/** As `ssh -L` does at once; one that is there from an earlier time is turned on again. */
async function openTunnel(machine: Machine, draft: ReturnType<typeof tunnelOfForward>): Promise<void> {
  const { id: machineId, tunnels } = machine;
  const isSame = ({ forward }: typeof draft): boolean =>
    JSON.stringify(forward) === JSON.stringify(draft.forward);
  const tunnel = tunnels.find(isSame) ?? (await nuvem.tunnels.save({ machineId, draft }));
  if (!tunnel.isOn) await nuvem.tunnels.turn({ machineId, tunnelId: tunnel.id, isOn: true });
}
