import type { ConnectionState } from '../../shared/model/connection';
import type { TextOf } from './texts';
import type { TrayModel } from './tray-menu';

/** What the icon shows at a glance; `trouble` needs the user or waits for the network. */
export type TrayMark = 'none' | 'connected' | 'trouble';

const troubles: readonly ConnectionState['kind'][] = ['awaitingHostKey', 'waitingToRetry'];

/** The worst that goes on with any machine. A connection that failed is over: it is no trouble that lasts. */
export function trayMark({ machines, stateOf }: TrayModel): TrayMark {
  const states = machines.map(({ id }) => stateOf(id));
  const isTrouble = (state: ConnectionState): boolean =>
    troubles.includes(state.kind) || (state.kind === 'authenticating' && state.prompt !== null);
  if (states.some(isTrouble)) return 'trouble';
  return states.some(({ kind }) => kind === 'ready') ? 'connected' : 'none';
}

/** How many machines are connected, what they cost, and how many notebook servers run on them. */
export function trayTooltip(model: TrayModel, textOf: TextOf): string {
  const connected = model.machines.filter(({ id }) => model.stateOf(id).kind === 'ready');
  const serverCount = connected.reduce((sum, { id }) => sum + model.serversOf(id).length, 0);
  const lines = [
    connected.length === 0
      ? textOf('tray.tooltip')
      : textOf('tray.tooltipConnected', { count: connected.length }),
    ...(model.cost === null ? [] : [textOf('tray.tooltipCost', model.cost)]),
    ...(serverCount > 0 ? [textOf('tray.tooltipServers', { count: serverCount })] : []),
  ];
  return lines.join('\n');
}
