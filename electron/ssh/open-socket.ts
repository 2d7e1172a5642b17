import { lookup } from 'node:dns';
import { connect, type LookupFunction, type Socket } from 'node:net';
import { AppError } from '../../shared/errors/app-error';
import type { Endpoint } from '../../shared/model/machine';
import type { AttemptLog } from '../connection/attempt';
import type { Clock } from '../system/clock';
import { classifySocketError } from './classify-error';
import { SlabReader } from './read-slab';

export interface OpenSocketOptions {
  readonly route: Pick<Endpoint, 'host' | 'port'>;
  readonly timeoutMs: number;
  readonly clock: Clock;
  readonly log: AttemptLog;
  readonly signal: AbortSignal;
}

/** How long one address may take before the next one is tried: long enough for a satellite link. */
const addressTimeoutMs = 2000;

/**
 * Opens a TCP connection, paused, without Nagle's delay: it would cost 40 ms on every small message.
 * @throws host-not-found, connection-refused, connection-timed-out, network-unreachable, cancelled
 */
export function openSocket({ route, timeoutMs, clock, log, signal }: OpenSocketOptions): Promise<Socket> {
  const host = route.host.replace(/^\[(.*)\]$/, '$1');
  const where = { host: route.host, port: route.port };
  return new Promise((resolve, reject) => {
    const reader = new SlabReader();
    const socket = connect({
      host,
      port: route.port,
      noDelay: true,
      autoSelectFamily: true,
      autoSelectFamilyAttemptTimeout: addressTimeoutMs,
      lookup: loggingLookup(log),
      onread: reader.onread,
    });
    reader.attach(socket);
    const settle = (outcome: () => void) => {
      cancelTimer();
      signal.removeEventListener('abort', onAbort);
      socket.removeAllListeners();
      outcome();
    };
    const fail = (error: AppError) =>
      settle(() => {
        // What a dying socket still says must not end the process.
        socket.on('error', () => undefined).destroy();
        reject(error);
      });
    const onAbort = () => fail(new AppError('cancelled'));
    const cancelTimer = clock.after(timeoutMs, () => fail(new AppError('connection-timed-out', where)));
    signal.addEventListener('abort', onAbort);
    socket.once('error', (error) => fail(classifySocketError(error, where)));
    socket.once('connect', () =>
      settle(() => {
        log('tcp-connected', { address: socket.remoteAddress ?? host, port: route.port });
        resolve(socket);
      }),
    );
    if (signal.aborted) onAbort();
  });
}

function loggingLookup(log: AttemptLog): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, options, (error, found: unknown, family?: number) => {
      const addresses = Array.isArray(found)
        ? found.map(({ address }: { address: string }) => address)
        : [found];
      if (error === null) log('name-resolved', { host: hostname, addresses: addresses.join(', ') });
      callback(error, found as string, family);
    });
  };
}
