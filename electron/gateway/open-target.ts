import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { connect } from 'node:tls';
import { AppError } from '../../shared/errors/app-error';
import type { Transport } from '../connection/transport';
import type { RemoteTarget } from './routes';

/**
 * Opens a stream to the target. A certificate is not judged: the bytes have come to the machine through SSH,
 * and a server on it mostly has one that it signed itself.
 * @throws AppError `connection-lost`, `channel-refused`, `forwarding-refused`
 */
export async function openTarget(transport: Transport, target: RemoteTarget): Promise<Duplex> {
  const channel =
    target.kind === 'unixSocket'
      ? await transport.openUnixSocket(target.path)
      : await transport.openTcp(target.host, target.port);
  if (target.isTls !== true) return channel;
  const secured = connect({ socket: channel, rejectUnauthorized: false });
  try {
    await once(secured, 'secureConnect');
    return secured;
  } catch (error) {
    channel.destroy();
    throw new AppError('channel-refused', {}, { cause: error });
  }
}
