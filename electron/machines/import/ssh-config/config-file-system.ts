import type { Dirent, Stats } from 'node:fs';

/** The part of node's `fs/promises` that is used. */
export interface ConfigFileSystem {
  readFile(path: string): Promise<Buffer>;
  stat(path: string): Promise<Pick<Stats, 'isFile' | 'size'>>;
  readdir(
    path: string,
    options: { withFileTypes: true },
  ): Promise<readonly Pick<Dirent, 'name' | 'isFile' | 'isDirectory'>[]>;
}
