import { AppError } from '../../shared/errors/app-error';
import type { ErrorCode } from '../../shared/errors/error-codes';
import type { AttemptInput } from '../connection/attempt';
import type { Transport } from '../connection/transport';
import type { Clock } from '../system/clock';
import { ChannelStream } from './channel-stream';
import { openCommand } from './open-command';
import { openSession } from './open-session';
import { openSocket } from './open-socket';
import { openThroughProxy } from './open-through-proxy';
import type { Wire } from './wire';

export interface OpenWireOptions {
  readonly clock: Clock;
  readonly timeoutMs: number;
}

/**
 * Opens what the SSH of an attempt runs over: a TCP connection, one through a proxy, a command, or a channel
 * of a jump host.
 * @throws the codes of "Reaching the machine" and "Jump hosts and proxies", cancelled
 */
export function openWire(input: AttemptInput, { clock, timeoutMs }: OpenWireOptions): Promise<Wire> {
  const { route, over, proxy, log, signal } = input;
  if (over !== null) return openOverJump(over, input, { clock, timeoutMs });
  if (proxy?.kind === 'command')
    return openCommand({ command: proxy.command, target: route, timeoutMs, clock, log, signal });
  if (proxy?.kind === 'session')
    return openSession({ session: proxy, target: route, timeoutMs, clock, log, signal });
  if (proxy !== null)
    return openThroughProxy({ access: proxy, target: route, timeoutMs, clock, log, signal });
  return openSocket({ route, timeoutMs, clock, log, signal });
}

const codeOfRefusal: Partial<Record<ErrorCode, ErrorCode>> = {
  'channel-refused': 'jump-cannot-reach',
  'forwarding-refused': 'jump-forbids-forwarding',
};

/** The jump host opens the TCP connection; it resolves the name (RFC 4254, 7.2). */
function openOverJump(
  over: Transport,
  { route: { host, port }, log, signal }: AttemptInput,
  { clock, timeoutMs }: OpenWireOptions,
): Promise<Wire> {
  return new Promise((resolve, reject) => {
    let isSettled = false;
    const settle = (outcome: () => void) => {
      isSettled = true;
      cancelTimer();
      signal.removeEventListener('abort', onAbort);
      outcome();
    };
    const onAbort = () => settle(() => reject(new AppError('cancelled')));
    const cancelTimer = clock.after(timeoutMs, () =>
      settle(() => reject(new AppError('connection-timed-out', { host, port }))),
    );
    signal.addEventListener('abort', onAbort);
    if (signal.aborted) return onAbort();
    over.openTcp(host.replace(/^\[(.*)\]$/, '$1'), port).then(
      (stream) => {
        if (!(stream instanceof ChannelStream)) return settle(() => reject(new AppError('internal')));
        // What a channel says that nobody listens to any more must not end the process.
        stream.on('error', () => undefined);
        // Like a TCP socket: when the server hangs up, that is the end of both directions.
        stream.allowHalfOpen = false;
        if (isSettled) return stream.destroy();
        log('jump-connected', { host, port });
        settle(() => resolve(stream));
      },
      (thrown) => settle(() => reject(refusalOf(AppError.from(thrown), host, port))),
    );
  });
}

function refusalOf(error: AppError, host: string, port: number): AppError {
  const code = codeOfRefusal[error.code];
  if (code === undefined) return error;
  const via = String(error.params.host ?? '');
  return new AppError(code, { via, host, port }, { details: error.details, cause: error });
}
