import type { MachineLink } from '../connection/machine-link';
import type { Transport } from '../connection/transport';

/**
 * A machine's link for pages that are open: who waits for the connection also waits while only the user can bring
 * it back. A page that is refused meanwhile tries again in ever longer pauses and gives up after some minutes, so
 * that its kernel would stay away when the user has long connected again.
 */
export function patientLink(link: MachineLink): MachineLink {
  return {
    machineId: link.machineId,
    state: () => link.state(),
    onStateChanged: (listener) => link.onStateChanged(listener),
    whenReady: (signal) => whenReady(link, signal),
  };
}

async function whenReady(link: MachineLink, signal?: AbortSignal): Promise<Transport> {
  for (;;) {
    await isReady(link, signal);
    try {
      return await link.whenReady(signal);
    } catch (error) {
      // Gone again since: there is more to wait for, unless nobody waits any more.
      if (signal?.aborted === true || link.state().kind === 'ready') throw error;
    }
  }
}

function isReady(link: MachineLink, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const check = (): void => {
      if (signal?.aborted === true) reject(signal.reason);
      else if (link.state().kind === 'ready') resolve();
      else return;
      forget();
      signal?.removeEventListener('abort', check);
    };
    const forget = link.onStateChanged(check);
    signal?.addEventListener('abort', check);
    check();
  });
}
