import type { Clock } from '../system/clock';
import { isSameNetwork, type NetworkFacts } from '../system/network-facts';

export interface SupervisorDependencies {
  readonly clock: Clock;
  readonly readNetwork: () => NetworkFacts;
  /** Whose connections are watched over. */
  readonly connections: {
    resumed(): void;
    networkChanged(network: NetworkFacts): void;
  };
}

/** Between two looks; a change is acted on at most this late. */
const lookEveryMs = 2000;
/** A look that comes later than this was kept back by sleep: not every system tells of it. */
const sleptAfterMs = 15_000;

/**
 * Looks out for what happens to this computer and may have broken its connections: other networks, a VPN that
 * comes or goes, and sleep. The connections then probe or try at once instead of waiting for their own timers.
 */
export class Supervisor {
  #network: NetworkFacts | null = null;
  #lookedAtMs = 0;
  #cancel: () => void = () => undefined;

  constructor(private readonly deps: SupervisorDependencies) {}

  start(): void {
    this.#network = this.deps.readNetwork();
    this.#schedule();
  }

  stop(): void {
    this.#cancel();
  }

  #schedule(): void {
    const { clock } = this.deps;
    this.#lookedAtMs = clock.nowMs();
    this.#cancel = clock.after(lookEveryMs, () => this.#look());
  }

  #look(): void {
    const { clock, connections, readNetwork } = this.deps;
    const hasSlept = clock.nowMs() - this.#lookedAtMs > sleptAfterMs;
    this.#schedule();
    const network = readNetwork();
    const isSame = this.#network !== null && isSameNetwork(this.#network, network);
    this.#network = network;
    if (hasSlept) connections.resumed();
    if (!isSame) connections.networkChanged(network);
  }
}
