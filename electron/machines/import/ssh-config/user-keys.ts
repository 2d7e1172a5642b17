import { join } from 'node:path';
import type { ConfigFileSystem } from './config-file-system';
import { isPublicHalf, type UserKeys } from './identity-of-host';
import type { ConfigFile } from './load-config';

/** In ssh's order; those of security keys (sk) only an agent can use. */
const usualNames = ['id_rsa', 'id_ecdsa', 'id_ecdsa_sk', 'id_ed25519', 'id_ed25519_sk', 'id_dsa'];

/** Those of long certificates are a few kilobytes. */
const mostPublicHalfBytes = 100_000;

/** Looks at the user's keys without opening private ones. */
export async function readUserKeys(
  file: ConfigFile,
  homeFolder: string,
  fs: ConfigFileSystem,
): Promise<UserKeys> {
  const entries = await fs.readdir(join(homeFolder, '.ssh'), { withFileTypes: true }).catch(() => []);
  const [name, ...more] = usualNames.filter((usual) => entries.some((entry) => entry.name === usual));
  const isOnly = name !== undefined && more.length === 0 && !name.endsWith('_sk');
  return {
    publicHalves: await readPublicHalves(file, homeFolder, fs),
    onlyUsualKey: isOnly ? `~/.ssh/${name}` : null,
  };
}

/**
 * Reads the public halves that a configuration names instead of key files, as people do whose keys are in an agent.
 * What can't be read or is no such file is left out.
 */
async function readPublicHalves(
  file: ConfigFile,
  homeFolder: string,
  fs: Pick<ConfigFileSystem, 'readFile' | 'stat'>,
): Promise<UserKeys['publicHalves']> {
  const halves = new Map<string, string>();
  for (const path of namedIn(file)) {
    const text = await textOf(path.startsWith('~/') ? join(homeFolder, path.slice(2)) : path, fs).catch(
      () => '',
    );
    const [, half] = /^\s*([a-z0-9@.-]+ [A-Za-z0-9+/]+={0,2})(?:\s|$)/.exec(text) ?? [];
    if (half !== undefined) halves.set(path, half);
  }
  return halves;
}

async function textOf(path: string, fs: Pick<ConfigFileSystem, 'readFile' | 'stat'>): Promise<string> {
  const stats = await fs.stat(path);
  return stats.isFile() && stats.size <= mostPublicHalfBytes
    ? (await fs.readFile(path)).toString('utf8')
    : '';
}

function namedIn({ blocks }: ConfigFile): ReadonlySet<string> {
  const paths = new Set<string>();
  for (const { entries } of blocks) {
    for (const entry of entries) {
      if ('files' in entry)
        for (const included of entry.files) for (const path of namedIn(included)) paths.add(path);
      else if (entry.keyword === 'identityfile' && entry.text !== null && isPublicHalf(entry.text))
        paths.add(entry.text);
    }
  }
  return paths;
}
