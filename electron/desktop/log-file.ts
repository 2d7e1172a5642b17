import { join } from 'node:path';
import log from 'electron-log/node';

/** The app's own log. Never give it a secret, an address with a query, or what a machine sent. */
export interface AppLog {
  readonly path: string;
  info(message: string): void;
  warn(message: string, error?: unknown): void;
  error(message: string, error?: unknown): void;
}

const largestFileBytes = 1024 * 1024;

/** Opens `main.log` in a folder; beyond 1 MB it becomes `main.old.log` and a new one starts. */
export function openLogFile(folder: string): AppLog {
  const path = join(folder, 'main.log');
  log.transports.file.resolvePathFn = () => path;
  log.transports.file.maxSize = largestFileBytes;
  log.transports.file.level = 'info';
  log.transports.console.level = 'warn';
  return {
    path,
    info: (message) => log.info(message),
    warn: (message, error) => log.warn(message, ...reasons(error)),
    error: (message, error) => log.error(message, ...reasons(error)),
  };
}

/** An error with its whole chain of causes, as text: electron-log would print only the first. */
function reasons(error: unknown): readonly string[] {
  if (error === undefined) return [];
  if (!(error instanceof Error)) return [String(error)];
  const own = error.stack ?? `${error.name}: ${error.message}`;
  return error.cause === undefined ? [own] : [own, 'caused by', ...reasons(error.cause)];
}
