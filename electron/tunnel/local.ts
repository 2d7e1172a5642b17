import type { Socket } from 'node:net';
import type { TunnelListen, TunnelTarget } from '../../shared/model/tunnel';
import type { Clients } from './clients';
import { breakOff } from './join';
import { type Listener, openListener } from './listener';

/** `ssh -L`: every client of a port or socket of this computer goes to one target on the far side. */
export function openLocalForward(
  { listen, target }: { readonly listen: TunnelListen; readonly target: TunnelTarget },
  clients: Clients,
  onBroken: (error: Error) => void,
): Promise<Listener> {
  return openListener(listen, (socket) => void serve(socket, target, clients), onBroken);
}

async function serve(socket: Socket, target: TunnelTarget, clients: Clients): Promise<void> {
  if (!clients.adopt(socket)) return;
  const error = await clients.lead(socket, target, () => undefined);
  if (error !== null) breakOff(socket);
}
