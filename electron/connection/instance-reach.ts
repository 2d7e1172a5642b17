import { AppError } from '../../shared/errors/app-error';
import type { Ec2State } from '../../shared/model/ec2';
import type { InstanceBinding } from '../../shared/model/instance-binding';
import type { Credential } from '../keys/prove-identity';
import type { SigningKey } from '../keys/signing-key';
import type { Clock } from '../system/clock';
import { pause } from '../system/pause';
import type { PrintedHostKey } from '../trust/printed-host-keys';
import type { AttemptLog, OverSession } from './attempt';
import type { AttemptHost } from './attempt-host';
import { startInstancePrompt } from './prompts';
import type { Transport } from './transport';

/** Where an instance is, as AWS tells it. */
export interface FoundInstance {
  readonly name: string;
  readonly state: Ec2State;
  /** Of the kind that the binding wants; empty: it has none now. */
  readonly address: string;
  /** When it was started last; null: AWS does not say. */
  readonly launchedAtMs: number | null;
}

/** A session of Session Manager that leads to a port of an instance. */
export interface InstanceSession {
  readonly over: OverSession;
  /** Ends it at AWS. */
  readonly end: () => Promise<void>;
}

/** What connections ask AWS about the instances that machines are. They throw what AWS said against it. */
export interface Instances {
  /** @throws instance-not-found */
  find(binding: InstanceBinding, signal: AbortSignal): Promise<FoundInstance>;
  start(binding: InstanceBinding, signal: AbortSignal): Promise<void>;
  /** The host keys that its image has printed on the console; none: it prints none, or not yet. */
  printedKeys(binding: InstanceBinding, signal: AbortSignal): Promise<readonly PrintedHostKey[]>;
  /** Has AWS tell the instance to let a new key sign in as `user` for 60 seconds. */
  pushKey(binding: InstanceBinding, user: string, signal: AbortSignal): Promise<SigningKey>;
  /** @throws session-plugin-missing, session-plugin-old, session-not-connected */
  openSession(binding: InstanceBinding, port: number, signal: AbortSignal): Promise<InstanceSession>;
}

export interface InstanceReachDeps {
  readonly instances: Instances;
  readonly clock: Clock;
  readonly log: AttemptLog;
}

const lookEveryMs = 3000;
/** Large instances take minutes to start, and longer to stop before that. */
const mostMovingMs = 10 * 60_000;
/** So long after its start nobody may answer yet. */
const mostBootMs = 4 * 60_000;
const notUpYet = [
  'connection-refused',
  'connection-timed-out',
  'network-unreachable',
  'jump-cannot-reach',
  'proxy-cannot-reach',
  'session-not-connected',
  'session-plugin-failed',
];

/** Finds the instance that one machine is, at each attempt anew, and starts it if that is wanted. */
export class InstanceReach {
  #lastAddress: string | null = null;
  #bootsUntilMs = 0;

  constructor(
    private readonly binding: InstanceBinding,
    private readonly deps: InstanceReachDeps,
  ) {}

  /**
   * Calls `attempt` with the address at which the instance is now; again while an instance that was started just now
   * comes up. `isBySession`: it needs no address, and its id stands for one; where that is still to be
   * tried, the address is not waited for. After a connection is lost, the last address is taken when AWS is not heard, and nothing is started.
   * @throws instance-stopped, instance-terminated, instance-not-started, instance-without-address, cancelled, what
   * `attempt` throws, or why AWS was not heard
   */
  async reach<Result>(
    signal: AbortSignal,
    host: AttemptHost,
    attempt: (address: string) => Promise<Result>,
    isBySession = false,
  ): Promise<Result> {
    const { clock, log } = this.deps;
    const start = once(this.#start(signal, host));
    for (;;) {
      const address = await this.#address(signal, start, isBySession);
      try {
        const result = await attempt(address);
        this.#lastAddress = address;
        return result;
      } catch (thrown) {
        const { code } = AppError.from(thrown);
        const hasOtherWay = !isBySession && this.binding.sessionManager === 'fallback';
        const isOver = hasOtherWay || !notUpYet.includes(code) || clock.nowMs() > this.#bootsUntilMs;
        if (signal.aborted || isOver) throw thrown;
        log('instance-not-up-yet', { errorCode: code, instance: this.binding.instanceId });
        await pause(clock, lookEveryMs, signal);
      }
    }
  }

  get sessionManager(): InstanceBinding['sessionManager'] {
    return this.binding.sessionManager;
  }

  /** Calls `attempt` with a session that leads to `port`, and ends the session with what comes of it. */
  async bySession(
    port: number,
    signal: AbortSignal,
    attempt: (session: OverSession) => Promise<Transport>,
  ): Promise<Transport> {
    const { instanceId: instance } = this.binding;
    const { instances, log } = this.deps;
    const session = await instances.openSession(this.binding, port, signal);
    log('session-opened', { instance });
    const end = (): void => {
      // AWS ends it by itself after a while.
      session
        .end()
        .catch((thrown: unknown) =>
          log('session-not-ended', { instance, errorCode: AppError.from(thrown).code }, 'warning'),
        );
    };
    try {
      const transport = await attempt(session.over);
      transport.onClosed(end);
      return transport;
    } catch (thrown) {
      end();
      throw thrown;
    }
  }

  /** It is signed in to by a key that AWS brings, not by the machine's identity. */
  get pushesKey(): boolean {
    return this.binding.pushesKey;
  }

  /**
   * Calls `signIn` with a key that AWS has just brought to the instance for `user`, each time a new one.
   * @throws instance-connect-refused when the instance does not know of that key; what `signIn` throws besides, or why
   * AWS did not bring it
   */
  async byPushedKey<Result>(
    user: string,
    signal: AbortSignal,
    signIn: (credential: Credential) => Promise<Result>,
  ): Promise<Result> {
    const { instanceId: instance } = this.binding;
    const key = await this.deps.instances.pushKey(this.binding, user, signal);
    this.deps.log('instance-key-pushed', { instance, user, fingerprint: key.fingerprint });
    try {
      return await signIn({ kind: 'privateKey', keys: [key] });
    } catch (thrown) {
      const error = AppError.from(thrown);
      if (error.code !== 'key-refused') throw thrown;
      const params = { ...error.params, instance, user };
      throw new AppError('instance-connect-refused', params, { details: error.details, cause: error });
    }
  }

  /** What the console says of its host keys; nothing when it can't be read. */
  async printedKeys(signal: AbortSignal): Promise<readonly PrintedHostKey[]> {
    const { instances, log } = this.deps;
    const { instanceId: instance } = this.binding;
    try {
      const keys = await instances.printedKeys(this.binding, signal);
      log('console-read', { instance, count: keys.length });
      return keys;
    } catch (thrown) {
      if (signal.aborted) throw new AppError('cancelled');
      log('console-not-read', { instance, errorCode: AppError.from(thrown).code }, 'warning');
      return [];
    }
  }

  /** The next attempt is a new connection. */
  forget(): void {
    this.#lastAddress = null;
  }

  async #address(
    signal: AbortSignal,
    start: (name: string) => Promise<void>,
    isBySession: boolean,
  ): Promise<string> {
    const { instanceId: instance } = this.binding;
    const { clock, log } = this.deps;
    const sinceMs = clock.monotonicMs();
    for (;;) {
      const found = await this.#find(signal);
      if (found === null) return this.#lastAddress as string;
      const { state, name, launchedAtMs } = found;
      const address = isBySession ? instance : found.address;
      if (state === 'running') {
        if (address === '') throw new AppError('instance-without-address', { instance });
        // The computers' clocks may differ.
        const launchedMs = Math.min(launchedAtMs ?? 0, clock.nowMs());
        this.#bootsUntilMs = Math.max(this.#bootsUntilMs, launchedMs + mostBootMs);
        log('instance-found', { instance, host: address });
        return address;
      }
      if (state === 'terminated' || state === 'shutting-down')
        throw new AppError('instance-terminated', { instance });
      if (clock.monotonicMs() - sinceMs > mostMovingMs)
        throw new AppError('instance-not-started', { instance, state });
      if (state === 'stopped') await start(name);
      await pause(clock, lookEveryMs, signal);
    }
  }

  /** Null: AWS was not heard, but it is known where the instance was. */
  async #find(signal: AbortSignal): Promise<FoundInstance | null> {
    try {
      return await this.deps.instances.find(this.binding, signal);
    } catch (thrown) {
      if (signal.aborted) throw new AppError('cancelled');
      const { code } = AppError.from(thrown);
      if (this.#lastAddress === null || code === 'instance-not-found') throw thrown;
      this.deps.log('instance-not-looked-up', { host: this.#lastAddress, errorCode: code }, 'warning');
      return null;
    }
  }

  #start =
    (signal: AbortSignal, host: AttemptHost) =>
    async (name: string): Promise<void> => {
      const { instanceId: instance, ifStopped } = this.binding;
      const { clock, instances, log } = this.deps;
      // Who stopped it while the connection was there did not want it back.
      if (ifStopped === 'fail' || this.#lastAddress !== null || !host.mayStartInstances)
        throw new AppError('instance-stopped', { instance });
      if (ifStopped === 'ask') {
        const answer = await host.ask(startInstancePrompt(instance, name));
        if (answer.kind !== 'startInstance') throw new AppError('internal');
      }
      await instances.start(this.binding, signal);
      log('instance-starting', { instance });
      this.#bootsUntilMs = clock.nowMs() + mostBootMs;
    };
}

/** An instance that falls back into its stop while it starts is not started twice. */
function once(start: (name: string) => Promise<void>): (name: string) => Promise<void> {
  let wasStarted = false;
  return async (name) => {
    if (wasStarted) return;
    await start(name);
    wasStarted = true;
  };
}
