import { tunnelOfForward } from '../../../shared/model/forward-text';
import {
  type GroupId,
  isSaved,
  type Machine,
  type MachineDraft,
  type MachineId,
} from '../../../shared/model/machine';
import { nuvem } from '../../api/nuvem';
import { findMachine, machinesStore } from '../../stores/machines-store';
import { offerRestore, showFailure } from '../../stores/notices-store';
import { closeDialog, selectMachine, viewStore } from '../../stores/view-store';
import type { MachineForm } from './machine-form';
import { machineAfterRemoval } from './machine-selection';

/**
 * Saves and shows the machine, and makes the tunnels of a pasted command. `keeps`: also one that was not saved; else
 * it stays so. @throws AppError
 */
export async function saveMachine(
  draft: MachineDraft,
  { forwards, isProxyLineTyped }: Pick<MachineForm, 'forwards' | 'isProxyLineTyped'>,
  keeps = true,
): Promise<void> {
  const machine = await saved(draft, keeps);
  const { id: machineId } = machine;
  const isTyped = isProxyLineTyped && draft.route.proxy?.kind === 'command';
  // The machine is saved: what fails from here on is told beside it.
  try {
    if (isTyped) await nuvem.connections.confirmCommand({ machineId });
    for (const forward of forwards) await nuvem.tunnels.save({ machineId, draft: tunnelOfForward(forward) });
  } catch (thrown) {
    showFailure(thrown);
  }
  closeDialog();
  selectMachine(machine.id);
}

function saved(draft: MachineDraft, keeps: boolean): Promise<Machine> {
  const { id } = draft;
  const known = id === null ? undefined : findMachine(machinesStore.getState(), id);
  return keeps && id !== null && known !== undefined && !isSaved(known)
    ? nuvem.machines.keep({ ...draft, id })
    : nuvem.machines.save(draft);
}

/** Brings a machine's page to the front. */
export function showMachine(machineId: MachineId): void {
  selectMachine(machineId);
  nuvem.tabs.activate({ tabId: null }).catch(showFailure);
}

/** Makes a copy and shows it. */
export function duplicateMachine(machineId: MachineId): void {
  nuvem.machines
    .duplicate({ machineId })
    .then((copy) => selectMachine(copy.id))
    .catch(showFailure);
}

/** Removes machines, shows a neighbour instead and offers to undo it. */
export function removeMachines(removed: readonly Machine[]): void {
  const machineIds = removed.map(({ id }) => id);
  const neighbour = machineAfterRemoval(machinesStore.getState().machines, machineIds);
  nuvem.machines
    .remove({ machineIds })
    .then(() => {
      const { selected } = viewStore.getState();
      if (neighbour && selected.kind === 'machine' && machineIds.includes(selected.machineId))
        selectMachine(neighbour.id);
      offerRestore(removed);
    })
    .catch(showFailure);
}

/** Brings removed machines back and shows the first. */
export function restoreMachines(machineIds: readonly MachineId[]): void {
  nuvem.machines
    .restore({ machineIds })
    .then(() => machineIds[0] && selectMachine(machineIds[0]))
    .catch(showFailure);
}

/** Brings a removed group back, with what is still where it left it. */
export function restoreGroup(groupId: GroupId): void {
  nuvem.groups.restore({ groupId }).catch(showFailure);
}
