import { connect, type Socket } from 'node:net';
import type { Connection, ServerChannel } from 'ssh2';

/**
 * Serves `direct-tcpip` (RFC 4254, 7.2) to loopback addresses and `direct-streamlocal@openssh.com`
 * (OpenSSH PROTOCOL, 2.4). Any other address is refused: the demo machine is no way into the network.
 */
export function serveForwards(connection: Connection): void {
  const open = new Set<Socket>();
  const forward = (socket: Socket, accept: () => ServerChannel, reject: () => void): void => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    splice(socket, accept, reject);
  };
  connection.on('tcpip', (accept, reject, { destIP: host, destPort: port }) => {
    if (isLoopback(host)) forward(connect({ host, port, allowHalfOpen: true }), accept, reject);
    else reject();
  });
  connection.on('openssh.streamlocal', (accept, reject, { socketPath: path }) => {
    forward(connect({ path, allowHalfOpen: true }), accept, reject);
  });
  connection.once('close', () => {
    for (const socket of open) socket.destroy();
  });
}

/** Names other than `localhost` are not resolved: what they mean is decided elsewhere. */
function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

function splice(socket: Socket, accept: () => ServerChannel, reject: () => void): void {
  socket.once('error', reject);
  socket.once('connect', () => {
    socket.off('error', reject);
    socket.setNoDelay(true);
    const channel = accept();
    socket.pipe(channel).pipe(socket);
    socket.once('error', () => channel.close());
    channel.once('close', () => socket.destroy());
  });
}
