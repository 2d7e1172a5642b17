import { AppError } from '../../../shared/errors/app-error';
import type { MachineId } from '../../../shared/model/machine';
import type { Tunnel } from '../../../shared/model/tunnel';
import { idleActivity } from '../../../shared/model/tunnel-status';
import type { Transport } from '../../connection/transport';
import type { MakeTunnelEnd, TunnelEnd, TunnelEndEvents, TunnelEndMeasure } from '../../tunnel/tunnel-end';
import type { HandlersOf } from '../peer';
import type { OwnerSide } from '../protocol';
import { thrownFrom } from '../thrown';
import type { LinkMirror } from './link-mirror';
import { transportIdOf } from './owned-attempts';
import type { PeerOfNetwork } from './thread-transport';

type Handlers = HandlersOf<OwnerSide>;

/** The ends of tunnels that are in the network thread. */
export class OwnedTunnelEnds {
  readonly #ends = new Map<number, OwnedTunnelEnd>();

  constructor(
    private readonly peer: () => PeerOfNetwork,
    private readonly mirror: LinkMirror,
    private readonly newId: () => number,
  ) {}

  readonly make: MakeTunnelEnd = (link, tunnel, events) => {
    this.mirror.follow(link);
    const end = new OwnedTunnelEnd(this.newId(), link.machineId, tunnel, events, this.peer, (id) =>
      this.#ends.delete(id),
    );
    this.#ends.set(end.id, end);
    end.make();
    return end;
  };

  /** There is a new thread, and nothing is open in it. */
  restart(): void {
    for (const end of [...this.#ends.values()]) {
      end.make();
      end.events.onLost();
    }
  }

  readonly notes: Pick<Handlers['notes'], 'tunnelEndBusy' | 'tunnelEndBroken'> = {
    tunnelEndBusy: ({ endId }) => this.#ends.get(endId)?.events.onBusy(),
    tunnelEndBroken: ({ endId, error }) =>
      this.#ends.get(endId)?.events.onBroken(AppError.from(thrownFrom(error))),
  };
}

class OwnedTunnelEnd implements TunnelEnd {
  constructor(
    readonly id: number,
    private readonly machineId: MachineId,
    private readonly tunnel: Pick<Tunnel, 'forward' | 'whileAway'>,
    readonly events: TunnelEndEvents,
    private readonly peer: () => PeerOfNetwork,
    private readonly onEnded: (id: number) => void,
  ) {}

  make(): void {
    const { forward, whileAway } = this.tunnel;
    const { id: endId, machineId } = this;
    this.peer().tell('makeTunnelEnd', { endId, machineId, tunnel: { forward, whileAway } });
  }

  async open(over: Transport | null, host: string): Promise<void> {
    const overTransportId = over && transportIdOf(over);
    await this.peer().call('openTunnelEnd', { endId: this.id, overTransportId, host });
  }

  close(): void {
    this.peer().tell('closeTunnelEnd', { endId: this.id });
  }

  async measure(): Promise<TunnelEndMeasure> {
    try {
      return await this.peer().call('measureTunnelEnd', { endId: this.id });
    } catch {
      // Its thread has ended, and all that it has counted with it.
      return { activity: idleActivity, isBusy: false };
    }
  }

  end(): void {
    this.peer().tell('endTunnelEnd', { endId: this.id });
    this.onEnded(this.id);
  }
}
