import type { Client } from 'ssh2';
import type { Clock } from '../system/clock';
import type { Wire } from './wire';

const closeWithinMs = 1000;

/**
 * Says goodbye to the server and lets it close the connection; destroys the socket if it does not. Closing at once
 * would reset the connection under data that is still coming, and the goodbye would be lost.
 */
export function endPolitely(client: Client, socket: Wire, clock: Clock): void {
  if (socket.destroyed) return;
  client.end();
  const cancel = clock.after(closeWithinMs, () => socket.destroy());
  socket.once('close', cancel);
}
