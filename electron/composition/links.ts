import { isSaved, type MachineId } from '../../shared/model/machine';
import { findMachine } from '../control/find-machine';
import { readDeepLink } from '../desktop/deep-link';
import type { NoticeBoard } from '../desktop/notice-board';
import type { Offered } from '../desktop/offered';
import type { MachineStore } from '../machines/machine-store';

interface LinksDependencies {
  readonly machines: MachineStore;
  readonly notices: NoticeBoard;
  /** Addresses. */
  readonly offeredServer: Offered<string>;
  readonly showWindow: () => void;
  readonly connect: (machineId: MachineId) => void;
}

/**
 * Makes what opens the addresses that the desktop hands over. Only a saved machine is connected to at once; another
 * server is put into the connect box, for the user to press Enter or not.
 */
export function makeOpenLink(deps: LinksDependencies): (link: string) => void {
  return (text) => {
    const { machines, notices } = deps;
    const link = readDeepLink(text);
    deps.showWindow();
    if (link.kind === 'server') return deps.offeredServer.offer(link.address);
    if (link.kind === 'notUnderstood') return notices.post('warning', 'link-not-understood');
    const found = findMachine(machines.list().machines.filter(isSaved), link.machine);
    if (found.kind === 'found') deps.connect(found.value.id);
    else notices.post('warning', 'link-machine-unknown', { name: link.machine });
  };
}
