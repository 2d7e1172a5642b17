import { randomBytes } from 'node:crypto';
import type fsPromises from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../../shared/errors/app-error';
import { decodeText } from './source-text';

interface WindowsRegistryDependencies {
  /** Runs a program without a shell. @throws when it can't, or ends with an error */
  readonly run: (program: string, args: readonly string[]) => Promise<unknown>;
  readonly fs: Pick<typeof fsPromises, 'mkdtemp' | 'readFile' | 'rm'>;
  /** A folder of this user. */
  readonly tempFolder: string;
}

/** The registry of this Windows, through its own `reg` program: no native module is needed. */
export class WindowsRegistry {
  constructor(private readonly deps: WindowsRegistryDependencies) {}

  async has(key: string): Promise<boolean> {
    try {
      await this.deps.run('reg', ['query', key]);
      return true;
    } catch {
      // It ends with an error exactly when there is no such key that this user may see.
      return false;
    }
  }

  /** @throws registry-unreadable */
  async exportText(key: string): Promise<string> {
    const { fs, run, tempFolder } = this.deps;
    const folder = await fs.mkdtemp(join(tempFolder, 'nuvem-registry-'));
    try {
      const path = join(folder, `${randomBytes(8).toString('hex')}.reg`);
      await run('reg', ['export', key, path, '/y']);
      return decodeText(await fs.readFile(path), key, 'windows-1252');
    } catch (cause) {
      throw new AppError('registry-unreadable', {}, { cause });
    } finally {
      await fs.rm(folder, { recursive: true, force: true });
    }
  }
}
