import { AppError } from '../../shared/errors/app-error';
import type { MachineLink } from '../connection/machine-link';
import type { Clock } from '../system/clock';
import { JupyterRestClient } from './rest-client';
import type { RunningJupyter } from './runtime-file';

const checkEveryMs = 5_000;
const checkAgainMs = 1_000;
const refusalsThatCount = 2;

/**
 * Looks after a server whose page is open: calls `onGone` once when nobody answers at its address any more.
 * A connection that is away says nothing about the server; when it is back, the server is asked at once.
 * @returns stops watching
 */
export function watchServer(
  link: MachineLink,
  server: RunningJupyter,
  clock: Clock,
  onGone: () => void,
): () => void {
  let refusals = 0;
  let isChecking = false;
  let isStopped = false;
  let cancelTimer = clock.after(checkEveryMs, check);

  function check(): void {
    cancelTimer();
    if (isStopped || isChecking) return;
    if (link.state().kind !== 'ready') return;
    isChecking = true;
    void answers(link, server).then((answer) => {
      isChecking = false;
      if (isStopped) return;
      refusals = answer === 'refused' ? refusals + 1 : 0;
      if (refusals >= refusalsThatCount) {
        stop();
        onGone();
      } else {
        cancelTimer = clock.after(refusals > 0 ? checkAgainMs : checkEveryMs, check);
      }
    });
  }

  const forget = link.onStateChanged((state) => {
    if (state.kind === 'ready') check();
  });

  function stop(): void {
    isStopped = true;
    cancelTimer();
    forget();
  }
  return stop;
}

/** `unknown`: the question did not get as far as the server's address. */
async function answers(link: MachineLink, server: RunningJupyter): Promise<'yes' | 'refused' | 'unknown'> {
  try {
    const client = new JupyterRestClient(await link.whenReady(), server);
    await client.isOpenToUs();
    return 'yes';
  } catch (error) {
    return AppError.from(error).code === 'channel-refused' ? 'refused' : 'unknown';
  }
}
