import { randomBytes } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { LastingStream } from './lasting-stream';
import type { GatewayRoute } from './routes';
import type { Upstream } from './upstream';

const kernelSocket = /\/(?=api\/kernels\/[^/?]+\/channels(?:\?|$))/;
const keptOutput = /\/nuvem-kept\//;

/**
 * A stream to the route's server for a kernel's web socket that does not end when the connection does, by way of the
 * keeper beside the server. Null: another kind of socket, or there is no keeper (any more).
 */
export async function openKept(
  upstream: Upstream,
  { keeper }: GatewayRoute,
  path: string,
  signal: AbortSignal,
): Promise<Duplex | null> {
  const at = kernelSocket.exec(path)?.index;
  if (!keeper || at === undefined) return null;
  const openChannel = (gone: AbortSignal): Promise<Duplex> => upstream.open(keeper, gone);
  const id = randomBytes(24).toString('hex');
  return LastingStream.open({ id, openChannel, path: path.slice(0, at + 1) }, signal).catch(() => null);
}

/** The route as a request for this path takes it: what was kept is asked of the keeper. */
export const routeFor = (route: GatewayRoute, path: string): GatewayRoute =>
  route.keeper && keptOutput.test(path) ? { ...route, target: route.keeper } : route;
