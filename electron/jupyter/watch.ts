import { AppError } from '../../shared/errors/app-error';
import type { MachineLink } from '../connection/machine-link';
import type { Clock } from '../system/clock';
import { JupyterRestClient } from './rest-client';
import type { RunningJupyter } from './runtime-file';

const checkEveryMs = 5_000;
const checkAgainMs = 1_000;
const refusalsThatCount = 2;

/** What to expect of a server that is started again when it breaks down. */
export interface Renewal {
  /** Checks in a row, a second apart, after which it has gone for good. */
  readonly refusals: number;
  /** Another process answers at its address now. */
  readonly onRenewed: () => void;
}

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
  renewal: Renewal | null = null,
): () => void {
  const enough = renewal?.refusals ?? refusalsThatCount;
  let refusals = 0;
  let startedAt = '';
  let isChecking = false;
  let isStopped = false;
  let cancelTimer = clock.after(renewal === null ? checkEveryMs : 0, check);

  function check(): void {
    cancelTimer();
    if (isStopped || isChecking) return;
    if (link.state().kind !== 'ready') return;
    isChecking = true;
    void answers(link, server).then((answer) => {
      isChecking = false;
      if (isStopped) return;
      refusals = answer.kind === 'refused' ? refusals + 1 : 0;
      if (answer.kind === 'yes' && answer.startedAt !== '') {
        const isRenewed = startedAt !== '' && answer.startedAt !== startedAt;
        startedAt = answer.startedAt;
        if (isRenewed) renewal?.onRenewed();
      }
      if (isStopped) return;
      if (refusals >= enough) {
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

type Answer =
  | { readonly kind: 'yes'; readonly startedAt: string }
  | { readonly kind: 'refused' }
  /** The question did not get as far as the server's address. */
  | { readonly kind: 'unknown' };

async function answers(link: MachineLink, server: RunningJupyter): Promise<Answer> {
  try {
    const client = new JupyterRestClient(await link.whenReady(), server);
    return { kind: 'yes', startedAt: await client.startedAt() };
  } catch (error) {
    return { kind: AppError.from(error).code === 'channel-refused' ? 'refused' : 'unknown' };
  }
}
