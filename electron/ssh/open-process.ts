import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { AppError } from '../../shared/errors/app-error';
import type { AttemptLog } from '../connection/attempt';
import { CommandWire, type CommandWireOptions } from './command-wire';
import type { Wire } from './wire';

export interface OpenProcessOptions extends Pick<CommandWireOptions, 'clock' | 'endCode' | 'params'> {
  /** Limit of what comes before the server's first byte. */
  readonly timeoutMs: number;
  /** Gets what the process says on standard error. */
  readonly log: AttemptLog;
  readonly signal: AbortSignal;
}

/**
 * Makes standard input and output of a process that was just started a wire. Resolves once its first byte is there,
 * for a server speaks first (RFC 4253, 4.2).
 * @throws the process's `endCode`, connection-timed-out, cancelled
 */
export function openProcess(
  child: ChildProcessWithoutNullStreams,
  { clock, endCode, params, timeoutMs, log, signal }: OpenProcessOptions,
): Promise<Wire> {
  return new Promise((resolve, reject) => {
    const wire = new CommandWire(child, {
      ...{ clock, endCode, params },
      onSaid: (text) => log('proxy-command-said', { text }),
    });
    const settle = (outcome: () => void) => {
      cancelTimer();
      signal.removeEventListener('abort', onAbort);
      wire.off('readable', onReadable).off('error', onError);
      outcome();
    };
    const fail = (error: AppError) =>
      settle(() => {
        wire.on('error', () => undefined).destroy();
        reject(error);
      });
    const onAbort = () => fail(new AppError('cancelled'));
    const onError = (error: Error) => fail(AppError.from(error));
    const onReadable = () => settle(() => resolve(wire));
    const cancelTimer = clock.after(timeoutMs, () =>
      fail(new AppError('connection-timed-out', params, { details: wire.lastWords })),
    );
    signal.addEventListener('abort', onAbort);
    wire.once('readable', onReadable).once('error', onError);
  });
}
