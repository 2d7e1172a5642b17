import type { LogCode, LogEntry } from '../../shared/model/log-entry';
import type { PromptAnswer, PromptId } from '../../shared/model/prompt';

/** What `transition` wants done; `Connection` does it. */
export type ConnectionEffect =
  | { readonly kind: 'startAttempt'; readonly attemptId: number }
  | { readonly kind: 'abortAttempt' }
  | { readonly kind: 'closeTransport' }
  | { readonly kind: 'scheduleRetry'; readonly attemptId: number; readonly delayMs: number }
  | { readonly kind: 'cancelRetry' }
  /** Asks the machine for a sign of life; none within the time is a loss. */
  | { readonly kind: 'probe'; readonly attemptId: number; readonly withinMs: number }
  /** Hands the answer to the attempt that waits for it. */
  | { readonly kind: 'deliverAnswer'; readonly answer: PromptAnswer }
  /** Keeps a password for the attempt that starts next. */
  | { readonly kind: 'holdPassword'; readonly secret: string; readonly isRemembered: boolean }
  /** Lets exactly the key of this prompt pass from now on. */
  | { readonly kind: 'acceptHostKey'; readonly promptId: PromptId }
  /** Lets the key of this fingerprint pass instead of the known one; it replaces that once it has worked. */
  | { readonly kind: 'acceptChangedHostKey'; readonly fingerprint: string }
  /** Drops all secrets and accepted keys held in memory. */
  | { readonly kind: 'forget' }
  | {
      readonly kind: 'log';
      readonly code: LogCode;
      readonly params: LogEntry['params'];
      readonly level: LogEntry['level'];
    };

export function logged(
  code: LogCode,
  params: LogEntry['params'] = {},
  level: LogEntry['level'] = 'info',
): ConnectionEffect {
  return { kind: 'log', code, params, level };
}
