import type { ErrorReport } from '../../shared/errors/app-error';
import type { AttemptPrompt, HostKeyPrompt, PromptAnswer, SecretPrompt } from '../../shared/model/prompt';
import type { NetworkVerdict } from './disturbance';

/** What happens to a connection. Events of an attempt carry its id: those of an earlier one are late and ignored. */
export type ConnectionEvent =
  | { readonly kind: 'connectRequested' }
  | { readonly kind: 'disconnectRequested' }
  | { readonly kind: 'retryNowRequested' }
  /** `typed` are the last characters of the changed key's fingerprint, as proof that the user has compared it. */
  | { readonly kind: 'hostKeyReplacementRequested'; readonly typed: string }
  /** The user has paused reconnecting, or lets it go on: see `Moment`. */
  | { readonly kind: 'pauseChanged' }
  /** The computer woke up. */
  | { readonly kind: 'resumed' }
  | { readonly kind: 'networkChanged'; readonly verdict: NetworkVerdict }
  | { readonly kind: 'answered'; readonly answer: PromptAnswer }
  | { readonly kind: 'authenticationStarted'; readonly attemptId: number }
  /** The attempt was given up because nobody has accepted the host key yet. */
  | { readonly kind: 'hostKeyUnknown'; readonly attemptId: number; readonly prompt: HostKeyPrompt }
  /** The attempt goes on once the answer is there. */
  | { readonly kind: 'secretAsked'; readonly attemptId: number; readonly prompt: AttemptPrompt }
  /** The attempt ended because the password was wrong; `prompt` asks for another. */
  | {
      readonly kind: 'passwordRefused';
      readonly attemptId: number;
      readonly error: ErrorReport;
      readonly prompt: SecretPrompt;
    }
  | { readonly kind: 'attemptFailed'; readonly attemptId: number; readonly error: ErrorReport }
  | { readonly kind: 'attemptSucceeded'; readonly attemptId: number; readonly elapsedMs: number }
  | { readonly kind: 'lost'; readonly attemptId: number; readonly error: ErrorReport }
  | { readonly kind: 'retryDue'; readonly attemptId: number }
  | { readonly kind: 'closeFinished'; readonly attemptId: number };

type Kind = ConnectionEvent['kind'];
export type EventOf<K extends Kind> = Extract<ConnectionEvent, { kind: K }>;
