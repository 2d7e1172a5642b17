import { AppError } from '../../shared/errors/app-error';
import type { LogEntry } from '../../shared/model/log-entry';
import type { MachineId } from '../../shared/model/machine';
import { endText, type Tunnel } from '../../shared/model/tunnel';
import type { TunnelState } from '../../shared/model/tunnel-status';
import { assertNever } from '../../shared/util/assert-never';
import type { ConnectionLog } from '../connection/connection-log';
import type { Connections, Lease } from '../connection/machine-link';
import type { Clock } from '../system/clock';
import { Clients } from './clients';
import {
  type Course,
  initialCourse,
  linkOf,
  stateOf,
  type TunnelEffect,
  type TunnelEvent,
  transition,
} from './course';
import { openDynamicForward } from './dynamic';
import { listenError } from './listen-error';
import { freePort } from './listener';
import { openLocalForward } from './local';
import type { PortOwner } from './port-owner';
import { openRemoteForward } from './remote';
import { Traffic } from './traffic';

export interface TunnelRunDependencies {
  readonly connections: Connections;
  readonly clock: Clock;
  readonly log: ConnectionLog;
  readonly findPortOwner: (port: number) => Promise<PortOwner | null>;
  /** Names the machine in errors. */
  readonly host: () => string;
  readonly onChanged: () => void;
  readonly onBusy: () => void;
  /** It was disconnected on purpose and starts by hand: its switch is to be off. */
  readonly onSwitchForgotten: () => void;
}

/** The tunnel's own end, wherever it is. */
interface OwnEnd {
  close(): unknown;
}

/** One tunnel at work: runs the effects of `transition` and feeds it what happens. */
export class TunnelRun {
  readonly traffic: Traffic;
  #course: Course = initialCourse;
  #lease: Lease | null = null;
  #clients: Clients | null = null;
  #ownEnd: OwnEnd | null = null;
  #cancelRetry: () => void = () => undefined;
  readonly #stopListening: () => void;
  readonly #queue: TunnelEvent[] = [];
  #isDispatching = false;

  constructor(
    private readonly machineId: MachineId,
    readonly tunnel: Tunnel,
    private readonly deps: TunnelRunDependencies,
  ) {
    this.traffic = new Traffic(deps.clock.monotonicMs(), deps.onBusy);
    this.#stopListening = this.#link.onStateChanged(() => this.#dispatch({ kind: 'linkChanged' }));
  }

  get state(): TunnelState {
    return stateOf(this.#course);
  }

  /** Opens with the next connection, or with the one that is there. */
  arm = (): void => this.#dispatch({ kind: 'armed' });
  /** Opens, and connects if needed; tries again what failed. */
  turnOn = (): void => this.#dispatch({ kind: 'turnedOn' });
  /** Closes and breaks its clients off. The port is free when it returns. */
  turnOff = (): void => this.#dispatch({ kind: 'turnedOff' });

  /** See `TunnelService.networkChanged`. */
  networkChanged = (): void => this.#dispatch({ kind: 'networkChanged' });

  /** For good. */
  end(): void {
    this.#stopListening();
    this.turnOff();
  }

  get #link() {
    return this.deps.connections.link(this.machineId);
  }

  /** One event at a time: an event that an effect causes waits for its turn. */
  #dispatch(event: TunnelEvent): void {
    this.#queue.push(event);
    if (this.#isDispatching) return;
    this.#isDispatching = true;
    try {
      for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) this.#step(next);
    } finally {
      this.#isDispatching = false;
    }
  }

  #step(event: TunnelEvent): void {
    const before = this.#course;
    const { course, effects } = transition(before, event, {
      forward: this.tunnel.forward.kind,
      startsWith: this.tunnel.startsWith,
      link: linkOf(this.#link.state()),
      nowMs: this.deps.clock.nowMs(),
    });
    this.#course = course;
    for (const effect of effects) this.#run(effect);
    if (course === before) return;
    this.#log(before);
    this.deps.onChanged();
  }

  #run(effect: TunnelEffect): void {
    switch (effect.kind) {
      case 'hold': {
        const previous = this.#lease;
        this.#lease = this.deps.connections.acquire(this.machineId);
        previous?.release();
        return;
      }
      case 'letGo':
        this.#lease?.release();
        this.#lease = null;
        return;
      case 'open':
        void this.#open(effect.openingId);
        return;
      case 'close':
        this.#cancelRetry();
        this.#ownEnd?.close();
        this.#ownEnd = null;
        this.#clients?.close();
        this.#clients = null;
        return;
      case 'retryLater':
        this.#cancelRetry();
        this.#cancelRetry = this.deps.clock.after(effect.delayMs, () =>
          this.#dispatch({ kind: 'retryDue', openingId: effect.openingId }),
        );
        return;
      case 'forgetSwitch':
        this.deps.onSwitchForgotten();
        return;
      default:
        assertNever(effect);
    }
  }

  async #open(openingId: number): Promise<void> {
    const clients = new Clients({
      link: this.#link,
      whileAway: this.tunnel.whileAway,
      traffic: this.traffic,
      host: this.deps.host,
    });
    this.#clients = clients;
    try {
      const ownEnd = await this.#openOwnEnd(clients);
      if (openingId !== this.#course.openingId) return void ownEnd.close();
      this.#ownEnd = ownEnd;
      this.#dispatch({ kind: 'opened', openingId });
    } catch (thrown) {
      clients.close();
      this.#dispatch({ kind: 'openFailed', openingId, error: AppError.from(thrown).toReport() });
    }
  }

  async #openOwnEnd(clients: Clients): Promise<OwnEnd> {
    const { forward } = this.tunnel;
    const { traffic } = this;
    const { clock } = this.deps;
    const onBroken = (error: Error): void => this.#logFailure(AppError.from(error));
    try {
      switch (forward.kind) {
        case 'local':
          return await openLocalForward(forward, clients, onBroken);
        case 'dynamic':
          return await openDynamicForward(forward, { clients, traffic, clock, onBroken });
        case 'remote':
          return await openRemoteForward(await this.#link.whenReady(), forward, { clients, traffic });
        default:
          return assertNever(forward);
      }
    } catch (thrown) {
      if (thrown instanceof AppError) throw thrown;
      throw await listenError(thrown, forward.listen, { findOwner: this.deps.findPortOwner, freePort });
    }
  }

  #log(before: Course): void {
    const { kind } = this.#course;
    if (kind === before.kind) return;
    if (kind === 'active') this.#write('tunnel-opened');
    else if (this.#course.kind === 'failed') this.#logFailure(AppError.fromReport(this.#course.error));
    else if ((kind === 'off' || kind === 'standby') && before.kind !== 'off' && before.kind !== 'standby')
      this.#write('tunnel-closed');
  }

  #logFailure(error: AppError): void {
    this.#write('tunnel-failed', { ...error.params, errorCode: error.code }, 'error');
  }

  #write(
    code: 'tunnel-opened' | 'tunnel-closed' | 'tunnel-failed',
    params: LogEntry['params'] = {},
    level: LogEntry['level'] = 'info',
  ): void {
    const listen = endText(this.tunnel.forward.listen);
    this.deps.log.write(this.machineId, code, { ...params, listen }, level);
  }
}
