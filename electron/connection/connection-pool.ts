import { AppError } from '../../shared/errors/app-error';
import { type ConnectionSnapshot, canReplaceHostKey, isFinal } from '../../shared/model/connection';
import type { Identity, MachineId } from '../../shared/model/machine';
import type { PromptAnswer } from '../../shared/model/prompt';
import type { Reconnecting } from '../../shared/model/reconnecting';
import { type Way, withIdentity } from '../../shared/model/way';
import type { NetworkFacts } from '../system/network-facts';
import type { ConnectAttempt } from './attempt';
import { Connection, type ConnectionDeps } from './connection';
import type { ConnectionLog } from './connection-log';
import type { Connections, Lease, MachineLink } from './machine-link';
import { expandProxyCommand } from './proxy-command';
import { Seat } from './seat';

export interface ConnectionPoolDeps extends Omit<ConnectionDeps, 'log' | 'connectAttempt' | 'isPaused'> {
  readonly connectAttempt: ConnectAttempt;
  /** @throws machine-not-found, jump-loop, jump-machine-missing */
  readonly wayTo: (machineId: MachineId) => Way;
  readonly log: ConnectionLog;
  readonly onChanged: (snapshot: ConnectionSnapshot) => void;
}

/**
 * The one connection of each machine, shared by all who need it: it is made once, kept while the user or a lease
 * claims it, and closed with the last claim. Machines with the same route and identity share one login.
 */
export class ConnectionPool implements Connections {
  readonly #seats = new Map<MachineId, Seat>();
  readonly #connections = new Map<string, Connection>();
  #isPaused = false;
  #pauseRevision = 0;

  constructor(private readonly deps: ConnectionPoolDeps) {}

  acquire(machineId: MachineId, identity?: Identity): Lease {
    const seat = this.#open(machineId, identity);
    const claim = Symbol(machineId);
    seat.leases.add(claim);
    return {
      link: seat,
      release: () => {
        if (seat.leases.delete(claim)) this.#closeIfUnused(seat);
      },
    };
  }

  link(machineId: MachineId): MachineLink {
    return this.#seat(machineId);
  }

  snapshots(): readonly ConnectionSnapshot[] {
    return [...this.#seats.values()].map((seat) => seat.snapshot());
  }

  /** The user's own claim, kept until `disconnect`. @throws machine-not-found */
  connect(machineId: MachineId): void {
    this.#open(machineId).isClaimed = true;
  }

  /** Ends the machine's connection whoever holds a lease: their links say so. */
  disconnect(machineId: MachineId): void {
    const seat = this.#seat(machineId);
    seat.isClaimed = false;
    const { connection } = seat;
    if (connection === null) return;
    const isShared = this.#seatsOf(connection).some((other) => other !== seat && other.isUsed);
    if (isShared) seat.leave();
    else connection.disconnect();
  }

  /**
   * Connects although the machine shows another host key than before, and replaces the known one once that has
   * worked. `typed`: see `canReplaceHostKey`. @throws machine-not-found, invalid-request
   */
  replaceHostKey(machineId: MachineId, typed: string): void {
    const seat = this.#seat(machineId);
    const connection = this.#connectionFor(this.#wayOf(seat));
    // A machine that was changed meanwhile leads elsewhere.
    if (seat.connection !== connection || !canReplaceHostKey(connection.state(), typed))
      throw new AppError('invalid-request');
    seat.isClaimed = true;
    connection.replaceHostKey(typed);
  }

  /**
   * Call when the user has written the proxy command of the way to the machine themselves.
   * @throws machine-not-found, jump-loop, jump-machine-missing, proxy-command-unsafe, store-disk-full, store-write-failed
   */
  confirmCommand(machineId: MachineId): void {
    const { proxy, hops } = this.deps.wayTo(machineId);
    if (proxy?.kind === 'command')
      this.deps.confirmedCommands.confirm(expandProxyCommand(proxy.line, hops[0]));
  }

  get isPaused(): boolean {
    return this.#isPaused;
  }

  /**
   * Whether lost connections stay lost until the user lets them be tried again; those that wait then try at once.
   * What the user asks for themselves is done all the same. Not remembered beyond this run.
   */
  setPaused(isPaused: boolean): void {
    if (isPaused === this.#isPaused) return;
    this.#isPaused = isPaused;
    this.#pauseRevision += 1;
    for (const connection of this.#connections.values()) connection.pauseChanged();
  }

  reconnecting(): Reconnecting {
    return { revision: this.#pauseRevision, isPaused: this.#isPaused };
  }

  retryNow(machineId: MachineId): void {
    this.#seat(machineId).connection?.retryNow();
  }

  /** An answer to a prompt that is not open any more is ignored. */
  answer(answer: PromptAnswer): void {
    for (const connection of this.#connections.values()) connection.answer(answer);
  }

  /** Call after the computer slept: connections are probed, retries happen now. */
  resumed(): void {
    for (const connection of this.#connections.values()) connection.resumed();
  }

  /** Call when this computer's network has changed: connections are probed, retries happen now. */
  networkChanged(network: NetworkFacts): void {
    for (const connection of this.#connections.values()) connection.networkChanged(network);
  }

  /** Resolves once every connection is closed. */
  async closeAll(): Promise<void> {
    const connections = [...this.#connections.values()];
    for (const seat of this.#seats.values()) seat.isClaimed = false;
    for (const connection of connections) connection.disconnect();
    await Promise.all(connections.map((connection) => connection.whenClosed()));
  }

  #seat(machineId: MachineId): Seat {
    let seat = this.#seats.get(machineId);
    if (seat === undefined) {
      seat = new Seat(machineId, this.deps.onChanged);
      this.#seats.set(machineId, seat);
    }
    return seat;
  }

  /** The machine's seat at a connection that is ready or on its way; it says so when no way leads there. */
  #open(machineId: MachineId, identity?: Identity): Seat {
    const seat = this.#seat(machineId);
    if (identity !== undefined) seat.identity = identity;
    else if (seat.connection === null || isFinal(seat.connection.state())) seat.identity = null;
    const connection = this.#connectionTo(seat);
    const previous = seat.connection;
    if (connection instanceof AppError) seat.refuse(connection);
    else seat.take(connection);
    if (previous !== null && previous !== connection) this.#closeIfAlone(previous);
    if (connection instanceof Connection) connection.connect();
    return seat;
  }

  /** @throws machine-not-found */
  #connectionTo(seat: Seat): Connection | AppError {
    try {
      return this.#connectionFor(this.#wayOf(seat));
    } catch (thrown) {
      const error = AppError.from(thrown);
      if (error.code === 'jump-loop' || error.code === 'jump-machine-missing') return error;
      throw error;
    }
  }

  #wayOf({ machineId, identity }: Seat): Way {
    const way = this.deps.wayTo(machineId);
    return identity === null ? way : withIdentity(way, identity);
  }

  #connectionFor(way: Way): Connection {
    const key = keyOf(way);
    let connection = this.#connections.get(key);
    if (connection === undefined) {
      const created: Connection = new Connection(way, {
        ...this.deps,
        isPaused: () => this.#isPaused,
        log: (code, params, level) => {
          for (const { machineId } of this.#seatsOf(created))
            this.deps.log.write(machineId, code, params, level);
        },
      });
      connection = created;
      this.#connections.set(key, connection);
    }
    return connection;
  }

  #seatsOf(connection: Connection): Seat[] {
    return [...this.#seats.values()].filter((seat) => seat.connection === connection);
  }

  #closeIfUnused(seat: Seat): void {
    const { connection } = seat;
    if (seat.isUsed || connection === null) return;
    const isShared = this.#seatsOf(connection).some((other) => other !== seat && other.isUsed);
    if (isShared) seat.leave();
    else connection.disconnect();
  }

  #closeIfAlone(connection: Connection): void {
    if (!this.#seatsOf(connection).some((seat) => seat.isUsed)) connection.disconnect();
  }
}

/** The same for all that may share one login: every hop with its identity and switches, and the proxy. */
function keyOf({ proxy, hops }: Way): string {
  const route = hops.map(({ host, port, user, identity, instance, ...switches }) => [
    ...[host.toLowerCase(), port, user, identity, instance ?? null],
    ...[switches.forwardsAgent, switches.allowsOldAlgorithms],
  ]);
  // A proxy command may be told the name of the first server.
  const name = proxy?.kind === 'command' ? hops[0].name : '';
  return JSON.stringify([proxy, name, ...route]);
}
