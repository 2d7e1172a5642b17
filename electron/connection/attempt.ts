import type { AppError } from '../../shared/errors/app-error';
import type { LogCode, LogEntry } from '../../shared/model/log-entry';
import type { Route } from '../../shared/model/machine';
import type { Credential } from '../keys/prove-identity';
import type { Transport } from './transport';

export interface AttemptQuestions {
  readonly title: string;
  readonly instructions: string;
  readonly questions: readonly { readonly text: string; readonly isEchoed: boolean }[];
}

export type AttemptLog = (code: LogCode, params?: LogEntry['params'], level?: LogEntry['level']) => void;

/** All that one attempt to connect needs. Times of waiting for the user don't count as the server's. */
export interface AttemptInput {
  readonly route: Route;
  readonly credential: Credential;
  /** Types of the host keys by which the machine is known: asked for first. */
  readonly knownKeyTypes: readonly string[];
  /** Null accepts the offered key. Called before the server has proven to own it. */
  judgeHostKey(key: Buffer): Promise<AppError | null>;
  /** Called once the host key is verified and proven. */
  onAuthenticating(): void;
  /** The account's password; called at most once. May wait for the user. */
  password(): Promise<string>;
  /** Answers in the order of the questions. Waits for the user. */
  answer(questions: AttemptQuestions): Promise<readonly string[]>;
  readonly log: AttemptLog;
  /** Aborting rejects with `cancelled`. */
  readonly signal: AbortSignal;
}

/**
 * Tries once to reach a machine and to log in. Leaves nothing open when it rejects.
 * @throws AppError: the codes of "Reaching the machine", "Trust" and "Identity"
 */
export type ConnectAttempt = (input: AttemptInput) => Promise<Transport>;
