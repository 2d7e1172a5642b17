import { connect, type Socket } from 'node:net';
import { AppError } from '../../shared/errors/app-error';
import { endText, type TunnelListen, type TunnelTarget } from '../../shared/model/tunnel';
import type { IncomingChannel, Listening, RemoteListener, Transport } from '../connection/transport';
import type { Clients } from './clients';
import { join } from './join';
import type { Traffic } from './traffic';

interface RemoteDependencies {
  readonly clients: Clients;
  readonly traffic: Traffic;
}

/**
 * `ssh -R`: every client of a port or socket of the machine goes to one target on this side.
 * @throws remote-listen-refused, connection-lost
 */
export async function openRemoteForward(
  transport: Transport & Listening,
  { listen, target }: { readonly listen: TunnelListen; readonly target: TunnelTarget },
  deps: RemoteDependencies,
): Promise<RemoteListener> {
  const onIncoming = (channel: IncomingChannel): void => serve(channel, target, deps);
  if (listen.kind === 'tcp') return transport.listenTcp(listen.address, listen.port, onIncoming);
  try {
    return await transport.listenUnixSocket(listen.path, onIncoming);
  } catch (error) {
    if (AppError.from(error).code !== 'remote-listen-refused') throw error;
    if (!(await removeLeftBehind(transport, listen.path))) throw error;
    return transport.listenUnixSocket(listen.path, onIncoming);
  }
}

function serve(
  channel: IncomingChannel,
  target: TunnelTarget,
  { clients, traffic }: RemoteDependencies,
): void {
  traffic.came();
  const socket: Socket =
    target.kind === 'tcp'
      ? connect({ host: target.host, port: target.port, allowHalfOpen: true, noDelay: true })
      : connect({ path: target.path, allowHalfOpen: true });
  let isOpen = false;
  socket.once('close', () => {
    if (isOpen) return;
    traffic.failed(new AppError('local-target-unreachable', { target: endText(target) }).toReport());
    channel.refuse();
  });
  if (!clients.adopt(socket)) return;
  socket.once('connect', () => {
    isOpen = true;
    try {
      const stream = channel.accept();
      clients.adopt(stream);
      traffic.opened(socket);
      join(socket, stream);
    } catch {
      // The connection went meanwhile, and with it the client.
      traffic.left();
      socket.destroy();
    }
  });
}

/**
 * Removes a socket file to which nobody listens any more, as an ended sshd leaves it behind (its
 * `StreamLocalBindUnlink` is off by default). False: there is none, or somebody listens to it.
 */
async function removeLeftBehind(transport: Transport, path: string): Promise<boolean> {
  try {
    const stream = await transport.openUnixSocket(path);
    stream.on('error', () => undefined).destroy();
    return false;
  } catch (error) {
    if (AppError.from(error).code !== 'channel-refused') return false;
  }
  // The path comes by standard input, so that no shell reads anything into it.
  const script = 'IFS= read -r path && [ -S "$path" ] && rm -f -- "$path"';
  const { exitCode } = await transport.exec(`sh -c '${script}'`, { stdin: `${path}\n` });
  return exitCode === 0;
}
