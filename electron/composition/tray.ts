import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { sumOf } from '../../shared/model/costs';
import type { MachineId } from '../../shared/model/machine';
import { dollars } from '../../shared/util/dollars';
import type { CostWatch } from '../aws/costs/cost-watch';
import type { ConnectionPool } from '../connection/connection-pool';
import type { TextOf } from '../desktop/texts';
import { AppTray } from '../desktop/tray';
import type { TrayModel } from '../desktop/tray-menu';
import { hasTray } from '../desktop/tray-presence';
import type { NotebookService } from '../jupyter/notebook-service';
import type { MachineStore } from '../machines/machine-store';
import type { RecentMachines } from '../machines/recent-machines';
import { systemClock } from '../system/clock';
import type { TunnelService } from '../tunnel/tunnel-service';

interface TrayDependencies {
  readonly machines: MachineStore;
  readonly recentMachines: RecentMachines;
  readonly pool: ConnectionPool;
  readonly notebooks: NotebookService;
  readonly tunnels: TunnelService;
  readonly costs: Pick<CostWatch, 'snapshot'>;
  readonly language: () => string;
  readonly textOf: TextOf;
  readonly showWindow: () => void;
  readonly quit: () => void;
  readonly setPaused: (isPaused: boolean) => void;
  /** For work whose failure the user sees elsewhere, in a snapshot. */
  readonly startInBackground: (work: Promise<void>) => void;
  /** What can't be done although it was asked for. */
  readonly tellFailure: (error: unknown) => void;
}

/** Sums of cents that grow. */
const costsEveryMs = 60_000;

/** Puts Nuvem into the system's tray. */
export function makeTray(deps: TrayDependencies): AppTray {
  const { machines, pool, notebooks, tunnels, showWindow, startInBackground } = deps;
  /** May ask for a host key or a secret, and only the window can. */
  const inWindow =
    <Args extends readonly [MachineId, ...unknown[]]>(act: (...args: Args) => void) =>
    (...args: Args): void => {
      showWindow();
      act(...args);
    };
  const tray: AppTray = new AppTray({
    model: () => ({
      machines: machines.list().machines,
      recentIds: deps.recentMachines.snapshot().machineIds,
      stateOf: (machineId) => pool.link(machineId).state(),
      serversOf: (machineId) => notebooks.snapshotOf(machineId)?.servers ?? [],
      cost: costTexts(deps.costs, deps.language()),
      isPaused: pool.isPaused,
    }),
    actions: {
      show: showWindow,
      quit: deps.quit,
      setPaused: deps.setPaused,
      connect: inWindow((machineId) => pool.connect(machineId)),
      openNotebook: inWindow((machineId) => startInBackground(notebooks.openOrStart(machineId))),
      openServer: inWindow((machineId, serverId) => startInBackground(notebooks.open(machineId, serverId))),
      turnTunnel: (machineId, tunnelId, isOn) => {
        if (isOn) showWindow();
        try {
          tunnels.turn(machineId, tunnelId, isOn);
        } catch (error) {
          deps.tellFailure(error);
        }
      },
      disconnect: (machineId) => pool.disconnect(machineId),
    },
    textOf: deps.textOf,
  });
  const count = (): void => {
    if (deps.costs.snapshot().items.length > 0) tray.refreshTooltip();
    systemClock.after(costsEveryMs, count);
  };
  systemClock.after(costsEveryMs, count);
  return tray;
}

function costTexts(costs: Pick<CostWatch, 'snapshot'>, language: string): TrayModel['cost'] {
  const total = sumOf(costs.snapshot().items, systemClock.nowMs());
  if (total === null) return null;
  return { perHour: dollars(total.usdPerHour, language), soFar: dollars(total.usdSoFar, language) };
}

/** Whether this desktop shows tray icons now. */
export const findTray = (): Promise<boolean> =>
  hasTray(
    process.platform,
    async (program, args) => (await promisify(execFile)(program, args, { timeout: 2500 })).stdout,
  );
