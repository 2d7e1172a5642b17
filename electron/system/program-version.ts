import { execFile } from 'node:child_process';

/** What a program prints with `--version`; null: it can't be run. Waits ten seconds at most. */
export const versionOf = (file: string): Promise<string | null> =>
  new Promise((resolve) => {
    execFile(file, ['--version'], { timeout: 10_000, windowsHide: true }, (error, stdout) =>
      resolve(error === null ? stdout : null),
    );
  });
