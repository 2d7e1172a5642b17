import { z } from 'zod';
import { ErrorReport } from '../errors/app-error';
import { assertNever } from '../util/assert-never';
import { MachineId } from './machine';
import { AttemptPrompt, HostKeyPrompt } from './prompt';

/** Where a connection is. Times are milliseconds since the epoch. */
export const ConnectionState = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('idle') }),
  z.strictObject({ kind: z.literal('connecting'), isReconnect: z.boolean() }),
  z.strictObject({ kind: z.literal('awaitingHostKey'), prompt: HostKeyPrompt }),
  z.strictObject({
    kind: z.literal('authenticating'),
    isReconnect: z.boolean(),
    /** Null: nothing to ask now. */
    prompt: AttemptPrompt.nullable(),
  }),
  z.strictObject({ kind: z.literal('ready'), sinceMs: z.number() }),
  z.strictObject({
    kind: z.literal('waitingToRetry'),
    /** 1 for the first retry after the loss. */
    retryNumber: z.number().int(),
    /** Null: the user has paused reconnecting. */
    nextTryAtMs: z.number().nullable(),
    error: ErrorReport,
  }),
  z.strictObject({ kind: z.literal('closing') }),
  z.strictObject({ kind: z.literal('closed') }),
  z.strictObject({ kind: z.literal('failed'), error: ErrorReport }),
]);
export type ConnectionState = Readonly<z.infer<typeof ConnectionState>>;

export const ConnectionSnapshot = z.strictObject({
  machineId: MachineId,
  /** Grows with every change of this machine's connection; a receiver drops what is older than it has. */
  revision: z.number().int(),
  state: ConnectionState,
});
export type ConnectionSnapshot = Readonly<z.infer<typeof ConnectionSnapshot>>;

/** True when only the user can make this connection move again. */
export function isFinal(state: ConnectionState): boolean {
  switch (state.kind) {
    case 'idle':
    case 'closing':
    case 'closed':
    case 'failed':
      return true;
    case 'connecting':
    case 'awaitingHostKey':
    case 'authenticating':
    case 'ready':
    case 'waitingToRetry':
      return false;
    default:
      return assertNever(state);
  }
}

export const canConnect = (state: ConnectionState): boolean => isFinal(state) && state.kind !== 'closing';
export const canDisconnect = (state: ConnectionState): boolean => !isFinal(state);
export const canRetryNow = (state: ConnectionState): boolean => state.kind === 'waitingToRetry';

/** How many of a new host key's last characters the user types before it replaces the known one. */
export const replacementCharacters = 6;

/** True when `typed` shows that the user has compared the fingerprint of the changed host key in `state`. */
export function canReplaceHostKey(state: ConnectionState, typed: string): boolean {
  if (state.kind !== 'failed' || state.error.code !== 'host-key-changed') return false;
  const { newFingerprint } = state.error.params;
  return (
    typed.length >= replacementCharacters &&
    typeof newFingerprint === 'string' &&
    newFingerprint.endsWith(typed)
  );
}
