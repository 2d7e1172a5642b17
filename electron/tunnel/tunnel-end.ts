import { AppError } from '../../shared/errors/app-error';
import type { Tunnel } from '../../shared/model/tunnel';
import type { TunnelActivity } from '../../shared/model/tunnel-status';
import { assertNever } from '../../shared/util/assert-never';
import type { MachineLink } from '../connection/machine-link';
import type { Listening, Transport } from '../connection/transport';
import type { Clock } from '../system/clock';
import { Clients } from './clients';
import { openDynamicForward } from './dynamic';
import { listenError } from './listen-error';
import { freePort } from './listener';
import { openLocalForward } from './local';
import type { PortOwner } from './port-owner';
import { openRemoteForward } from './remote';
import { Traffic } from './traffic';

/** What a tunnel's end says by itself. */
export interface TunnelEndEvents {
  /** Something happens after a while without; at least once between two calls of `measure`. */
  onBusy(): void;
  /** A client could not come in; the end stays open. */
  onBroken(error: AppError): void;
  /** It has closed without being asked to: it may be opened again. */
  onLost(): void;
}

export interface TunnelEndMeasure {
  readonly activity: TunnelActivity;
  /** There are clients. */
  readonly isBusy: boolean;
}

/** The port or socket of one tunnel and the clients that go through it. It may open and close many times. */
export interface TunnelEnd {
  /**
   * `over`: on whose machine a remote forward listens; null for the others. `host` names the machine in errors.
   * @throws local-port-in-use, local-port-forbidden, local-address-unavailable, local-socket-unavailable,
   *   remote-listen-refused, connection-lost; cancelled when closed meanwhile
   */
  open(over: Transport | null, host: string): Promise<void>;
  /** Gives the port back and breaks the clients off. An opening that is under way is given up. Idempotent. */
  close(): void;
  /** Totals since it was made, and rates since the last call. Never rejects. */
  measure(): Promise<TunnelEndMeasure>;
  /** For good. */
  end(): void;
}

/** Makes the end of a tunnel of the machine; it is closed at first. */
export type MakeTunnelEnd = (
  link: MachineLink,
  tunnel: Pick<Tunnel, 'forward' | 'whileAway'>,
  events: TunnelEndEvents,
) => TunnelEnd;

export interface TunnelEndDependencies {
  readonly clock: Clock;
  readonly findPortOwner: (port: number) => Promise<PortOwner | null>;
}

/** Ends of tunnels whose sockets are in this thread. */
export function makeTunnelEnds(deps: TunnelEndDependencies): MakeTunnelEnd {
  return (link, tunnel, events) => new TunnelEndHere(link, tunnel, events, deps);
}

class TunnelEndHere implements TunnelEnd {
  readonly #traffic: Traffic;
  #openings = 0;
  #close: () => void = () => undefined;

  constructor(
    private readonly link: MachineLink,
    private readonly tunnel: Pick<Tunnel, 'forward' | 'whileAway'>,
    private readonly events: TunnelEndEvents,
    private readonly deps: TunnelEndDependencies,
  ) {
    this.#traffic = new Traffic(deps.clock.monotonicMs(), events.onBusy);
  }

  async open(over: Transport | null, host: string): Promise<void> {
    this.close();
    const opening = this.#openings;
    const clients = new Clients({
      link: this.link,
      whileAway: this.tunnel.whileAway,
      traffic: this.#traffic,
      host,
    });
    this.#close = () => clients.close();
    try {
      const listener = await this.#listen(clients, over);
      if (opening !== this.#openings) {
        listener.close();
        throw new AppError('cancelled');
      }
      this.#close = () => {
        listener.close();
        clients.close();
      };
    } catch (error) {
      clients.close();
      throw error;
    }
  }

  close(): void {
    this.#openings += 1;
    this.#close();
    this.#close = () => undefined;
  }

  async measure(): Promise<TunnelEndMeasure> {
    const activity = this.#traffic.measure(this.deps.clock.monotonicMs());
    return { activity, isBusy: this.#traffic.isBusy };
  }

  end(): void {
    this.close();
  }

  async #listen(clients: Clients, over: Transport | null): Promise<{ close(): unknown }> {
    const { forward } = this.tunnel;
    const { clock, findPortOwner } = this.deps;
    const traffic = this.#traffic;
    const onBroken = (error: Error): void => this.events.onBroken(AppError.from(error));
    try {
      switch (forward.kind) {
        case 'local':
          return await openLocalForward(forward, clients, onBroken);
        case 'dynamic':
          return await openDynamicForward(forward, { clients, traffic, clock, onBroken });
        case 'remote':
          return await openRemoteForward(listening(over), forward, { clients, traffic });
        default:
          return assertNever(forward);
      }
    } catch (thrown) {
      if (thrown instanceof AppError) throw thrown;
      throw await listenError(thrown, forward.listen, { findOwner: findPortOwner, freePort });
    }
  }
}

function listening(transport: Transport | null): Transport & Listening {
  if (transport === null || !('listenTcp' in transport)) throw new AppError('internal');
  return transport as Transport & Listening;
}
