import { AppError, type ErrorReport } from '../../shared/errors/app-error';
import type { Identity, Route } from '../../shared/model/machine';
import type { HostKeyPrompt, PromptAnswer, SecretPrompt } from '../../shared/model/prompt';
import type { Credential, ProveIdentity } from '../keys/prove-identity';
import type { Vault } from '../vault/vault';
import type { AttemptLog, ConnectAttempt } from './attempt';
import { ConnectionSecrets, type GivenSecret } from './connection-secrets';
import { HostKeyCheck, type HostKeyTrust } from './host-key-check';
import {
  answersOf,
  hostKeyPrompt,
  passphrasePrompt,
  passwordPrompt,
  questionsPrompt,
  secretOf,
} from './prompts';
import type { Transport } from './transport';

export interface AttemptRunnerDeps {
  readonly proveIdentity: ProveIdentity;
  readonly connectAttempt: ConnectAttempt;
  readonly hostTrust: HostKeyTrust;
  readonly vault: Vault;
  readonly log: AttemptLog;
}

/** How an attempt ended. */
export type AttemptOutcome =
  | { readonly kind: 'succeeded'; readonly transport: Transport }
  | { readonly kind: 'hostKeyUnknown'; readonly prompt: HostKeyPrompt }
  | { readonly kind: 'passwordRefused'; readonly error: ErrorReport; readonly prompt: SecretPrompt }
  | { readonly kind: 'failed'; readonly error: ErrorReport };

/** What a running attempt asks of its connection. */
export interface AttemptHost {
  /** Shows a prompt; rejects with `cancelled` when the attempt is aborted. */
  ask(prompt: SecretPrompt): Promise<PromptAnswer>;
  onAuthenticating(): void;
}

/** Makes the attempts of one connection, and keeps between them what need not be asked twice. */
export class AttemptRunner {
  readonly #secrets: ConnectionSecrets;
  readonly #hostKey: HostKeyCheck;
  #credential: Credential | null = null;

  constructor(
    private readonly route: Route,
    private readonly identity: Identity,
    private readonly deps: AttemptRunnerDeps,
  ) {
    this.#secrets = new ConnectionSecrets(deps.vault, deps.log);
    this.#hostKey = new HostKeyCheck(route, deps.hostTrust, deps.log);
  }

  /** Never rejects. After an abort the outcome means nothing, and no transport is left open. */
  async run(signal: AbortSignal, host: AttemptHost): Promise<AttemptOutcome> {
    const { connectAttempt, log } = this.deps;
    log('connect-started', { host: this.route.host, port: this.route.port, user: this.route.user });
    try {
      const credential = await this.#prove(host);
      const knownKeyTypes = await this.#hostKey.knownKeyTypes();
      if (signal.aborted) throw new AppError('cancelled');
      const transport = await connectAttempt({
        route: this.route,
        credential,
        knownKeyTypes,
        judgeHostKey: (key) => this.#hostKey.judge(key),
        onAuthenticating: host.onAuthenticating,
        password: () =>
          this.#secrets.password(this.route, async () =>
            secretOf(await host.ask(this.#passwordPrompt(false))),
          ),
        answer: async (questions) => answersOf(await host.ask(questionsPrompt(questions))),
        log,
        signal,
      });
      if (signal.aborted) transport.close();
      return { kind: 'succeeded', transport };
    } catch (error) {
      return this.#failure(AppError.from(error));
    }
  }

  /** Call once an attempt has succeeded: saves the accepted host key and the secrets to remember. Never rejects. */
  async keepWhatWorked(): Promise<void> {
    await Promise.all([this.#hostKey.save(), this.#secrets.remember()]);
  }

  /** The next attempt uses this password. */
  holdPassword(given: GivenSecret): void {
    this.#secrets.holdPassword(this.route, given);
  }

  /** The next attempt lets the key pass that the last one refused as unknown. */
  acceptHostKey(): void {
    this.#hostKey.accept();
  }

  /** The next attempts let this key pass although another one is known. */
  acceptChangedHostKey(fingerprint: string): void {
    this.#hostKey.acceptChanged(fingerprint);
  }

  /** Drops secrets, the opened key and an accepted host key. */
  forget(): void {
    this.#secrets.forget();
    this.#hostKey.forget();
    this.#credential = null;
  }

  /** Opens a key once per connection: its passphrase is not needed again to reconnect. An agent is asked anew. */
  async #prove(host: AttemptHost): Promise<Credential> {
    const { log, proveIdentity } = this.deps;
    if (this.#credential?.kind === 'privateKey') return this.#credential;
    const credential = await proveIdentity(this.identity, ({ keyPath, wasWrong }) =>
      this.#secrets.passphrase(keyPath, wasWrong, async () =>
        secretOf(await host.ask(passphrasePrompt(keyPath, wasWrong, this.#secrets.canRemember))),
      ),
    );
    this.#credential = credential;
    if (credential.kind === 'privateKey' && this.identity.kind === 'keyFile') {
      const { keyType, fingerprint } = credential.key;
      log('key-loaded', { path: this.identity.path, keyType, fingerprint });
    }
    if (credential.kind === 'agent') log('agent-keys-listed', { count: credential.agent.keys.length });
    return credential;
  }

  #failure(error: AppError): AttemptOutcome {
    const key = this.#hostKey.unknownKey;
    if (error.code === 'host-key-not-accepted' && key !== null) {
      return { kind: 'hostKeyUnknown', prompt: hostKeyPrompt(this.route, key) };
    }
    if (error.code === 'password-refused' && this.identity.kind === 'password') {
      this.#secrets.passwordRefused(this.route);
      return { kind: 'passwordRefused', error: error.toReport(), prompt: this.#passwordPrompt(true) };
    }
    return { kind: 'failed', error: reportOf(error) };
  }

  #passwordPrompt(wasWrong: boolean): SecretPrompt {
    return passwordPrompt(this.route, wasWrong, this.#secrets.canRemember);
  }
}

/** What nobody foresaw is at least shown: its cause would be lost with the error. */
function reportOf(error: AppError): ErrorReport {
  return error.code === 'internal'
    ? { ...error.toReport(), details: [String(error.cause)] }
    : error.toReport();
}
