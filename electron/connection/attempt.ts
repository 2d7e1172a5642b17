import type { AppError } from '../../shared/errors/app-error';
import type { ErrorParams } from '../../shared/errors/error-codes';
import type { LogCode, LogEntry } from '../../shared/model/log-entry';
import type { Endpoint, ProxyServer } from '../../shared/model/machine';
import type { Credential } from '../keys/prove-identity';
import type { Transport } from './transport';

export interface AttemptQuestions {
  readonly title: string;
  readonly instructions: string;
  readonly questions: readonly { readonly text: string; readonly isEchoed: boolean }[];
}

export type AttemptLog = (code: LogCode, params?: LogEntry['params'], level?: LogEntry['level']) => void;

/** A proxy server with its password, which is empty when the proxy has no user. */
export interface OverProxyServer {
  readonly kind: 'server';
  readonly proxy: ProxyServer;
  readonly password: string;
}

/** A program of AWS that carries a connection to an instance by its standard input and output. */
export interface OverSession {
  readonly kind: 'session';
  readonly file: string;
  readonly args: readonly string[];
  /** In addition to our own. */
  readonly environment: Readonly<Record<string, string>>;
}

/** What lies before the first server: a proxy server, a command that the user has confirmed, or a session at AWS. */
export type OverProxy =
  | OverProxyServer
  | OverSession
  | { readonly kind: 'command'; readonly command: string };

/** All that one attempt to connect needs. Times of waiting for the user don't count as the server's. */
export interface AttemptInput {
  readonly route: Endpoint;
  /** The jump host through which the server is reached. The new transport closes it when it ends. */
  readonly over: Transport | null;
  /** Null goes straight to the server; never set together with `over`. */
  readonly proxy: OverProxy | null;
  /** Added to the parameters of every error of the transport: names the jump host that this is. */
  readonly errorParams: ErrorParams;
  readonly credential: Credential;
  /** Also agrees on `oldAlgorithms`. */
  readonly allowsOldAlgorithms: boolean;
  /** Socket of the agent that programs on the server may use; null: none. */
  readonly forwardedAgent: string | null;
  /** Types of the host keys by which the machine is known: asked for first. */
  readonly knownKeyTypes: readonly string[];
  /** Asks for a host certificate before plain keys. */
  readonly wantsHostCertificate: boolean;
  /** Null accepts the offered key. Called before the server has proven to own it. `certificate`: shown with it. */
  judgeHostKey(key: Buffer, certificate: Buffer | null): Promise<AppError | null>;
  /** Called once the host key is verified and proven. */
  onAuthenticating(): void;
  /** The account's password; called at most once. May wait for the user. */
  password(): Promise<string>;
  /** A password in place of one that has expired; `text` is what the server says. Waits for the user. */
  newPassword(text: string): Promise<string>;
  /** Answers in the order of the questions. Waits for the user. */
  answer(questions: AttemptQuestions): Promise<readonly string[]>;
  readonly log: AttemptLog;
  /** Aborting rejects with `cancelled`. */
  readonly signal: AbortSignal;
}

/**
 * Tries once to reach a server and to log in. Leaves nothing of its own open when it rejects; `over` stays open.
 * @throws AppError: the codes of "Reaching the machine", "Jump hosts and proxies", "Trust" and "Identity"
 */
export type ConnectAttempt = (input: AttemptInput) => Promise<Transport>;
