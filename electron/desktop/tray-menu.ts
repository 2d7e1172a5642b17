import { canDisconnect } from '../../shared/model/connection';
import type { Machine, MachineId } from '../../shared/model/machine';
import type { TextOf } from './texts';
import {
  type TrayMachineActions,
  type TrayMachineModel,
  type TrayMenuItem,
  trayMachineItem,
} from './tray-machine-item';

export interface TrayModel extends TrayMachineModel {
  readonly machines: readonly Machine[];
  /** Those that were connected last, the last one first. */
  readonly recentIds: readonly MachineId[];
  /** What the user's instances and clusters at AWS cost, in words; null: nothing that is known. */
  readonly cost: { readonly perHour: string; readonly soFar: string } | null;
  /** Reconnecting is paused. */
  readonly isPaused: boolean;
}

export interface TrayActions extends TrayMachineActions {
  readonly show: () => void;
  readonly quit: () => void;
  readonly setPaused: (isPaused: boolean) => void;
}

/** So many are shown as they are; of more, those that are most wanted. */
const mostUnsorted = 8;
const mostInSection = { inUse: 20, favourites: 12, recent: 6 } as const;
/** More would fill the screen, and with thousands of them building the menu would stop the app for a minute. */
const mostOfAll = 50;

const separator: TrayMenuItem = { type: 'separator' };

/** The tray's menu: Show, the machines with what can be done with each, Pause reconnecting, Quit. */
export function trayMenu(model: TrayModel, actions: TrayActions, textOf: TextOf): TrayMenuItem[] {
  const { isPaused } = model;
  const pause: TrayMenuItem = {
    type: 'checkbox',
    label: textOf('tray.pauseReconnecting'),
    checked: isPaused,
    click: () => actions.setPaused(!isPaused),
  };
  return [
    { label: textOf('tray.show'), click: actions.show },
    separator,
    ...machineItems(model, actions, textOf),
    separator,
    ...(model.machines.length > 0 ? [pause] : []),
    { label: textOf('tray.quit'), click: actions.quit },
  ];
}

function machineItems(model: TrayModel, actions: TrayActions, textOf: TextOf): TrayMenuItem[] {
  const { machines } = model;
  const itemOf = (machine: Machine) => trayMachineItem(machine, model, actions, textOf);
  if (machines.length === 0) return [{ label: textOf('tray.noMachines'), enabled: false }];
  if (machines.length <= mostUnsorted) return machines.map(itemOf);
  const sections = wantedMachines(model)
    .filter(({ members }) => members.length > 0)
    .flatMap(({ section, members }) => [
      { label: textOf(`tray.${section}`), enabled: false },
      ...members.map(itemOf),
      separator,
    ]);
  const more = { label: textOf('tray.more'), click: actions.show };
  const all = [
    ...machines.slice(0, mostOfAll).map(itemOf),
    ...(machines.length > mostOfAll ? [separator, more] : []),
  ];
  return [...sections, { label: textOf('tray.allMachines'), submenu: all }];
}

/** Each machine in the first section that it belongs to. */
function wantedMachines({ machines, recentIds, stateOf }: TrayModel) {
  const inUse = machines.filter(({ id }) => canDisconnect(stateOf(id)));
  const favourites = machines.filter((machine) => machine.isFavourite && !inUse.includes(machine));
  const shown = new Set([...inUse, ...favourites]);
  const byId = new Map(machines.map((machine) => [machine.id, machine]));
  const recent = recentIds.flatMap((id) => byId.get(id) ?? []).filter((machine) => !shown.has(machine));
  return [
    { section: 'inUse', members: inUse.slice(0, mostInSection.inUse) },
    { section: 'favourites', members: favourites.slice(0, mostInSection.favourites) },
    { section: 'recent', members: recent.slice(0, mostInSection.recent) },
  ] as const;
}
