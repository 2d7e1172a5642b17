import { join } from 'node:path';

/** Where this user keeps what Nuvem can make again but only slowly (XDG Base Directory, macOS Library). */
export function userCacheFolder(
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
  homeFolder: string,
): string {
  if (env.XDG_CACHE_HOME) return join(env.XDG_CACHE_HOME, 'nuvem');
  if (platform === 'darwin') return join(homeFolder, 'Library', 'Caches', 'nuvem');
  if (platform === 'win32' && env.LOCALAPPDATA) return join(env.LOCALAPPDATA, 'nuvem', 'Cache');
  return join(homeFolder, '.cache', 'nuvem');
}
