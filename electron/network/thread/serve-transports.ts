import type { Duplex } from 'node:stream';
import { AppError } from '../../../shared/errors/app-error';
import { assertNever } from '../../../shared/util/assert-never';
import type { ConnectAttempt } from '../../connection/attempt';
import type { Transport } from '../../connection/transport';
import { join } from '../../tunnel/join';
import type { HandlersOf } from '../peer';
import type { PortStream, PortStreams } from '../port-stream';
import type { NetworkSide, StreamTarget } from '../protocol';
import { reportThrown } from '../thrown';
import { attemptInput, type PeerOfOwner } from './attempt-input';

type Handlers = HandlersOf<NetworkSide>;

/** The transports of this thread, by the ids of the attempts that made them, for their owner to use. */
export class ServedTransports {
  readonly #transports = new Map<number, Transport>();

  constructor(
    private readonly owner: PeerOfOwner,
    private readonly connectAttempt: ConnectAttempt,
    private readonly streams: PortStreams,
  ) {}

  /** @throws connection-lost when it has ended */
  get(transportId: number): Transport {
    const transport = this.#transports.get(transportId);
    if (transport === undefined) throw new AppError('connection-lost');
    return transport;
  }

  find(transportId: number | null): Transport | null {
    return (transportId === null ? undefined : this.#transports.get(transportId)) ?? null;
  }

  readonly calls: Pick<Handlers['calls'], 'connect' | 'exec' | 'openStream' | 'ping'> = {
    connect: async (request, signal) => {
      const { attemptId, overTransportId } = request;
      const over = overTransportId === null ? null : this.get(overTransportId);
      const transport = await this.connectAttempt(attemptInput(request, over, this.owner, signal));
      this.#transports.set(attemptId, transport);
      transport.onClosed((error) => {
        this.#transports.delete(attemptId);
        const report = error && reportThrown(error);
        this.owner.tell('transportClosed', { transportId: attemptId, error: report });
      });
      return { localAddress: transport.localAddress };
    },
    exec: async ({ transportId, execId, command, streamsOutput, ...options }, signal) =>
      this.get(transportId).exec(command, {
        ...options,
        signal,
        ...(streamsOutput && { onOutput: (text) => this.owner.tell('output', { execId, text }) }),
      }),
    openStream: async ({ transportId, streamId, target }) => {
      const channel = await open(this.get(transportId), target);
      passOn(channel, this.streams.make(streamId, false));
      return undefined;
    },
    ping: async ({ transportId }) => this.get(transportId).ping(),
  };

  readonly notes: Pick<Handlers['notes'], 'closeTransport'> = {
    closeTransport: ({ transportId }) => this.#transports.get(transportId)?.close(),
  };
}

function open(transport: Transport, target: StreamTarget): Promise<Duplex> {
  switch (target.kind) {
    case 'command':
      return transport.openCommand(target.command);
    case 'tcp':
      return transport.openTcp(target.host, target.port);
    case 'unixSocket':
      return transport.openUnixSocket(target.path);
    default:
      return assertNever(target);
  }
}

/** As `join` does, and the owner's end learns by which error the channel broke off. */
function passOn(channel: Duplex, port: PortStream): void {
  channel.once('error', (error) => port.destroy(error));
  channel.once('finish', () => port.takeEnd());
  join(port, channel);
}
