import { Agent, type ClientRequest, type ClientRequestArgs } from 'node:http';
import type { Duplex } from 'node:stream';
import type { MachineLink } from '../connection/machine-link';
import { withTransport } from '../connection/with-transport';
import { ChannelPool } from './channel-pool';
import { openTarget } from './open-target';
import { type RemoteTarget, targetKey } from './routes';

const idleChannelMs = 30_000;
const idleChannelsPerTarget = 64;

/** The way from a gateway to the far side: SSH channels, made when the connection is there, reused for HTTP. */
export class Upstream {
  readonly #agents = new Map<string, ChannelAgent>();
  readonly #closed = new AbortController();
  /** For requests that go without Node's HTTP client. */
  readonly direct = new ChannelPool();

  constructor(private readonly link: MachineLink) {}

  /**
   * Opens a channel to the target. Waits for as long as the link does, and begins again when the connection is
   * lost meanwhile.
   * @throws AppError when the far side refuses the channel; the signal's reason when `signal` aborts.
   */
  open(target: RemoteTarget, signal?: AbortSignal): Promise<Duplex> {
    return withTransport(
      this.link,
      async (transport) => {
        const channel = await openTarget(transport, target);
        if (signal?.aborted !== true) return channel;
        channel.destroy();
        throw signal.reason;
      },
      signal,
    );
  }

  /** Keeps channels to this target open between requests. */
  agentFor(target: RemoteTarget): Agent {
    const key = targetKey(target);
    let agent = this.#agents.get(key);
    if (agent === undefined) {
      agent = new ChannelAgent(() => this.open(target, this.#closed.signal));
      this.#agents.set(key, agent);
    }
    return agent;
  }

  close(): void {
    this.#closed.abort();
    this.direct.close();
    for (const agent of this.#agents.values()) agent.destroy();
    this.#agents.clear();
  }
}

/** Node's HTTP connection pool over SSH channels, which lack the timers and options of a TCP socket. */
class ChannelAgent extends Agent {
  readonly #idleTimers = new WeakMap<Duplex, NodeJS.Timeout>();

  constructor(private readonly openChannel: () => Promise<Duplex>) {
    super({ keepAlive: true, maxFreeSockets: idleChannelsPerTarget, scheduling: 'lifo' });
  }

  override createConnection(
    _options: ClientRequestArgs,
    callback?: (error: Error | null, stream: Duplex) => void,
  ): undefined {
    const report = callback as (error: Error | null, stream?: Duplex) => void;
    this.openChannel().then(
      (channel) => {
        channel.once('close', () => clearTimeout(this.#idleTimers.get(channel)));
        // The pool takes it for a socket that may keep the process alive.
        report(null, Object.assign(channel, { ref: () => channel }));
      },
      (error: Error) => report(error),
    );
  }

  override keepSocketAlive(channel: Duplex): boolean {
    if (channel.destroyed || channel.readableEnded || !channel.writable) return false;
    const timer = setTimeout(() => channel.destroy(), idleChannelMs);
    timer.unref();
    this.#idleTimers.set(channel, timer);
    // The server may end meanwhile; nobody else would notice, and the next request would wait for ever.
    channel.on('end', destroyItself);
    channel.resume();
    return true;
  }

  override reuseSocket(channel: Duplex, request: ClientRequest): void {
    clearTimeout(this.#idleTimers.get(channel));
    channel.off('end', destroyItself);
    super.reuseSocket(channel, request);
  }
}

function destroyItself(this: Duplex): void {
  this.destroy();
}
