import type { MachineId } from '../../../shared/model/machine';
import { nuvem } from '../../api/nuvem';
import { showFailure } from '../../stores/notices-store';

/** Looks for what the machine shows as web pages. */
export function lookForWebApps(machineId: MachineId): void {
  nuvem.webApps.look({ machineId }).catch(showFailure);
}

/** Opens a page of the machine in a tab. @throws AppError */
export async function openWebPage(machineId: MachineId, address: string, title = ''): Promise<void> {
  await nuvem.webApps.open({ machineId, address, title });
}
