import { AppError } from '../../shared/errors/app-error';
import { type ConnectionState, isFinal } from '../../shared/model/connection';
import type { AttemptPrompt, PromptAnswer } from '../../shared/model/prompt';
import { type Hop, targetOf, type Way } from '../../shared/model/way';
import { assertNever } from '../../shared/util/assert-never';
import type { NetworkFacts } from '../system/network-facts';
import { AttemptRunner } from './attempt-runner';
import type { ConnectionEffect } from './connection-effect';
import type { ConnectionEvent } from './connection-event';
import { type Course, connectionStateOf, initialCourse } from './course';
import { judgeNetwork } from './disturbance';
import type { HopLoginDeps } from './hop-login';
import { transition } from './transition';
import type { Transport } from './transport';

export interface ConnectionDeps extends HopLoginDeps {
  /** From 0 to 1, like `Math.random`. */
  readonly random: () => number;
  /** True while the user wants no retries; call `pauseChanged` when it changes. */
  readonly isPaused: () => boolean;
}

/** One connection by one way: runs the effects of `transition` and feeds it what happens. */
export class Connection {
  #course: Course = initialCourse;
  #state: ConnectionState = connectionStateOf(initialCourse);
  #transport: Transport | null = null;
  #abort = new AbortController();
  #cancelTimer: () => void = () => undefined;
  /** The attempt's question that the present prompt shows. */
  #question: {
    readonly resolve: (answer: PromptAnswer) => void;
    readonly reject: (error: AppError) => void;
  } | null = null;
  readonly #queue: ConnectionEvent[] = [];
  #isDispatching = false;
  readonly #listeners = new Set<(state: ConnectionState) => void>();
  readonly #runner: AttemptRunner;
  readonly #target: Hop;

  constructor(
    way: Way,
    private readonly deps: ConnectionDeps,
  ) {
    this.#target = targetOf(way);
    this.#runner = new AttemptRunner(way, deps);
  }

  state(): ConnectionState {
    return this.#state;
  }

  onStateChanged(listener: (state: ConnectionState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  connect = (): void => this.#dispatch({ kind: 'connectRequested' });
  disconnect = (): void => this.#dispatch({ kind: 'disconnectRequested' });
  replaceHostKey = (typed: string): void => this.#dispatch({ kind: 'hostKeyReplacementRequested', typed });
  retryNow = (): void => this.#dispatch({ kind: 'retryNowRequested' });
  pauseChanged = (): void => this.#dispatch({ kind: 'pauseChanged' });
  resumed = (): void => this.#dispatch({ kind: 'resumed' });
  networkChanged = (network: NetworkFacts): void =>
    this.#dispatch({
      kind: 'networkChanged',
      verdict: judgeNetwork(network, this.#transport?.localAddress ?? null),
    });
  answer = (answer: PromptAnswer): void => this.#dispatch({ kind: 'answered', answer });

  /** See `MachineLink.whenReady`. */
  whenReady(signal?: AbortSignal): Promise<Transport> {
    const ready = this.#readyTransport();
    if (ready !== null) return Promise.resolve(ready);
    if (isFinal(this.#state)) return Promise.reject(this.#finalError('not-connected'));
    return new Promise((resolve, reject) => {
      const settle = () => {
        stopListening();
        signal?.removeEventListener('abort', onAbort);
      };
      const onAbort = () => {
        settle();
        reject(signal?.reason);
      };
      const stopListening = this.onStateChanged((state) => {
        const transport = this.#readyTransport();
        if (transport === null && !isFinal(state)) return;
        settle();
        if (transport !== null) resolve(transport);
        else reject(this.#finalError('cancelled'));
      });
      signal?.addEventListener('abort', onAbort);
      if (signal?.aborted) onAbort();
    });
  }

  /** Resolves once nothing of this connection is open any more. */
  whenClosed(): Promise<void> {
    const isClosed = (state: ConnectionState) => isFinal(state) && state.kind !== 'closing';
    if (isClosed(this.#state)) return Promise.resolve();
    return new Promise((resolve) => {
      const stopListening = this.onStateChanged((state) => {
        if (!isClosed(state)) return;
        stopListening();
        resolve();
      });
    });
  }

  #readyTransport(): Transport | null {
    return this.#state.kind === 'ready' ? this.#transport : null;
  }

  #finalError(otherwise: 'not-connected' | 'cancelled'): AppError {
    if (this.#state.kind === 'failed') return AppError.fromReport(this.#state.error);
    return new AppError(otherwise, { host: this.#target.host, port: this.#target.port });
  }

  /** One event at a time: an event that an effect or a listener causes waits for its turn. */
  #dispatch(event: ConnectionEvent): void {
    this.#queue.push(event);
    if (this.#isDispatching) return;
    this.#isDispatching = true;
    try {
      for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) this.#step(next);
    } finally {
      this.#isDispatching = false;
    }
  }

  #step(event: ConnectionEvent): void {
    const { clock, random, isPaused } = this.deps;
    const moment = {
      nowMs: clock.nowMs(),
      monotonicMs: clock.monotonicMs(),
      random: random(),
      isPaused: isPaused(),
    };
    const { state, effects } = transition(this.#course, event, moment);
    const isChanged = state !== this.#course;
    this.#course = state;
    if (isChanged) this.#state = connectionStateOf(state);
    for (const effect of effects) this.#run(effect);
    if (!isChanged) return;
    for (const listener of [...this.#listeners]) {
      try {
        listener(this.#state);
      } catch (error) {
        // A listener's fault must not stop the connection; it still is a fault of the program.
        setImmediate(() => {
          throw error;
        });
      }
    }
  }

  #run(effect: ConnectionEffect): void {
    switch (effect.kind) {
      case 'startAttempt':
        this.#abort = new AbortController();
        void this.#attempt(effect.attemptId, this.#abort.signal);
        return;
      case 'abortAttempt':
        this.#abort.abort();
        this.#question?.reject(new AppError('cancelled'));
        this.#question = null;
        return;
      case 'closeTransport':
        this.#transport?.close();
        return;
      case 'scheduleRetry':
        this.#cancelTimer = this.deps.clock.after(effect.delayMs, () =>
          this.#dispatch({ kind: 'retryDue', attemptId: effect.attemptId }),
        );
        return;
      case 'cancelRetry':
        this.#cancelTimer();
        return;
      case 'probe':
        this.#probe(effect.attemptId, effect.withinMs);
        return;
      case 'deliverAnswer':
        this.#question?.resolve(effect.answer);
        this.#question = null;
        return;
      case 'holdPassword':
        this.#question = null;
        this.#runner.holdPassword(effect);
        return;
      case 'acceptHostKey':
        this.#runner.acceptHostKey();
        return;
      case 'acceptChangedHostKey':
        this.#runner.acceptChangedHostKey(effect.fingerprint);
        return;
      case 'forget':
        this.#runner.forget();
        return;
      case 'log':
        this.deps.log(effect.code, effect.params, effect.level);
        return;
      default:
        assertNever(effect);
    }
  }

  async #attempt(attemptId: number, signal: AbortSignal): Promise<void> {
    const { clock } = this.deps;
    const startedMs = clock.monotonicMs();
    const outcome = await this.#runner.run(signal, {
      ask: (prompt) => this.#ask(attemptId, signal, prompt),
      onAuthenticating: () => this.#dispatch({ kind: 'authenticationStarted', attemptId }),
      mayStartInstances: true,
    });
    if (signal.aborted) return;
    switch (outcome.kind) {
      case 'succeeded': {
        const { transport } = outcome;
        const elapsedMs = Math.round(clock.monotonicMs() - startedMs);
        this.#transport = transport;
        void this.#runner.keepWhatWorked();
        this.#dispatch({ kind: 'attemptSucceeded', attemptId, elapsedMs });
        transport.onClosed((error) => this.#onTransportClosed(attemptId, transport, error));
        return;
      }
      case 'hostKeyUnknown':
        return this.#dispatch({ kind: 'hostKeyUnknown', attemptId, prompt: outcome.prompt });
      case 'passwordRefused':
        return this.#dispatch({
          kind: 'passwordRefused',
          attemptId,
          error: outcome.error,
          prompt: outcome.prompt,
        });
      case 'failed':
        return this.#dispatch({ kind: 'attemptFailed', attemptId, error: outcome.error });
      default:
        assertNever(outcome);
    }
  }

  #onTransportClosed(attemptId: number, transport: Transport, error: AppError | null): void {
    if (this.#transport === transport) this.#transport = null;
    // Closed by somebody who only borrowed it: for the connection that is a loss.
    const { host, port } = this.#target;
    const lost = error ?? new AppError('connection-lost', { host, port });
    if (error === null && this.#course.kind === 'closing')
      this.#dispatch({ kind: 'closeFinished', attemptId });
    else this.#dispatch({ kind: 'lost', attemptId, error: lost.toReport() });
  }

  #probe(attemptId: number, withinMs: number): void {
    const transport = this.#transport;
    if (transport === null) return;
    const cancel = this.deps.clock.after(withinMs, () => {
      const { host, port } = this.#target;
      const error = new AppError('connection-lost', { host, port, reason: 'silent' });
      this.#dispatch({ kind: 'lost', attemptId, error: error.toReport() });
      transport.close();
    });
    // A transport that ends meanwhile reports that by itself.
    transport.ping().then(cancel, cancel);
  }

  #ask(attemptId: number, signal: AbortSignal, prompt: AttemptPrompt): Promise<PromptAnswer> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(new AppError('cancelled'));
      this.#question = { resolve, reject };
      this.#dispatch({ kind: 'secretAsked', attemptId, prompt });
    });
  }
}
