import { AppError } from '../../shared/errors/app-error';
import type { Machine } from '../../shared/model/machine';
import type { Tunnel, TunnelId } from '../../shared/model/tunnel';
import {
  idleActivity,
  type ListeningPort,
  type TunnelActivity,
  type TunnelMeasurement,
  type TunnelsSnapshot,
} from '../../shared/model/tunnel-status';
import type { Lease, MachineLink } from '../connection/machine-link';
import { withTransport } from '../connection/with-transport';
import { findListeningPorts } from './listening-ports';
import { TunnelRun, type TunnelRunDependencies } from './tunnel-run';

export interface MachineTunnelsDependencies
  extends Omit<TunnelRunDependencies, 'host' | 'onChanged' | 'onBusy' | 'onSwitchForgotten'> {
  readonly onChanged: (snapshot: TunnelsSnapshot) => void;
  readonly onMeasured: (measurement: TunnelMeasurement) => void;
  readonly onSwitchForgotten: (tunnelId: TunnelId) => void;
}

/** Measuring is for eyes. */
const measureEveryMs = 1000;

/** The tunnels of one machine. */
export class MachineTunnels {
  readonly #runs = new Map<TunnelId, TunnelRun>();
  readonly #activities = new Map<TunnelId, TunnelActivity>();
  #revision = 0;
  #cancelTick: (() => void) | null = null;
  #ports: readonly ListeningPort[] | null = null;
  #looking: Promise<void> | null = null;
  #isEnded = false;
  readonly #stopListening: () => void;

  constructor(
    private machine: Machine,
    private readonly deps: MachineTunnelsDependencies,
  ) {
    this.#stopListening = this.#link.onStateChanged(({ kind }) => {
      // Who connects sees what there is to open; a failure of it is not worth a word.
      if (kind === 'ready') this.look().catch(() => undefined);
    });
  }

  get snapshot(): TunnelsSnapshot {
    return {
      machineId: this.machine.id,
      revision: this.#revision,
      tunnels: [...this.#runs.values()].map(({ tunnel, state }) => ({
        tunnelId: tunnel.id,
        state,
        activity: this.#activities.get(tunnel.id) ?? idleActivity,
      })),
      isLooking: this.#looking !== null,
      ports: this.#ports?.filter((port) => !this.#isKnown(port)) ?? null,
    };
  }

  run(tunnelId: TunnelId): TunnelRun {
    const run = this.#runs.get(tunnelId);
    if (run === undefined) throw new AppError('tunnel-not-found');
    return run;
  }

  /** Follows what is saved: new tunnels come, removed ones close, changed ones start again if they are on. */
  follow(machine: Machine): void {
    this.machine = machine;
    const saved = new Set(machine.tunnels.map(({ id }) => id));
    let isChanged = false;
    for (const [id, run] of this.#runs) {
      if (saved.has(id)) continue;
      run.end();
      this.#runs.delete(id);
      this.#activities.delete(id);
      isChanged = true;
    }
    for (const tunnel of machine.tunnels) {
      const run = this.#runs.get(tunnel.id);
      if (run !== undefined && isSameTunnel(run.tunnel, tunnel)) continue;
      isChanged = true;
      const wasAtWork = run !== undefined && run.state.kind !== 'off' && run.state.kind !== 'standby';
      run?.end();
      const next = this.#makeRun(tunnel);
      this.#runs.set(tunnel.id, next);
      if (wasAtWork) next.turnOn();
      else if (tunnel.isOn && tunnel.startsWith !== 'hand') next.arm();
    }
    if (isChanged) this.#changed();
  }

  /** Looks for ports that something listens on; connects if needed. Concurrent callers share one look. */
  look(): Promise<void> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = null;
      this.#changed();
    });
    this.#changed();
    return this.#looking;
  }

  networkChanged(): void {
    for (const run of this.#runs.values()) run.networkChanged();
  }

  end(): void {
    this.#isEnded = true;
    this.#stopListening();
    this.#cancelTick?.();
    for (const run of this.#runs.values()) run.end();
  }

  get #link(): MachineLink {
    return this.deps.connections.link(this.machine.id);
  }

  async #look(): Promise<void> {
    const lease: Lease = this.deps.connections.acquire(this.machine.id);
    try {
      this.#ports = await withTransport(lease.link, findListeningPorts);
    } finally {
      lease.release();
    }
  }

  /** The machine's own SSH port, and what a tunnel leads to or listens on there. */
  #isKnown({ port }: ListeningPort): boolean {
    if (port === this.machine.route.port) return true;
    return this.machine.tunnels.some(({ forward }) => {
      if (forward.kind === 'dynamic') return false;
      const there = forward.kind === 'local' ? forward.target : forward.listen;
      return there.kind === 'tcp' && there.port === port;
    });
  }

  #makeRun(tunnel: Tunnel): TunnelRun {
    return new TunnelRun(this.machine.id, tunnel, {
      ...this.deps,
      host: () => this.machine.route.host,
      onChanged: () => this.#changed(),
      onBusy: () => this.#startMeasuring(),
      onSwitchForgotten: () => this.deps.onSwitchForgotten(tunnel.id),
    });
  }

  #startMeasuring(): void {
    if (this.#cancelTick !== null || this.#isEnded) return;
    this.#cancelTick = this.deps.clock.after(measureEveryMs, () => {
      this.#cancelTick = null;
      void this.#measure();
    });
  }

  async #measure(): Promise<void> {
    const { clock, onMeasured } = this.deps;
    let mustGoOn = false;
    const measured = await Promise.all(
      [...this.#runs.values()].map(async (run) => ({ run, ...(await run.measure()) })),
    );
    if (this.#isEnded) return;
    const tunnels = measured
      // Not those that went meanwhile.
      .filter(({ run }) => this.#runs.get(run.tunnel.id) === run)
      .map(({ run, activity, isBusy }) => {
        const tunnelId = run.tunnel.id;
        this.#activities.set(tunnelId, activity);
        // Once more after the last byte, so that the rate is seen to end.
        mustGoOn ||= isBusy || activity.bytesUpPerSecond > 0 || activity.bytesDownPerSecond > 0;
        return { tunnelId, activity };
      });
    onMeasured({ machineId: this.machine.id, atMs: clock.nowMs(), tunnels });
    if (mustGoOn) this.#startMeasuring();
  }

  #changed(): void {
    if (this.#isEnded) return;
    this.#revision += 1;
    this.deps.onChanged(this.snapshot);
  }
}

/** The same to its clients: name and switch don't matter to them. */
function isSameTunnel(one: Tunnel, other: Tunnel): boolean {
  const essence = ({ name: _, isOn: __, ...rest }: Tunnel): string => JSON.stringify(rest);
  return essence(one) === essence(other);
}
