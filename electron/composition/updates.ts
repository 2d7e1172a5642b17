import { readFileSync } from 'node:fs';
import fs from 'node:fs/promises';
import { join } from 'node:path';
import { app } from 'electron';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Settings } from '../../shared/model/settings';
import type { UpdateSnapshot } from '../../shared/model/update';
import type { AppLog } from '../desktop/log-file';
import type { NoticeBoard } from '../desktop/notice-board';
import { systemClock } from '../system/clock';
import { updateObstacle } from '../updates/update-obstacle';
import { type Updater, UpdateService } from '../updates/update-service';

interface UpdatesDependencies {
  readonly settings: () => Settings;
  readonly notices: NoticeBoard;
  readonly log: AppLog;
  readonly onChanged: (snapshot: UpdateSnapshot) => void;
}

/** What `build/commands/dist.ts` writes into the package's own `package.json`. */
const PackageMarks = z.object({
  updates: z
    .object({ isSignedForApple: z.coerce.boolean(), appImageKey: z.string().min(1).nullable() })
    .partial()
    .optional(),
});
const Feed = z.object({ publisherName: z.unknown().optional() });

/** Makes what looks for new versions of this copy of Nuvem. electron-updater is loaded when it is first needed. */
export function makeUpdates({ settings, notices, log, onChanged }: UpdatesDependencies): UpdateService {
  const { platform, env, execPath } = process;
  const { isPackaged } = app;
  const marks = isPackaged ? readPackageMarks(log) : {};
  const appImageKey = marks.appImageKey ?? null;
  const obstacle = updateObstacle({
    ...{ platform, isPackaged, env, appImageKey },
    executable: execPath,
    feed: isPackaged ? readFeed(log) : null,
    isSignedForApple: marks.isSignedForApple ?? false,
  });
  let updater: Updater | null = null;
  const isAppImage = obstacle === null && platform === 'linux';
  return new UpdateService({
    obstacle,
    updater: async () => {
      const { ElectronUpdater } = await import('../updates/electron-updater');
      updater ??= new ElectronUpdater({
        platform,
        appImage: isAppImage ? (env.APPIMAGE ?? null) : null,
        appImageKey: isAppImage ? appImageKey : null,
        logger: {
          info: (text) => log.info(`updates: ${text}`),
          warn: (text) => log.warn(`updates: ${text}`),
          error: (text) => log.warn(`updates: ${text}`),
        },
        fs,
      });
      return updater;
    },
    clock: systemClock,
    checksByItself: () => settings().checksForUpdates,
    onChanged,
    onFound: (version) => notices.post('info', 'update-found', { version }),
    onTrouble: (error) => log.warn('update', error),
  });
}

function readPackageMarks(log: AppLog): NonNullable<z.infer<typeof PackageMarks>['updates']> {
  const text = readFileSync(join(app.getAppPath(), 'package.json'), 'utf8');
  const { data, error } = PackageMarks.safeParse(JSON.parse(text));
  if (error) log.warn('updates: what the package says of itself is not understood', error);
  return data?.updates ?? {};
}

/** What electron-builder writes beside the app; null: it was made without a place for new versions. */
function readFeed(log: AppLog): z.infer<typeof Feed> | null {
  try {
    return Feed.parse(parse(readFileSync(join(process.resourcesPath, 'app-update.yml'), 'utf8')));
  } catch (error) {
    // Nuvem is there to work with, also where it can't be updated.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') log.warn('updates: no feed', error);
    return null;
  }
}
