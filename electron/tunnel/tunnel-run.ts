import { AppError } from '../../shared/errors/app-error';
import type { LogEntry } from '../../shared/model/log-entry';
import type { MachineId } from '../../shared/model/machine';
import { endText, type Tunnel } from '../../shared/model/tunnel';
import type { TunnelState } from '../../shared/model/tunnel-status';
import { assertNever } from '../../shared/util/assert-never';
import type { ConnectionLog } from '../connection/connection-log';
import type { Connections, Lease } from '../connection/machine-link';
import type { Clock } from '../system/clock';
import {
  type Course,
  initialCourse,
  linkOf,
  stateOf,
  type TunnelEffect,
  type TunnelEvent,
  transition,
} from './course';
import type { MakeTunnelEnd, TunnelEnd, TunnelEndMeasure } from './tunnel-end';

export interface TunnelRunDependencies {
  readonly connections: Connections;
  readonly clock: Clock;
  readonly log: ConnectionLog;
  readonly makeEnd: MakeTunnelEnd;
  /** Names the machine in errors. */
  readonly host: () => string;
  readonly onChanged: () => void;
  readonly onBusy: () => void;
  /** It was disconnected on purpose and starts by hand: its switch is to be off. */
  readonly onSwitchForgotten: () => void;
}

/** One tunnel at work: runs the effects of `transition` and feeds it what happens. */
export class TunnelRun {
  readonly #end: TunnelEnd;
  #course: Course = initialCourse;
  #lease: Lease | null = null;
  #cancelRetry: () => void = () => undefined;
  readonly #stopListening: () => void;
  readonly #queue: TunnelEvent[] = [];
  #isDispatching = false;

  constructor(
    private readonly machineId: MachineId,
    readonly tunnel: Tunnel,
    private readonly deps: TunnelRunDependencies,
  ) {
    this.#end = deps.makeEnd(this.#link, tunnel, {
      onBusy: deps.onBusy,
      onBroken: (error) => this.#logFailure(error),
      onLost: () => this.#dispatch({ kind: 'endLost' }),
    });
    this.#stopListening = this.#link.onStateChanged(() => this.#dispatch({ kind: 'linkChanged' }));
  }

  get state(): TunnelState {
    return stateOf(this.#course);
  }

  /** Opens with the next connection, or with the one that is there. */
  arm = (): void => this.#dispatch({ kind: 'armed' });
  /** Opens, and connects if needed; tries again what failed. */
  turnOn = (): void => this.#dispatch({ kind: 'turnedOn' });
  /** Closes and breaks its clients off. */
  turnOff = (): void => this.#dispatch({ kind: 'turnedOff' });

  /** See `TunnelService.networkChanged`. */
  networkChanged = (): void => this.#dispatch({ kind: 'networkChanged' });

  /** For good. */
  end(): void {
    this.#stopListening();
    this.turnOff();
    this.#end.end();
  }

  /** See `TunnelEnd.measure`. */
  measure = (): Promise<TunnelEndMeasure> => this.#end.measure();

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
        this.#end.close();
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
    try {
      const over = this.tunnel.forward.kind === 'remote' ? await this.#link.whenReady() : null;
      // Closed meanwhile, or opened anew.
      if (openingId !== this.#course.openingId) return;
      await this.#end.open(over, this.deps.host());
      this.#dispatch({ kind: 'opened', openingId });
    } catch (thrown) {
      this.#dispatch({ kind: 'openFailed', openingId, error: AppError.from(thrown).toReport() });
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
