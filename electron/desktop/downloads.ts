import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { copyFile, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { DownloadItem } from 'electron';
import type { NoticeBoard } from './notice-board';

interface DownloadsDependencies {
  /** A private folder of ours for downloads that are not finished or not placed yet. */
  readonly partialFolder: string;
  /** Asks where a file goes; null when the user cancels. */
  readonly askWhere: (suggestedName: string) => Promise<string | null>;
  readonly notices: NoticeBoard;
  readonly log: (message: string) => void;
}

/**
 * Downloads of notebook pages. Electron's own save dialog would block the main process, and with it every
 * connection; so a download runs into a private file while the user is asked, and moves when both are done.
 */
export class Downloads {
  constructor(private readonly deps: DownloadsDependencies) {}

  /** Removes what an earlier run left unfinished. */
  clean(): void {
    rmSync(this.deps.partialFolder, { recursive: true, force: true });
  }

  /** To be called within `will-download`, or Electron asks for itself. */
  receive(item: DownloadItem): void {
    mkdirSync(this.deps.partialFolder, { recursive: true, mode: 0o700 });
    const partial = join(this.deps.partialFolder, randomUUID());
    const name = basename(item.getFilename()) || 'download';
    item.setSavePath(partial);
    void this.#finish(item, partial, name);
  }

  async #finish(item: DownloadItem, partial: string, name: string): Promise<void> {
    const done = new Promise<'completed' | 'cancelled' | 'interrupted'>((resolve) => {
      item.once('done', (_event, state) => resolve(state));
    });
    try {
      const target = await this.deps.askWhere(name);
      if (target === null) {
        item.cancel();
        return;
      }
      const state = await done;
      if (state === 'completed') {
        await move(partial, target);
        this.deps.notices.post('info', 'download-finished', { name: basename(target), path: target });
      } else {
        this.#fail(name, state);
      }
    } catch (error) {
      this.#fail(name, (error as NodeJS.ErrnoException).code ?? String(error));
    } finally {
      await rm(partial, { force: true });
    }
  }

  #fail(name: string, reason: string): void {
    this.deps.log(`download failed: ${reason}`);
    this.deps.notices.post('error', 'download-failed', { name, reason });
  }
}

async function move(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    await copyFile(from, to);
  }
}
