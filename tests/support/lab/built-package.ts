import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { runCommand } from './run-command';
import { makeTempFolder } from './temp-folder';

/** What `npm run dist` makes for this system. */
export interface BuiltPackage {
  /** The folder with the executable, as it lies in every package. */
  readonly appFolder: string;
  readonly debFile: string;
  /** What tells other copies of this version. */
  readonly feedFile: string;
  /** What the command printed. */
  readonly output: string;
  remove(): Promise<void>;
}

/** Runs `npm run dist -- --linux deb` into a folder of its own. `env`: what a release sets beside this process's. */
export async function buildDebPackage(env: Readonly<Record<string, string>>): Promise<BuiltPackage> {
  const folder = await makeTempFolder('dist');
  const output = await runCommand(
    process.execPath,
    [
      ...['build/bootstrap.mjs', 'build/commands/dist.ts', '--linux', 'deb', '-c.deb.compression=gz'],
      `-c.directories.output=${folder.path}`,
    ],
    { env: { ...process.env, ...env } },
  );
  const debFile = (await readdir(folder.path)).find((file) => file.endsWith('.deb'));
  if (debFile === undefined) throw new Error(`There is no package:\n${output}`);
  return {
    appFolder: join(folder.path, 'linux-unpacked'),
    debFile: join(folder.path, debFile),
    feedFile: join(folder.path, 'latest-linux.yml'),
    output,
    remove: folder.remove,
  };
}
