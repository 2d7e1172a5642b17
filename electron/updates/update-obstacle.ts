import { isAbsolute, relative } from 'node:path';
import type { UpdateObstacle } from '../../shared/model/update';

/** What tells how this copy of Nuvem came here, and what it can check a new one by. */
export interface PackageFacts {
  readonly platform: NodeJS.Platform;
  readonly isPackaged: boolean;
  readonly executable: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The place of new versions, as electron-builder writes it into the package; null: none. */
  readonly feed: { readonly publisherName?: unknown } | null;
  /** Those who made the package had Apple's certificate. */
  readonly isSignedForApple: boolean;
  /** By which AppImages of Nuvem's makers are known; null: the package has none. */
  readonly appImageKey: string | null;
}

/**
 * Why this copy can't update itself; null: it can. A package manager's files are not ours to touch, and what nobody
 * can verify is not run: Windows checks the publisher's name of the certificate only if the package names it, macOS
 * replaces nothing but a signed app by one of the same signer, and an AppImage has our own signature or none.
 */
export function updateObstacle(facts: PackageFacts): UpdateObstacle | null {
  const { platform, feed } = facts;
  if (!facts.isPackaged) return 'source';
  if (isOwnedByOthers(facts)) return 'elsewhere';
  if (feed === null) return 'noFeed';
  const isVerifiable =
    platform === 'win32'
      ? hasName(feed.publisherName)
      : platform === 'darwin'
        ? facts.isSignedForApple
        : facts.appImageKey !== null;
  return isVerifiable ? null : 'unverifiable';
}

function isOwnedByOthers({ platform, env, executable }: PackageFacts): boolean {
  // NSIS's portable program unpacks itself into a temporary folder.
  if (platform === 'win32') return env.PORTABLE_EXECUTABLE_FILE !== undefined;
  if (platform === 'darwin') return false;
  return env.APPIMAGE === undefined || !isIn(executable, env.APPDIR);
}

/** The variables of an AppImage are also seen by every program that it starts, a Nuvem of a package manager included. */
function isIn(file: string, folder: string | undefined): boolean {
  if (!folder) return false;
  const way = relative(folder, file);
  return way !== '' && !way.startsWith('..') && !isAbsolute(way);
}

const hasName = (names: unknown): boolean =>
  [names].flat().some((name) => typeof name === 'string' && name !== '');
