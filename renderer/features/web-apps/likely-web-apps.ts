import type { ListeningPort } from '../../../shared/model/tunnel-status';
import { mayBeWebApp, type WebApp } from '../../../shared/model/web-app';
import { serviceName } from '../tunnels/suggested-ports';

/**
 * What probably shows itself as a web page, before anybody has asked it: the user's own programs, and ports that
 * are known for it. Null: what listens is not known either.
 */
export function likelyWebApps(ports: readonly ListeningPort[] | null): readonly WebApp[] | null {
  const likely = ports?.filter(
    (port) => mayBeWebApp(port) && (port.process !== '' || serviceName(port.port) !== undefined),
  );
  return (
    likely?.map((port) => ({ ...port, scheme: port.port === 443 ? 'https' : 'http', title: '' })) ?? null
  );
}
