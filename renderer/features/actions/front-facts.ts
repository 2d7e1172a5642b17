import { type ActionFacts, tabFacts } from '../../../shared/model/action';
import { canConnect } from '../../../shared/model/connection';
import type { Machine } from '../../../shared/model/machine';
import { connectionStateOf, connectionsStore } from '../../stores/connections-store';
import { demoStore } from '../../stores/demo-store';
import { findMachine, machinesStore } from '../../stores/machines-store';
import { reconnectingStore } from '../../stores/reconnecting-store';
import { tabsStore } from '../../stores/tabs-store';
import { viewStore } from '../../stores/view-store';
import { shownMachine } from '../machines/machine-selection';

/** What is in front of the user now, as far as actions depend on it. */
export function frontFacts(): ActionFacts {
  const { isPaused } = reconnectingStore.getState();
  const facts = { ...tabFacts(tabsStore.getState()), isPaused };
  const machine = machineInFront();
  if (machine === undefined) return { ...facts, machine: 'none' };
  const isIdle = canConnect(connectionStateOf(connectionsStore.getState(), machine.id));
  return { ...facts, machine: isIdle ? 'idle' : 'connected' };
}

/** The machine whose page, or one of whose tabs, is in front. */
export function machineInFront(): Machine | undefined {
  const { tabs, activeTabId } = tabsStore.getState();
  const list = machinesStore.getState();
  const tab = tabs.find(({ id }) => id === activeTabId);
  if (tab !== undefined) return findMachine(list, tab.machineId);
  const { selected } = viewStore.getState();
  if (selected.kind === 'demo') {
    const { state } = demoStore.getState();
    return state.kind === 'ready' ? findMachine(list, state.machineId) : undefined;
  }
  const isOfMachines = selected.kind === 'machine' || selected.kind === 'none';
  return isOfMachines ? shownMachine(list.machines, selected) : undefined;
}
