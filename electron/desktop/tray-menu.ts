import { type ConnectionState, canConnect, canDisconnect } from '../../shared/model/connection';
import type { Machine, MachineId } from '../../shared/model/machine';
import type { TextOf } from './texts';

export interface TrayModel {
  readonly machines: readonly Machine[];
  readonly stateOf: (machineId: MachineId) => ConnectionState;
}

export interface TrayActions {
  readonly show: () => void;
  readonly quit: () => void;
  readonly connect: (machineId: MachineId) => void;
  readonly openNotebook: (machineId: MachineId) => void;
  readonly disconnect: (machineId: MachineId) => void;
}

/** The part of Electron's `MenuItemConstructorOptions` that the tray's menu uses. */
export interface TrayMenuItem {
  readonly label?: string;
  readonly type?: 'separator';
  readonly enabled?: boolean;
  readonly click?: () => void;
  readonly submenu?: TrayMenuItem[];
}

/** More would fill the screen, and with thousands of them building the menu would stop the app for a minute. */
const mostMachines = 20;

/** The tray's menu: Show, the machines with what can be done with each, Quit. Of many machines, those most wanted. */
export function trayMenu(model: TrayModel, actions: TrayActions, textOf: TextOf): TrayMenuItem[] {
  const machines = machinesToOffer(model).map((machine) =>
    machineItem(machine, model.stateOf(machine.id), actions, textOf),
  );
  return [
    { label: textOf('tray.show'), click: actions.show },
    { type: 'separator' },
    ...(machines.length > 0 ? machines : [{ label: textOf('tray.noMachines'), enabled: false }]),
    { type: 'separator' },
    { label: textOf('tray.quit'), click: actions.quit },
  ];
}

export function trayTooltip(model: TrayModel, textOf: TextOf): string {
  const count = model.machines.filter((machine) => model.stateOf(machine.id).kind === 'ready').length;
  return count === 0 ? textOf('tray.tooltip') : textOf('tray.tooltipConnected', { count });
}

/** In the user's order; of too many first those that are connected or on the way, then the favourites. */
function machinesToOffer({ machines, stateOf }: TrayModel): readonly Machine[] {
  if (machines.length <= mostMachines) return machines;
  const isInUse = ({ id }: Machine): boolean => canDisconnect(stateOf(id));
  const inUse = machines.filter(isInUse);
  const favourites = machines.filter((machine) => machine.isFavourite && !inUse.includes(machine));
  const wanted = [...inUse, ...favourites].slice(0, mostMachines);
  const others = machines.slice(0, 2 * mostMachines).filter((machine) => !wanted.includes(machine));
  return [...wanted, ...others].slice(0, mostMachines);
}

function machineItem(
  machine: Machine,
  state: ConnectionState,
  actions: TrayActions,
  textOf: TextOf,
): TrayMenuItem {
  const status = textOf(`status.${state.kind}`);
  return {
    // In a menu a single `&` would mark the next letter as its shortcut.
    label: textOf('tray.machine', { name: machine.name, status }).replaceAll('&', '&&'),
    submenu: [
      { label: textOf('tray.connect'), enabled: canConnect(state), click: () => actions.connect(machine.id) },
      {
        label: textOf('tray.openNotebook'),
        enabled: state.kind !== 'closing',
        click: () => actions.openNotebook(machine.id),
      },
      {
        label: textOf('tray.disconnect'),
        enabled: canDisconnect(state),
        click: () => actions.disconnect(machine.id),
      },
    ],
  };
}
