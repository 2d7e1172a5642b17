import type { RemoteTarget } from '../gateway/routes';

/** Where a keeper listens, of `<port> <its folder>` as it notes it; a port of 0: on its folder's socket. Null: nowhere. */
export function keeperTarget(noted: string): RemoteTarget | null {
  const [, port, folder] = /^(\d+) (.+)$/.exec(noted) ?? [];
  if (port === undefined || folder === undefined) return null;
  return port === '0'
    ? { kind: 'unixSocket', path: `${folder}/s` }
    : { kind: 'tcp', host: '127.0.0.1', port: Number(port) };
}
