import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { AppError } from '../../shared/errors/app-error';
import type { Endpoint } from '../../shared/model/machine';
import { redactCommand } from '../connection/redact-command';
import { type OpenProcessOptions, openProcess } from './open-process';
import type { Wire } from './wire';

export interface OpenCommandOptions
  extends Pick<OpenProcessOptions, 'timeoutMs' | 'clock' | 'log' | 'signal'> {
  /** For the user's shell; only what the user has confirmed. */
  readonly command: string;
  readonly target: Pick<Endpoint, 'host' | 'port'>;
}

/**
 * Runs a command as OpenSSH runs its ProxyCommand: `exec command` by the user's shell, its standard input and
 * output are the wire, what it says on standard error goes to the log. Resolves once the server's first byte is
 * there, for a server speaks first (RFC 4253, 4.2).
 * @throws proxy-command-failed, connection-timed-out, cancelled
 */
export function openCommand(options: OpenCommandOptions): Promise<Wire> {
  const { command, target, log, signal } = options;
  if (signal.aborted) return Promise.reject(new AppError('cancelled'));
  const shown = redactCommand(command);
  log('proxy-command-started', { command: shown });
  const params = { command: shortened(shown), host: target.host, port: target.port };
  return openProcess(startInShell(command), { ...options, endCode: 'proxy-command-failed', params });
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
