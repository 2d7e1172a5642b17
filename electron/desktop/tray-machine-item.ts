import { type ConnectionState, canConnect, canDisconnect } from '../../shared/model/connection';
import type { Machine, MachineId } from '../../shared/model/machine';
import type { NotebookServer, ServerId } from '../../shared/model/notebook';
import { endText, type Tunnel, type TunnelId } from '../../shared/model/tunnel';
import { clientAddress } from '../../shared/model/tunnel-address';
import type { TextOf } from './texts';

/** The part of Electron's `MenuItemConstructorOptions` that the tray's menu uses. */
export interface TrayMenuItem {
  readonly label?: string;
  readonly type?: 'separator' | 'checkbox';
  readonly checked?: boolean;
  readonly enabled?: boolean;
  readonly click?: () => void;
  readonly submenu?: TrayMenuItem[];
}

export interface TrayMachineModel {
  readonly stateOf: (machineId: MachineId) => ConnectionState;
  /** Those that are known to run. */
  readonly serversOf: (machineId: MachineId) => readonly NotebookServer[];
}

export interface TrayMachineActions {
  readonly connect: (machineId: MachineId) => void;
  readonly openNotebook: (machineId: MachineId) => void;
  readonly openServer: (machineId: MachineId, serverId: ServerId) => void;
  readonly turnTunnel: (machineId: MachineId, tunnelId: TunnelId, isOn: boolean) => void;
  readonly disconnect: (machineId: MachineId) => void;
}

/** A machine with its state in words; below it what can be done with it, its servers and its tunnels. */
export function trayMachineItem(
  machine: Machine,
  { stateOf, serversOf }: TrayMachineModel,
  actions: TrayMachineActions,
  textOf: TextOf,
): TrayMenuItem {
  const { id, name, tunnels } = machine;
  const state = stateOf(id);
  const isPaused = state.kind === 'waitingToRetry' && state.nextTryAtMs === null;
  const status = textOf(`status.${isPaused ? 'paused' : state.kind}`);
  const servers = serversOf(id).filter(({ canOpen }) => canOpen);
  return {
    label: inMenu(textOf('tray.machine', { name, status })),
    submenu: [
      { label: textOf('tray.connect'), enabled: canConnect(state), click: () => actions.connect(id) },
      {
        label: textOf('tray.openNotebook'),
        enabled: state.kind !== 'closing',
        click: () => actions.openNotebook(id),
      },
      {
        label: textOf('tray.disconnect'),
        enabled: canDisconnect(state),
        click: () => actions.disconnect(id),
      },
      ...below(
        textOf('tray.servers'),
        servers.map(({ id: serverId, folder }) => ({
          label: inMenu(textOf('tray.openServer', { folder })),
          click: () => actions.openServer(id, serverId),
        })),
      ),
      ...below(
        textOf('tray.tunnels'),
        tunnels.map((tunnel) => ({
          type: 'checkbox' as const,
          label: inMenu(tunnelText(tunnel, textOf)),
          checked: tunnel.isOn,
          click: () => actions.turnTunnel(id, tunnel.id, !tunnel.isOn),
        })),
      ),
    ],
  };
}

function below(heading: string, items: readonly TrayMenuItem[]): TrayMenuItem[] {
  return items.length === 0 ? [] : [{ type: 'separator' }, { label: heading, enabled: false }, ...items];
}

function tunnelText({ name, forward }: Tunnel, textOf: TextOf): string {
  const target = forward.kind === 'dynamic' ? textOf('tray.socks') : endText(forward.target);
  return textOf('tray.tunnel', { name: name || target, address: clientAddress(forward) });
}

/** In a menu a single `&` would mark the next letter as its shortcut. */
const inMenu = (text: string): string => text.replaceAll('&', '&&');
