import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { AppError } from '../../shared/errors/app-error';
import type { Endpoint } from '../../shared/model/machine';
import type { AttemptLog } from '../connection/attempt';
import { redactCommand } from '../connection/redact-command';
import type { Clock } from '../system/clock';
import { CommandWire } from './command-wire';
import type { Wire } from './wire';

export interface OpenCommandOptions {
  /** For the user's shell; only what the user has confirmed. */
  readonly command: string;
  readonly target: Pick<Endpoint, 'host' | 'port'>;
  /** Limit of what comes before the server's first byte. */
  readonly timeoutMs: number;
  readonly clock: Clock;
  readonly log: AttemptLog;
  readonly signal: AbortSignal;
}

/**
 * Runs a command as OpenSSH runs its ProxyCommand: `exec command` by the user's shell, its standard input and
 * output are the wire, what it says on standard error goes to the log. Resolves once the server's first byte is
 * there, for a server speaks first (RFC 4253, 4.2).
 * @throws proxy-command-failed, connection-timed-out, cancelled
 */
export function openCommand(options: OpenCommandOptions): Promise<Wire> {
  const { command, target, timeoutMs, clock, log, signal } = options;
  const { host, port } = target;
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(new AppError('cancelled'));
    const shown = redactCommand(command);
    log('proxy-command-started', { command: shown });
    const wire = new CommandWire(startInShell(command), {
      clock,
      params: { command: shortened(shown), host, port },
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
      fail(new AppError('connection-timed-out', { host, port }, { details: wire.lastWords })),
    );
    signal.addEventListener('abort', onAbort);
    wire.once('readable', onReadable).once('error', onError);
  });
}

/** The log has all of it. */
const shortened = (text: string): string => (text.length > 80 ? `${text.slice(0, 79)}…` : text);

/** In a process group of its own on POSIX, so that all that it starts ends with it. */
function startInShell(command: string): ChildProcessWithoutNullStreams {
  if (process.platform === 'win32') {
    return spawn(process.env.ComSpec ?? 'cmd.exe', ['/d', '/s', '/c', `"${command}"`], {
      windowsVerbatimArguments: true,
      windowsHide: true,
    });
  }
  return spawn(process.env.SHELL || '/bin/sh', ['-c', `exec ${command}`], { detached: true });
}
