import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeTempFolder } from './temp-folder';

/** PuTTY's own program with a folder of its own for sessions and host keys. */
export interface LabPlink {
  /** As `PUTTYDIR`. */
  readonly folder: string;
  /** Saves a session under this file name, which has to be escaped as PuTTY does. */
  save(fileName: string, settings: Readonly<Record<string, string | number>>): Promise<void>;
  /**
   * Runs `plink -v -load <session>` until it ends or has said something that matches; resolves with all that it said.
   * `input` is what it reads.
   */
  load(
    session: string,
    options?: { readonly args?: readonly string[]; readonly input?: string; readonly until?: RegExp },
  ): Promise<string>;
  remove(): Promise<void>;
}

export async function makePlink(): Promise<LabPlink> {
  const { path: folder, remove } = await makeTempFolder('putty');
  await mkdir(join(folder, 'sessions'));
  return {
    folder,
    save: async (fileName, settings) => {
      const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}\n`);
      await writeFile(join(folder, 'sessions', fileName), lines.join(''));
    },
    load: (session, { args = ['-batch'], input = '', until } = {}) =>
      new Promise((resolve, reject) => {
        const child = spawn('plink', ['-v', ...args, '-load', session], {
          env: { ...process.env, PUTTYDIR: folder },
          // No terminal, or it would ask there.
          detached: true,
        });
        let said = '';
        const hear = (text: string) => {
          said += text;
          if (until?.test(said)) child.kill();
        };
        child.stdout.setEncoding('utf8').on('data', hear);
        child.stderr.setEncoding('utf8').on('data', hear);
        child.once('error', reject);
        child.once('close', () => resolve(said));
        child.stdin.on('error', () => child.stdin.destroy());
        if (until === undefined) child.stdin.end(input);
        else child.stdin.write(input);
      }),
    remove,
  };
}
