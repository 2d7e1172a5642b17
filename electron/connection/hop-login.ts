import { AppError } from '../../shared/errors/app-error';
import type { ErrorCode, ErrorParams } from '../../shared/errors/error-codes';
import { hostKeyNameOf } from '../../shared/model/instance-binding';
import type { HostKeyPrompt, SecretPrompt } from '../../shared/model/prompt';
import type { Hop } from '../../shared/model/way';
import type { AgentSocketOf, Credential, ProveIdentity } from '../keys/prove-identity';
import type { Clock } from '../system/clock';
import { passwordKey, type Vault } from '../vault/vault';
import type { AttemptLog, ConnectAttempt, OverProxy } from './attempt';
import type { AttemptHost } from './attempt-host';
import type { CommandConfirmation } from './confirmed-commands';
import { ConnectionSecrets, type GivenSecret } from './connection-secrets';
import { HostKeyCheck, type HostKeyTrust, type KeySightings } from './host-key-check';
import { InstanceReach, type Instances } from './instance-reach';
import {
  answersOf,
  hostKeyPrompt,
  newPasswordPrompt,
  passphrasePrompt,
  passwordPrompt,
  questionsPrompt,
  secretOf,
} from './prompts';
import type { Transport } from './transport';

export interface HopLoginDeps {
  readonly proveIdentity: ProveIdentity;
  readonly agentSocketOf: AgentSocketOf;
  readonly connectAttempt: ConnectAttempt;
  readonly hostTrust: HostKeyTrust;
  readonly seenHostKeys: KeySightings;
  readonly vault: Vault;
  readonly confirmedCommands: CommandConfirmation;
  /** Where the machines are that are instances of EC2. */
  readonly instances: Instances;
  readonly clock: Clock;
  readonly log: AttemptLog;
}

/** Where a hop stands on a way with jump hosts. */
export interface HopPlace {
  /** Counted from 1; the last one is the machine itself. */
  readonly number: number;
  readonly count: number;
}

/** How a hop is reached: straight (both null), by a proxy, or through the hop before it. */
export interface HopAccess {
  readonly over: Transport | null;
  readonly proxy: OverProxy | null;
}

/** Nobody was met who could refuse us: another way may lead there. */
const noWay: readonly ErrorCode[] = [
  'host-not-found',
  'connection-refused',
  'connection-timed-out',
  'network-unreachable',
  'instance-without-address',
  'jump-cannot-reach',
  'jump-forbids-forwarding',
  'proxy-unreachable',
  'proxy-forbids',
  'proxy-cannot-reach',
  'proxy-command-failed',
];

/** Signs in to one server on the way, and keeps between attempts what need not be asked twice. */
export class HopLogin {
  readonly #secrets: ConnectionSecrets;
  readonly #hostKey: HostKeyCheck;
  readonly #log: AttemptLog;
  /** Name this hop in errors and prompts unless it is the machine itself. */
  readonly #errorParams: ErrorParams;
  readonly #name: { readonly hop?: string };
  readonly #instance: InstanceReach | null;
  /** With the address that was found last, if the machine is an instance. */
  #server: Hop;
  #credential: Credential | null = null;
  #isBySession = false;

  constructor(
    private readonly hop: Hop,
    place: HopPlace,
    private readonly deps: HopLoginDeps,
  ) {
    this.#server = hop;
    const isJump = place.number < place.count;
    this.#name = isJump ? { hop: hop.name } : {};
    this.#errorParams = isJump
      ? { jumpHost: hop.name, jumpNumber: place.number, jumpCount: place.count - 1 }
      : {};
    this.#log =
      place.count === 1
        ? deps.log
        : (code, params, level) => deps.log(code, { ...params, hop: hop.name }, level);
    this.#secrets = new ConnectionSecrets(deps.vault, this.#log);
    const { instance } = hop;
    this.#instance = instance === undefined ? null : new InstanceReach(instance, { ...deps, log: this.#log });
    const keyName = hostKeyNameOf(hop, instance ?? null);
    this.#hostKey = new HostKeyCheck(keyName, deps.hostTrust, deps.seenHostKeys, this.#log);
  }

  get log(): AttemptLog {
    return this.#log;
  }

  get errorParams(): ErrorParams {
    return this.#errorParams;
  }

  /** Begins an attempt in the log. */
  logStart(): void {
    const { host, port, user } = this.hop;
    this.#log('connect-started', { host, port, user });
  }

  /**
   * Opens the key, asking for its passphrase, or asks the agent. A key is opened once per connection: its
   * passphrase is not needed again to reconnect. An agent is asked anew each time. Where AWS brings a key, there is
   * nothing to open.
   */
  async prove(host: AttemptHost): Promise<void> {
    const { proveIdentity } = this.deps;
    const { identity } = this.hop;
    if (this.#credential?.kind === 'privateKey' || this.#instance?.pushesKey) return;
    const credential = await proveIdentity(identity, ({ keyPath, wasWrong }) =>
      this.#secrets.passphrase(keyPath, wasWrong, async () => {
        const prompt = passphrasePrompt(keyPath, wasWrong, this.#secrets.canRemember);
        return secretOf(await host.ask({ ...prompt, ...this.#name }));
      }),
    );
    this.#credential = credential;
    if (credential.kind === 'privateKey' && identity.kind === 'keyFile') {
      for (const { keyType, fingerprint } of credential.keys)
        this.#log('key-loaded', { path: identity.path, keyType, fingerprint });
    }
    if (credential.kind === 'agent') this.#log('agent-keys-listed', { count: credential.keys.length });
  }

  /** Connects and signs in; call `prove` before. Leaves `access.over` open when it rejects. */
  async logIn(access: HopAccess, signal: AbortSignal, host: AttemptHost): Promise<Transport> {
    const knownKeyTypes = await this.#hostKey.knownKeyTypes();
    if (signal.aborted) throw new AppError('cancelled');
    const attempt = (over: HopAccess, credential: Credential | null): Promise<Transport> => {
      if (credential === null) throw new AppError('internal');
      return this.#attempt(over, credential, knownKeyTypes, signal, host);
    };
    const instance = this.#instance;
    if (instance === null) return attempt(access, this.#credential);
    const signIn = (over: HopAccess): Promise<Transport> =>
      instance.pushesKey
        ? instance.byPushedKey(this.hop.user, signal, (credential) => attempt(over, credential))
        : attempt(over, this.#credential);
    const isBySession = instance.sessionManager === 'always' || this.#isBySession;
    const inside = async (address: string): Promise<Transport> => {
      this.#server = { ...this.hop, host: address };
      if (knownKeyTypes.length === 0) this.#hostKey.setPrinted(await instance.printedKeys(signal));
      if (!isBySession) return signIn(access);
      return instance.bySession(this.hop.port, signal, (session) => signIn({ over: null, proxy: session }));
    };
    return instance.reach(signal, this.#named(host), inside, isBySession);
  }

  /** There is another way to it than by its address, which failed with `code`: that of Session Manager. */
  fallsBackAfter(code: ErrorCode): boolean {
    return this.#instance?.sessionManager === 'fallback' && !this.#isBySession && noWay.includes(code);
  }

  /** Whether the next logins go through Session Manager, which needs no hop before this one. */
  get isBySession(): boolean {
    return this.#isBySession;
  }

  goBySession(isBySession: boolean): void {
    this.#isBySession = isBySession;
  }

  async #attempt(
    access: HopAccess,
    credential: Credential,
    knownKeyTypes: readonly string[],
    signal: AbortSignal,
    host: AttemptHost,
  ): Promise<Transport> {
    return this.deps.connectAttempt({
      route: this.#server,
      ...access,
      errorParams: this.#errorParams,
      credential,
      allowsOldAlgorithms: this.hop.allowsOldAlgorithms,
      forwardedAgent: await this.#forwardedAgent(),
      knownKeyTypes,
      wantsHostCertificate: await this.#hostKey.knowsAuthority(),
      judgeHostKey: (key, certificate) => this.#hostKey.judge(key, certificate),
      onAuthenticating: host.onAuthenticating,
      password: () =>
        this.#secrets.password(passwordKey(this.hop), async () =>
          secretOf(await host.ask(this.#passwordPrompt(false))),
        ),
      newPassword: async (text) => {
        const given = secretOf(await host.ask({ ...newPasswordPrompt(this.hop, text), ...this.#name }));
        // What was remembered is worth nothing now.
        const isRemembered = this.#secrets.isRemembered(passwordKey(this.hop));
        this.holdPassword({ secret: given.secret, isRemembered });
        return given.secret;
      },
      answer: async (questions) =>
        answersOf(await host.ask({ ...questionsPrompt(questions), ...this.#name })),
      log: this.#log,
      signal,
    });
  }

  /** The question that `error` leads to: an unknown host key is to be accepted, a wrong password given anew. */
  questionAfter(error: AppError): HostKeyPrompt | SecretPrompt | null {
    const key = this.#hostKey.unknownKey;
    if (error.code === 'host-key-not-accepted' && key !== null) {
      return { ...hostKeyPrompt(this.#server, key), ...this.#name };
    }
    if (error.code === 'password-refused' && this.hop.identity.kind === 'password') {
      this.#secrets.passwordRefused(passwordKey(this.hop));
      return this.#passwordPrompt(true);
    }
    return null;
  }

  /** Call once the login has succeeded: saves the accepted host key and the secrets to remember. Never rejects. */
  async keepWhatWorked(): Promise<void> {
    await Promise.all([this.#hostKey.save(), this.#secrets.remember()]);
  }

  holdPassword(given: GivenSecret): void {
    this.#secrets.holdPassword(passwordKey(this.hop), given);
  }

  acceptHostKey(): void {
    this.#hostKey.accept();
  }

  acceptChangedHostKey(fingerprint: string): void {
    this.#hostKey.acceptChanged(fingerprint);
  }

  forget(): void {
    this.#secrets.forget();
    this.#hostKey.forget();
    this.#instance?.forget();
    this.#isBySession = false;
    this.#credential = null;
  }

  /** Questions that name this hop. */
  #named(host: AttemptHost): AttemptHost {
    return {
      onAuthenticating: () => host.onAuthenticating(),
      mayStartInstances: host.mayStartInstances,
      ask: (prompt) => host.ask({ ...prompt, ...this.#name }),
    };
  }

  async #forwardedAgent(): Promise<string | null> {
    const { forwardsAgent, identity } = this.hop;
    if (!forwardsAgent) return null;
    const socketPath = await this.deps.agentSocketOf(identity.kind === 'agent' ? identity.socketPath : '');
    if (socketPath === null) this.#log('agent-not-forwarded', {}, 'warning');
    else this.#log('agent-forwarded', { path: socketPath });
    return socketPath;
  }

  #passwordPrompt(wasWrong: boolean): SecretPrompt {
    return { ...passwordPrompt(this.hop, wasWrong, this.#secrets.canRemember), ...this.#name };
  }
}
