import type { MachineId } from '../../shared/model/machine';
import type { WebAppsSnapshot } from '../../shared/model/web-app';
import { nuvem } from '../api/nuvem';
import { type ByMachine, createMachineSnapshotStore, follow } from './snapshot-store';

/** What was found on each machine that shows itself as a web page. */
export const webAppsStore = createMachineSnapshotStore<WebAppsSnapshot>();

/** Starts feeding the store. @throws AppError when the list can't be had */
export const followWebApps = (): Promise<void> =>
  follow(nuvem.webApps.changed, nuvem.webApps.list, webAppsStore.accept);

const unknown: Pick<WebAppsSnapshot, 'isLooking' | 'apps'> = { isLooking: false, apps: null };

/** What is known of a machine's web pages; nothing for one that was not asked. */
export function webAppsOf(
  webApps: ByMachine<WebAppsSnapshot>,
  machineId: MachineId,
): Pick<WebAppsSnapshot, 'isLooking' | 'apps'> {
  return webApps[machineId] ?? unknown;
}
