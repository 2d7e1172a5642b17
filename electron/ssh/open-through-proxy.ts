import type { Socket } from 'node:net';
import { AppError } from '../../shared/errors/app-error';
import type { ErrorCode, ErrorParams } from '../../shared/errors/error-codes';
import type { Endpoint } from '../../shared/model/machine';
import type { AttemptLog, OverProxyServer } from '../connection/attempt';
import type { Clock } from '../system/clock';
import { connectHttp } from './http-connect';
import { openSocket } from './open-socket';
import { ProxyRefusal } from './proxy-refusal';
import { connectSocks5 } from './socks5';

export interface ThroughProxyOptions {
  readonly access: OverProxyServer;
  readonly target: Pick<Endpoint, 'host' | 'port'>;
  /** Limit of reaching the proxy, and again of its answer. */
  readonly timeoutMs: number;
  readonly clock: Clock;
  readonly log: AttemptLog;
  readonly signal: AbortSignal;
}

const reachingCodes: readonly ErrorCode[] = [
  'host-not-found',
  'connection-refused',
  'connection-timed-out',
  'connection-lost',
  'network-unreachable',
];

/**
 * Opens a TCP connection to `target` by a proxy, which resolves its name.
 * @throws the codes `proxy-...`, cancelled
 */
export async function openThroughProxy(options: ThroughProxyOptions): Promise<Socket> {
  const { access, target, timeoutMs, clock, log, signal } = options;
  const { proxy } = access;
  const params = { proxy: `${proxy.host}:${proxy.port}`, user: proxy.user };
  const { host, port } = target;
  log('proxy-connecting', { proxy: params.proxy, host, port });
  const socket = await openSocket({ route: proxy, timeoutMs, clock, log, signal }).catch((thrown) => {
    const error = AppError.from(thrown);
    throw reachingCodes.includes(error.code) ? new AppError('proxy-unreachable', params, error) : error;
  });
  const all = { ...params, host, port };
  await answered(socket, options, all, () => {
    const bare = host.replace(/^\[(.*)\]$/, '$1');
    const speak = { socks5: connectSocks5, http: connectHttp }[proxy.kind];
    return speak(socket, { host: bare, port }, { user: proxy.user, password: access.password });
  });
  log('proxy-connected', { proxy: params.proxy });
  return socket;
}

/** Runs the talk with the proxy under a time limit; destroys the socket when it fails. */
function answered(
  socket: Socket,
  { timeoutMs, clock, signal }: ThroughProxyOptions,
  params: ErrorParams,
  talk: () => Promise<void>,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (error: AppError | null) => {
      cancelTimer();
      signal.removeEventListener('abort', onAbort);
      socket.off('error', onError);
      if (error === null) return resolve();
      socket.on('error', () => undefined).destroy();
      reject(error);
    };
    const onAbort = () => settle(new AppError('cancelled'));
    const onError = (cause: Error) => settle(new AppError('proxy-cannot-reach', params, { cause }));
    const cancelTimer = clock.after(timeoutMs, () => settle(new AppError('proxy-cannot-reach', params)));
    signal.addEventListener('abort', onAbort);
    socket.on('error', onError);
    if (signal.aborted) return onAbort();
    talk().then(
      () => settle(null),
      (thrown) =>
        settle(
          thrown instanceof ProxyRefusal
            ? new AppError(thrown.code, params, { details: thrown.details, cause: thrown })
            : AppError.from(thrown),
        ),
    );
  });
}
