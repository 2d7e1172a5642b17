import { join } from 'node:path';
import { AppError } from '../../../../shared/errors/app-error';
import type { FileSource, FoundSource } from '../import-sources';
import type { ConfigFileSystem } from './config-file-system';
import type { ConfigReader } from './host-settings';
import { planSshConfig } from './plan-ssh-config';

interface SshConfigSourceOptions extends Omit<ConfigReader, 'path'> {
  readonly fs: ConfigFileSystem & {
    /** Rejects when there is no such file. */
    access(path: string): Promise<void>;
  };
}

/** The user's own `~/.ssh/config`, on every system. */
export const sshConfigOfUser = ({ fs, ...reader }: SshConfigSourceOptions): FoundSource => {
  const path = join(reader.homeFolder, '.ssh', 'config');
  return {
    kind: 'sshConfig',
    find: () =>
      fs.access(path).then(
        () => path,
        () => null,
      ),
    read: (location) =>
      planSshConfig({ ...reader, path: location, fs }).catch((error: NodeJS.ErrnoException) => {
        if (error instanceof AppError) throw error;
        throw new AppError(
          'import-file-unreadable',
          { path: location, reason: error.code ?? '' },
          { cause: error },
        );
      }),
  };
};

/** A file of the same form, wherever it is; what it includes is looked for as if it were the user's own. */
export const sshConfigFile = ({ fs, ...reader }: SshConfigSourceOptions): FileSource => ({
  recognises: (text) => /^[ \t]*"?(?:host|match|include)"?(?:[ \t]*=[ \t]*|[ \t]+)[^\s=]/im.test(text),
  read: (text, path) =>
    planSshConfig({
      ...reader,
      path,
      fs: {
        readFile: async (file) => (file === path ? Buffer.from(text) : fs.readFile(file)),
        // A file that was dropped onto the window has a name and no place.
        stat: async (file) => (file === path ? { isFile: () => true, size: text.length } : fs.stat(file)),
        readdir: (folder, options) => fs.readdir(folder, options),
      },
    }),
});
