import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import log from 'electron-log/node';
import { redactSecrets } from '../../shared/util/redact-secrets';

/**
 * The app's own log. Never give it a secret, an address with a query, or what a machine sent: what looks like a secret
 * all the same, in the text of an error for instance, is left out.
 */
export interface AppLog {
  readonly path: string;
  info(message: string): void;
  warn(message: string, error?: unknown): void;
  error(message: string, error?: unknown): void;
  /** What was written last, a line each, also of the file before this one; at most `count`. */
  lastLines(count: number): Promise<readonly string[]>;
}

const largestFileBytes = 1024 * 1024;

/** Opens `main.log` in a folder; beyond 1 MB it becomes `main.old.log` and a new one starts. */
export function openLogFile(folder: string): AppLog {
  const path = join(folder, 'main.log');
  log.transports.file.resolvePathFn = () => path;
  log.transports.file.maxSize = largestFileBytes;
  log.transports.file.level = 'info';
  log.transports.console.level = 'warn';
  log.hooks.splice(0, log.hooks.length, (message) => ({
    ...message,
    data: message.data.map((part: unknown) => (typeof part === 'string' ? redactSecrets(part) : part)),
  }));
  return {
    path,
    info: (message) => log.info(message),
    warn: (message, error) => log.warn(message, ...reasons(error)),
    error: (message, error) => log.error(message, ...reasons(error)),
    lastLines: async (count) => {
      const texts = await Promise.all([join(folder, 'main.old.log'), path].map(readIfThere));
      return texts
        .join('')
        .split('\n')
        .filter((line) => line !== '')
        .slice(-count);
    },
  };
}

function readIfThere(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
}

/** An error with its whole chain of causes, as text: electron-log would print only the first. */
function reasons(error: unknown): readonly string[] {
  if (error === undefined) return [];
  if (!(error instanceof Error)) return [String(error)];
  const own = error.stack ?? `${error.name}: ${error.message}`;
  return error.cause === undefined ? [own] : [own, 'caused by', ...reasons(error.cause)];
}
