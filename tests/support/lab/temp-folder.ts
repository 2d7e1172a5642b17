import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TempFolder {
  readonly path: string;
  /** Removes the folder with all that is in it; idempotent. */
  remove(): Promise<void>;
}

/** A private folder (mode 0700) with a short path, so that unix sockets fit in it. */
export async function makeTempFolder(name: string, parent = tmpdir()): Promise<TempFolder> {
  const path = await mkdtemp(join(parent, `nuvem-${name}-`));
  return { path, remove: () => rm(path, { recursive: true, force: true, maxRetries: 3 }) };
}
