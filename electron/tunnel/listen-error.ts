import { AppError } from '../../shared/errors/app-error';
import type { TunnelListen } from '../../shared/model/tunnel';
import type { PortOwner } from './port-owner';

interface ListenErrorFacts {
  readonly findOwner: (port: number) => Promise<PortOwner | null>;
  readonly freePort: (from: number) => Promise<number>;
}

/** Says why a port or socket of this computer could not be opened, and for a taken port by whom. */
export async function listenError(
  thrown: unknown,
  listen: TunnelListen,
  { findOwner, freePort }: ListenErrorFacts,
): Promise<AppError> {
  const reason = String((thrown as NodeJS.ErrnoException).code ?? '');
  const options = { cause: thrown };
  if (listen.kind === 'unixSocket')
    return new AppError('local-socket-unavailable', { path: listen.path, reason }, options);
  const { address, port } = listen;
  switch (reason) {
    case 'EADDRINUSE': {
      const owner = await findOwner(port);
      const suggestedPort = await freePort(Math.min(port + 1, 65_535));
      const process =
        owner === null || owner.name === '' ? {} : { process: `${owner.name} (${owner.processId})` };
      return new AppError('local-port-in-use', { port, suggestedPort, ...process }, options);
    }
    case 'EACCES':
      return new AppError('local-port-forbidden', { port }, options);
    case 'EADDRNOTAVAIL':
      return new AppError('local-address-unavailable', { address }, options);
    default:
      return AppError.from(thrown);
  }
}
