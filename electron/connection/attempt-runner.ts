import { AppError, type ErrorReport } from '../../shared/errors/app-error';
import type { HostKeyPrompt, SecretPrompt } from '../../shared/model/prompt';
import type { Way } from '../../shared/model/way';
import type { AttemptHost } from './attempt-host';
import { CommandConsent } from './command-consent';
import type { GivenSecret } from './connection-secrets';
import { HopLogin, type HopLoginDeps } from './hop-login';
import { ProxySignIn } from './proxy-sign-in';
import type { Transport } from './transport';

/** How an attempt ended. */
export type AttemptOutcome =
  | { readonly kind: 'succeeded'; readonly transport: Transport }
  | { readonly kind: 'hostKeyUnknown'; readonly prompt: HostKeyPrompt }
  | { readonly kind: 'passwordRefused'; readonly error: ErrorReport; readonly prompt: SecretPrompt }
  | { readonly kind: 'failed'; readonly error: ErrorReport };

/** How far an attempt has come: so many hops are behind it, the last of them open as `over`. */
interface Reached {
  readonly hopCount: number;
  readonly over: Transport;
}

/**
 * Makes the attempts of one connection, hop by hop, and keeps between them what need not be asked twice. While the
 * user decides about one hop, those before it stay open: nobody signs in there a second time.
 */
export class AttemptRunner {
  readonly #hops: readonly HopLogin[];
  readonly #proxy: ProxySignIn | null;
  readonly #command: CommandConsent | null;
  #kept: Reached | null = null;
  /** Who waits for the password or the decision that the user was asked for last. */
  #asking: HopLogin | ProxySignIn | null = null;

  constructor(way: Way, deps: HopLoginDeps) {
    const count = way.hops.length;
    this.#hops = way.hops.map((hop, index) => new HopLogin(hop, { number: index + 1, count }, deps));
    const { proxy } = way;
    this.#command = proxy?.kind === 'command' ? new CommandConsent(proxy, way.hops[0], deps) : null;
    this.#proxy =
      proxy === null || proxy.kind === 'command' ? null : new ProxySignIn(proxy, deps.vault, deps.log);
  }

  /** Never rejects. After an abort the outcome means nothing, and no transport is left open. */
  async run(signal: AbortSignal, host: AttemptHost): Promise<AttemptOutcome> {
    let reached = this.#takeKept();
    let current: HopLogin | undefined;
    const asking = (hop: HopLogin | ProxySignIn): AttemptHost => ({
      ...host,
      onAuthenticating: () => host.onAuthenticating(),
      ask: (prompt) => {
        this.#asking = hop;
        return host.ask(prompt);
      },
    });
    const first = this.#startAt(reached);
    this.#hops[first]?.logStart();
    try {
      // Before any server waits for the user.
      for (const hop of this.#hops) {
        current = hop;
        await hop.prove(asking(hop));
      }
      const needsProxy = reached === null && this.#hops[first]?.isBySession === false;
      const server = needsProxy ? await this.#proxy?.access(asking(this.#proxy)) : undefined;
      const proxy = server ?? (needsProxy ? await this.#command?.access(host) : undefined) ?? null;
      for (let index = first; index < this.#hops.length; index += 1) {
        const hop = this.#hops[index] as HopLogin;
        current = hop;
        if (index !== first) hop.logStart();
        const over: Transport | null = reached?.over ?? null;
        const access = { over, proxy: over === null ? proxy : null };
        let transport: Transport;
        try {
          transport = await hop.logIn(access, signal, asking(hop));
        } catch (thrown) {
          const other = signal.aborted ? -1 : this.#otherWay(index, AppError.from(thrown));
          if (other < 0) throw thrown;
          reached?.over.close();
          reached = null;
          index = other - 1;
          continue;
        }
        reached = { hopCount: index + 1, over: transport };
        if (over === null) void this.#proxy?.keepWhatWorked();
        if (reached.hopCount < this.#hops.length) void hop.keepWhatWorked();
        if (signal.aborted) throw new AppError('cancelled');
      }
      if (reached === null) throw new AppError('internal');
      return { kind: 'succeeded', transport: reached.over };
    } catch (thrown) {
      const error = AppError.from(thrown);
      if (signal.aborted) {
        // The next attempt may have begun: what it asks the user is none of this one's business.
        reached?.over.close();
        return { kind: 'failed', error: error.toReport() };
      }
      const outcome = this.#failure(error, current);
      if (outcome.kind === 'failed') {
        reached?.over.close();
        for (const hop of this.#hops) hop.goBySession(false);
      } else this.#keep(reached);
      return outcome;
    }
  }

  /** Call once an attempt has succeeded: saves the accepted host key and the secrets to remember. Never rejects. */
  async keepWhatWorked(): Promise<void> {
    await this.#hops.at(-1)?.keepWhatWorked();
  }

  /** The next attempt uses this password where the last one was refused or asked for. */
  holdPassword(given: GivenSecret): void {
    this.#asking?.holdPassword(given);
  }

  /** The next attempt lets the key pass that the last one refused as unknown. */
  acceptHostKey(): void {
    if (this.#asking instanceof HopLogin) this.#asking.acceptHostKey();
  }

  /** The next attempts let this key pass where the last one met another than the known one. */
  acceptChangedHostKey(fingerprint: string): void {
    if (this.#asking instanceof HopLogin) this.#asking.acceptChangedHostKey(fingerprint);
  }

  /** Drops secrets, the opened keys, accepted host keys and hops that were kept open. */
  forget(): void {
    for (const hop of this.#hops) hop.forget();
    this.#proxy?.forget();
    this.#takeKept()?.over.close();
  }

  /** The first hop to sign in to: what Session Manager reaches needs none before it. */
  #startAt(reached: Reached | null): number {
    const bySession = this.#hops.findLastIndex((hop) => hop.isBySession);
    return Math.max(bySession, reached?.hopCount ?? 0);
  }

  /** The hop that can be reached in another way now that the one at `index` was not; -1: none. */
  #otherWay(index: number, error: AppError): number {
    const other = this.#hops.findIndex((hop, at) => at >= index && hop.fallsBackAfter(error.code));
    const hop = this.#hops[other];
    hop?.goBySession(true);
    hop?.log('session-tried', { ...error.params, errorCode: error.code }, 'warning');
    return other;
  }

  #keep(reached: Reached | null): void {
    this.#kept = reached;
    reached?.over.onClosed(() => {
      if (this.#kept === reached) this.#kept = null;
    });
  }

  #takeKept(): Reached | null {
    const kept = this.#kept;
    this.#kept = null;
    return kept;
  }

  #failure(error: AppError, hop: HopLogin | undefined): AttemptOutcome {
    const proxyPrompt = this.#proxy?.questionAfter(error) ?? null;
    const prompt = proxyPrompt ?? hop?.questionAfter(error) ?? null;
    const params = proxyPrompt === null ? hop?.errorParams : {};
    const report = reportOf(new AppError(error.code, { ...params, ...error.params }, error));
    // Also a changed host key is for the user to decide about.
    this.#asking = proxyPrompt === null ? (hop ?? null) : this.#proxy;
    if (prompt === null) return { kind: 'failed', error: report };
    return prompt.kind === 'hostKey'
      ? { kind: 'hostKeyUnknown', prompt }
      : { kind: 'passwordRefused', error: report, prompt };
  }
}

/** What nobody foresaw is at least shown: its cause would be lost with the error. */
function reportOf(error: AppError): ErrorReport {
  return error.code === 'internal'
    ? { ...error.toReport(), details: [String(error.cause)] }
    : error.toReport();
}
