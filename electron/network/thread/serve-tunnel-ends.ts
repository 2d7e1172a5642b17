import { AppError } from '../../../shared/errors/app-error';
import type { MachineId } from '../../../shared/model/machine';
import type { MachineLink } from '../../connection/machine-link';
import type { Transport } from '../../connection/transport';
import type { MakeTunnelEnd, TunnelEnd } from '../../tunnel/tunnel-end';
import type { HandlersOf } from '../peer';
import type { NetworkSide } from '../protocol';
import { reportThrown } from '../thrown';
import type { PeerOfOwner } from './attempt-input';

type Handlers = HandlersOf<NetworkSide>;

/** The ends of tunnels in this thread, by the ids that their owner gives them. */
export class ServedTunnelEnds {
  readonly #ends = new Map<number, TunnelEnd>();
  /** What their owner knows to be busy until it measures. */
  readonly #knownBusy = new Set<number>();

  constructor(
    private readonly owner: PeerOfOwner,
    private readonly makeTunnelEnd: MakeTunnelEnd,
    private readonly linkOf: (machineId: MachineId) => MachineLink,
    private readonly transportOf: (transportId: number) => Transport,
  ) {}

  readonly calls: Pick<Handlers['calls'], 'openTunnelEnd' | 'measureTunnelEnd'> = {
    openTunnelEnd: async ({ endId, overTransportId, host }) => {
      const over = overTransportId === null ? null : this.transportOf(overTransportId);
      await this.#get(endId).open(over, host);
      return undefined;
    },
    measureTunnelEnd: async ({ endId }) => {
      this.#knownBusy.delete(endId);
      return this.#get(endId).measure();
    },
  };

  readonly notes: Pick<Handlers['notes'], 'makeTunnelEnd' | 'closeTunnelEnd' | 'endTunnelEnd'> = {
    makeTunnelEnd: ({ endId, machineId, tunnel }) => {
      const end = this.makeTunnelEnd(this.linkOf(machineId), tunnel, {
        onBusy: () => {
          if (this.#knownBusy.has(endId)) return;
          this.#knownBusy.add(endId);
          this.owner.tell('tunnelEndBusy', { endId });
        },
        onBroken: (error) => this.owner.tell('tunnelEndBroken', { endId, error: reportThrown(error) }),
        // It lasts as long as this thread, whose end its owner sees.
        onLost: () => undefined,
      });
      this.#ends.set(endId, end);
    },
    closeTunnelEnd: ({ endId }) => this.#ends.get(endId)?.close(),
    endTunnelEnd: ({ endId }) => {
      this.#ends.get(endId)?.end();
      this.#ends.delete(endId);
      this.#knownBusy.delete(endId);
    },
  };

  #get(endId: number): TunnelEnd {
    const end = this.#ends.get(endId);
    if (end === undefined) throw new AppError('cancelled');
    return end;
  }
}
