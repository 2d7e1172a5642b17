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

/** The tray's menu: Show, the machines with what can be done with each, Quit. */
export function trayMenu(model: TrayModel, actions: TrayActions, textOf: TextOf): TrayMenuItem[] {
  const machines = model.machines.map((machine) =>
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
