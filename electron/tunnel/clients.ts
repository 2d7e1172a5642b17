import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { AppError } from '../../shared/errors/app-error';
import { endText, type Tunnel, type TunnelTarget } from '../../shared/model/tunnel';
import type { MachineLink } from '../connection/machine-link';
import type { Transport } from '../connection/transport';
import { isConnectionLost, withTransport } from '../connection/with-transport';
import { breakOff, join } from './join';
import type { Overhead, Traffic } from './traffic';

/** As many clients wait for the connection at a time; more are refused. */
const waitingAtMost = 512;

export interface ClientsDependencies {
  readonly link: MachineLink;
  readonly whileAway: Tunnel['whileAway'];
  readonly traffic: Traffic;
  /** Names the machine in errors. */
  readonly host: string;
}

/** The clients of one tunnel: those that go through it and those that wait. */
export class Clients {
  readonly #sockets = new Set<Duplex>();
  #isClosed = false;

  constructor(private readonly deps: ClientsDependencies) {}

  /** Breaks all of them off; those that come from now on too. */
  close(): void {
    this.#isClosed = true;
    for (const socket of this.#sockets) breakOff(socket);
  }

  /** Ends with the tunnel, and counts as a client until it is closed. False: the tunnel is closed already. */
  adopt(socket: Duplex): boolean {
    // Whatever happens to it is followed by its close.
    socket.on('error', () => undefined);
    if (this.#isClosed) {
      breakOff(socket);
      return false;
    }
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
    return true;
  }

  /**
   * Takes a client of this computer to `target` on the far side. It waits as long as the connection is away, if
   * it may; what it sends meanwhile stays in its socket.
   * @returns null once both are joined, or why it could not be; the socket is then still open.
   */
  async lead(
    socket: Socket,
    target: TunnelTarget,
    greet: () => Overhead | undefined,
  ): Promise<AppError | null> {
    const { traffic } = this.deps;
    traffic.came();
    const gone = new AbortController();
    const onGone = (): void => gone.abort(new AppError('cancelled'));
    socket.once('close', onGone);
    if (socket.destroyed) onGone();
    try {
      const channel = await this.#open(target, gone.signal);
      const overhead = greet();
      this.adopt(channel);
      traffic.opened(socket, overhead);
      join(socket, channel);
      return null;
    } catch (thrown) {
      const error = this.#errorOf(thrown, target);
      if (error.code === 'cancelled') traffic.left();
      else traffic.failed(error.toReport());
      return error;
    } finally {
      socket.off('close', onGone);
    }
  }

  async #open(target: TunnelTarget, signal: AbortSignal): Promise<Duplex> {
    const { link, whileAway, traffic } = this.deps;
    const openOn = async (transport: Transport): Promise<Duplex> => {
      const channel =
        target.kind === 'tcp'
          ? await transport.openTcp(target.host, target.port)
          : await transport.openUnixSocket(target.path);
      if (!signal.aborted) return channel;
      channel.on('error', () => undefined).destroy();
      throw signal.reason;
    };
    if (whileAway === 'wait' && traffic.waiting <= waitingAtMost) return withTransport(link, openOn, signal);
    if (link.state().kind !== 'ready') throw new AppError('not-connected');
    return openOn(await link.whenReady(signal));
  }

  #errorOf(thrown: unknown, target: TunnelTarget): AppError {
    const error = AppError.from(thrown);
    const params = { host: this.deps.host, target: endText(target) };
    if (error.code === 'channel-refused')
      return new AppError('tunnel-target-unreachable', params, { cause: error });
    if (error.code === 'forwarding-refused')
      return new AppError('tunnel-forbidden', params, { cause: error });
    return isConnectionLost(error) ? new AppError('connection-lost', params, { cause: error }) : error;
  }
}
