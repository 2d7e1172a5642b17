import { spawn } from 'node:child_process';
import { AppError } from '../../shared/errors/app-error';
import type { Endpoint } from '../../shared/model/machine';
import type { OverSession } from '../connection/attempt';
import { type OpenProcessOptions, openProcess } from './open-process';
import type { Wire } from './wire';

export interface OpenSessionOptions
  extends Pick<OpenProcessOptions, 'timeoutMs' | 'clock' | 'log' | 'signal'> {
  readonly session: OverSession;
  readonly target: Pick<Endpoint, 'host' | 'port'>;
}

/**
 * Runs the program that carries a session of Session Manager, without a shell. What it prints before the server's
 * version is skipped like any such line (RFC 4253, 4.2).
 * @throws session-plugin-failed, connection-timed-out, cancelled
 */
export function openSession(options: OpenSessionOptions): Promise<Wire> {
  const { session, target, log, signal } = options;
  if (signal.aborted) return Promise.reject(new AppError('cancelled'));
  const { file, args, environment } = session;
  log('session-plugin-started', { path: file });
  // In a process group of its own on POSIX, so that all that it starts ends with it.
  const child = spawn(file, [...args], {
    env: { ...process.env, ...environment },
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  const params = { host: target.host, port: target.port };
  return openProcess(child, { ...options, endCode: 'session-plugin-failed', params });
}
