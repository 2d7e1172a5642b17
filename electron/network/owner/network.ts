import type { Worker } from 'node:worker_threads';
import { AppError } from '../../../shared/errors/app-error';
import type { Language } from '../../../shared/i18n/catalogues';
import type { MachineId } from '../../../shared/model/machine';
import type { ConnectAttempt } from '../../connection/attempt';
import type { MachineLink } from '../../connection/machine-link';
import type { ProxyOpener } from '../../gateway/open-proxy';
import type { Clock } from '../../system/clock';
import type { MakeTunnelEnd } from '../../tunnel/tunnel-end';
import { type Message, Peer } from '../peer';
import { PortStreams } from '../port-stream';
import type { NetworkSide, OwnerSide } from '../protocol';
import { thrownFrom } from '../thrown';
import { LinkMirror } from './link-mirror';
import { OwnedAttempts } from './owned-attempts';
import { OwnedProxies } from './owned-proxies';
import { OwnedTunnelEnds } from './owned-tunnel-ends';
import type { PeerOfNetwork } from './thread-transport';

export interface NetworkDependencies {
  readonly clock: Clock;
  /** Starts `electron/network-worker.ts` in a thread of its own. */
  readonly startWorker: () => Worker;
  readonly linkOf: (machineId: MachineId) => MachineLink;
  /** An error that nobody caught, in the thread or as its end. */
  readonly onFault: (place: string, error: unknown) => void;
  readonly language: Language;
}

/** A thread that ends sooner after its start would do so again at once. */
const soonMs = 3000;
const startAgainAfterMs = 1000;

/** One thread, as long as it lives. */
interface Running {
  readonly worker: Worker;
  readonly peer: PeerOfNetwork;
  readonly streams: PortStreams;
  readonly attempts: OwnedAttempts;
  readonly startedMs: number;
}

/**
 * The thread that has all sockets: connections, the ends of tunnels and the gateways' proxies. Electron's own loop
 * is slow to wake up for a socket. If the thread ends, its connections are lost as by the network, another one is
 * started, and tunnels and proxies open in it again, on the same ports.
 */
export class Network {
  #thread: Running | null = null;
  #lastId = 0;
  #language: Language;
  #isStopped = false;
  #cancelStart: () => void = () => undefined;
  readonly #mirror: LinkMirror;
  readonly #tunnelEnds: OwnedTunnelEnds;
  readonly #proxies: OwnedProxies;

  constructor(private readonly deps: NetworkDependencies) {
    const { linkOf, onFault } = deps;
    const peer = (): PeerOfNetwork => this.#running.peer;
    this.#language = deps.language;
    this.#mirror = new LinkMirror(peer);
    this.#tunnelEnds = new OwnedTunnelEnds(peer, this.#mirror, this.#newId);
    const mirror = this.#mirror;
    this.#proxies = new OwnedProxies({ peer, mirror, newId: this.#newId, linkOf, onFault });
  }

  /** Starts the thread, if its first use has not: loading it takes a while. */
  start(): void {
    if (!this.#isStopped) this.#thread ??= this.#startThread();
  }

  readonly connectAttempt: ConnectAttempt = (input) => this.#running.attempts.connectAttempt(input);

  get makeTunnelEnd(): MakeTunnelEnd {
    return this.#tunnelEnds.make;
  }

  get openProxy(): ProxyOpener {
    return this.#proxies.open;
  }

  /** Of the pages that gateways answer by themselves. */
  setLanguage(language: Language): void {
    this.#language = language;
    this.#thread?.peer.tell('setLanguage', { language });
  }

  /** Ends the thread for good, and whatever is still open in it. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancelStart();
    await this.#thread?.worker.terminate();
  }

  readonly #newId = (): number => {
    this.#lastId += 1;
    return this.#lastId;
  };

  get #running(): Running {
    this.#thread ??= this.#startThread();
    return this.#thread;
  }

  #startThread(): Running {
    const { clock, startWorker, onFault } = this.deps;
    const worker = startWorker();
    const peer: PeerOfNetwork = new Peer<OwnerSide, NetworkSide>((message, moved) =>
      worker.postMessage(message, moved),
    );
    const streams = new PortStreams((note, moved) => peer.tell('stream', note, moved));
    const outputs = new Map<number, (text: string) => void>();
    const attempts = new OwnedAttempts({ peer, streams, outputs, newId: this.#newId });
    peer.serve({
      calls: attempts.calls,
      notes: {
        stream: streams.receive,
        ...attempts.notes,
        ...this.#tunnelEnds.notes,
        fault: ({ place, error }) => onFault(`network thread: ${place}`, thrownFrom(error)),
      },
    });
    worker.on('message', (message: Message) => peer.receive(message));
    worker.on('error', (error) => onFault('network thread', error));
    const running = { worker, peer, streams, attempts, startedMs: clock.monotonicMs() };
    worker.once('exit', () => this.#onEnded(running));
    peer.tell('setLanguage', { language: this.#language });
    return running;
  }

  #onEnded({ peer, streams, attempts, startedMs }: Running): void {
    const { clock } = this.deps;
    const lost = new AppError('connection-lost');
    peer.end(lost);
    if (this.#isStopped) {
      attempts.breakAll(lost);
      streams.breakAll(lost);
      return;
    }
    const isSoon = clock.monotonicMs() - startedMs < soonMs;
    if (isSoon) this.#cancelStart = clock.after(startAgainAfterMs, () => this.#startAgain());
    else this.#thread = this.#startThread();
    attempts.breakAll(lost);
    streams.breakAll(lost);
    if (!isSoon) this.#reopen();
  }

  #startAgain(): void {
    this.#thread = this.#startThread();
    this.#reopen();
  }

  #reopen(): void {
    this.#mirror.tellAll();
    this.#tunnelEnds.restart();
    this.#proxies.restart();
  }
}
