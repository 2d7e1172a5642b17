import type { AppContract } from '../../../shared/contract/contract';
import type { HandlersOf } from '../../../shared/contract/define-contract';
import { AppError } from '../../../shared/errors/app-error';
import type { DownloadId } from '../../../shared/model/download';
import type { Downloads } from '../../desktop/downloads';

interface DownloadsHandlersDependencies {
  readonly downloads: Downloads;
  /** Opens a file with the system's program for it; answers with why not, empty when it did. */
  readonly openPath: (path: string) => Promise<string>;
  readonly showInFolder: (path: string) => void;
}

export function downloadsHandlers({
  downloads,
  openPath,
  showInFolder,
}: DownloadsHandlersDependencies): HandlersOf<AppContract>['downloads'] {
  /** Undefined: there is no finished download of that id. */
  const pathOf = (downloadId: DownloadId): string | undefined => {
    const download = downloads.find(downloadId);
    return download?.state.kind === 'finished' ? download.path : undefined;
  };
  return {
    list: () => downloads.list(),
    pause: ({ downloadId }) => downloads.pause(downloadId),
    resume: ({ downloadId }) => downloads.resume(downloadId),
    remove: ({ downloadId }) => downloads.remove(downloadId),
    open: async ({ downloadId }) => {
      const path = pathOf(downloadId);
      if (path === undefined) return;
      const reason = await openPath(path);
      if (reason !== '') throw new AppError('download-not-opened', { path, reason });
    },
    showInFolder: ({ downloadId }) => {
      const path = pathOf(downloadId);
      if (path !== undefined) showInFolder(path);
    },
  };
}
