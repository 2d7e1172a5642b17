import type { ErrorReport } from '../../shared/errors/app-error';
import type { DemoState, DemoStep } from '../../shared/model/demo';
import type { MachineId } from '../../shared/model/machine';
import { assertNever } from '../../shared/util/assert-never';

export type DemoEvent =
  | { readonly kind: 'startRequested' }
  | { readonly kind: 'progressed'; readonly step: DemoStep; readonly detail: string }
  | { readonly kind: 'opened'; readonly machineId: MachineId }
  | { readonly kind: 'failed'; readonly error: ErrorReport }
  /** `machineId`: the saved demo machine, if there is one. */
  | { readonly kind: 'cancelled'; readonly machineId: MachineId | null }
  | { readonly kind: 'machineSeen'; readonly machineId: MachineId | null };

/** The demo machine's next state; what does not fit the state it is in changes nothing. */
export function transition(state: DemoState, event: DemoEvent): DemoState {
  if (state.kind === 'unsupported') return state;
  switch (event.kind) {
    case 'startRequested':
      return state.kind === 'preparing' ? state : { kind: 'preparing', step: 'finding-python', detail: '' };
    case 'progressed':
      return state.kind === 'preparing'
        ? { kind: 'preparing', step: event.step, detail: event.detail }
        : state;
    case 'opened':
      return state.kind === 'preparing' ? { kind: 'ready', machineId: event.machineId } : state;
    case 'failed':
      return state.kind === 'preparing' ? { kind: 'failed', error: event.error } : state;
    case 'cancelled':
      return state.kind === 'preparing' ? restingState(event.machineId) : state;
    case 'machineSeen':
      return state.kind === 'preparing' || isSame(state, event.machineId)
        ? state
        : restingState(event.machineId);
    default:
      return assertNever(event);
  }
}

function restingState(machineId: MachineId | null): DemoState {
  return machineId === null ? { kind: 'absent' } : { kind: 'ready', machineId };
}

/** A failure is shown until the user acts, whether or not a machine came of it. */
function isSame(state: DemoState, machineId: MachineId | null): boolean {
  if (state.kind === 'failed') return true;
  return state.kind === 'ready' ? state.machineId === machineId : machineId === null;
}
