import { mayBeWebApp, type WebApp } from '../../shared/model/web-app';
import type { Transport } from '../connection/transport';
import { findListeningPorts } from '../tunnel/listening-ports';
import { probePort } from './probe-port';

const askedAtOnce = 6;

/**
 * What listens on the machine and answers as a web server does, lowest port first. Notebook servers are left
 * out: they have a place of their own.
 * @throws AppError `connection-lost`, `remote-shell-unsupported`
 */
export async function findWebApps(transport: Transport): Promise<readonly WebApp[]> {
  const waiting = (await findListeningPorts(transport)).filter(mayBeWebApp);
  const found: WebApp[] = [];
  const askOneByOne = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const answer = await probePort(transport, next.host, next.port);
      if (answer !== null) found.push({ ...next, ...answer });
    }
  };
  await Promise.all(Array.from({ length: askedAtOnce }, askOneByOne));
  return found.sort((one, other) => one.port - other.port);
}
