import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { app, type BrowserWindow, dialog } from 'electron';
import { AppError } from '../../shared/errors/app-error';
import type { TextOf } from './texts';
import type { UnsavedQuestion } from './unsaved-pages';

const largestPublicKeyFileBytes = 48 * 1024;

/** The system's own dialogs. All asynchronous: a blocking one would stop every connection while it is open. */
export class Dialogs {
  #isFaultShown = false;

  constructor(
    private readonly deps: {
      /** The window that dialogs belong to. */
      readonly parent: () => BrowserWindow;
      readonly textOf: TextOf;
      readonly logFile: string;
    },
  ) {}

  /** The chosen private key's path; null when the user cancels. */
  async chooseKeyFile(): Promise<string | null> {
    const { canceled, filePaths } = await dialog.showOpenDialog(this.deps.parent(), {
      title: this.deps.textOf('keyFile.dialogTitle'),
      buttonLabel: this.deps.textOf('keyFile.choose'),
      defaultPath: join(homedir(), '.ssh'),
      properties: ['openFile', 'showHiddenFiles'],
    });
    return canceled ? null : (filePaths[0] ?? null);
  }

  /** The path of a file to import machines from; null when the user cancels. */
  async chooseImportFile(): Promise<string | null> {
    const { canceled, filePaths } = await dialog.showOpenDialog(this.deps.parent(), {
      title: this.deps.textOf('transfer.importTitle'),
      buttonLabel: this.deps.textOf('transfer.preview'),
      properties: ['openFile', 'showHiddenFiles'],
    });
    return canceled ? null : (filePaths[0] ?? null);
  }

  /** Where exported machines go; null when the user cancels. */
  async askWhereToExport(suggestedName: string): Promise<string | null> {
    const { canceled, filePath } = await dialog.showSaveDialog(this.deps.parent(), {
      title: this.deps.textOf('transfer.exportTitle'),
      defaultPath: join(app.getPath('documents'), suggestedName),
      properties: ['createDirectory', 'showOverwriteConfirmation'],
    });
    return canceled || filePath === '' ? null : filePath;
  }

  /** The text of the public key file that the user chose; null when they cancel. @throws key-open-failed */
  async choosePublicKeyFile(): Promise<string | null> {
    const { canceled, filePaths } = await dialog.showOpenDialog(this.deps.parent(), {
      title: this.deps.textOf('publicKey.chooseTitle'),
      buttonLabel: this.deps.textOf('keyFile.choose'),
      properties: ['openFile', 'showHiddenFiles'],
    });
    const path = canceled ? undefined : filePaths[0];
    if (path === undefined) return null;
    try {
      if ((await stat(path)).size > largestPublicKeyFileBytes) throw new AppError('access-key-missing');
      return await readFile(path, 'utf8');
    } catch (error) {
      if (error instanceof AppError) throw error;
      const reason = (error as NodeJS.ErrnoException).code ?? '';
      throw new AppError('key-open-failed', { path, reason }, { cause: error });
    }
  }

  /** Where a download or a report goes; null when the user cancels. */
  async askWhereToSave(
    suggestedName: string,
    kind: 'download' | 'report' = 'download',
  ): Promise<string | null> {
    const { canceled, filePath } = await dialog.showSaveDialog(this.deps.parent(), {
      title: this.deps.textOf(kind === 'report' ? 'report.dialogTitle' : 'download.dialogTitle'),
      defaultPath: join(app.getPath('downloads'), suggestedName),
      properties: ['createDirectory', 'showOverwriteConfirmation'],
    });
    return canceled || filePath === '' ? null : filePath;
  }

  /** Files, or folders, to send somewhere; null when the user cancels. */
  async askWhatToUpload(kind: 'files' | 'folder'): Promise<readonly string[] | null> {
    const { canceled, filePaths } = await dialog.showOpenDialog(this.deps.parent(), {
      title: this.deps.textOf('upload.dialogTitle'),
      buttonLabel: this.deps.textOf('upload.choose'),
      properties: [kind === 'files' ? 'openFile' : 'openDirectory', 'multiSelections'],
    });
    return canceled || filePaths.length === 0 ? null : filePaths;
  }

  /** The folder that several downloads go into; null when the user cancels. */
  async askFolder(): Promise<string | null> {
    const { canceled, filePaths } = await dialog.showOpenDialog(this.deps.parent(), {
      title: this.deps.textOf('download.folderTitle'),
      defaultPath: app.getPath('downloads'),
      properties: ['openDirectory', 'createDirectory'],
    });
    return canceled ? null : (filePaths[0] ?? null);
  }

  /** Where a public key goes; null when the user cancels. */
  async askWhereToSavePublicKey(suggestedName: string): Promise<string | null> {
    const { canceled, filePath } = await dialog.showSaveDialog(this.deps.parent(), {
      title: this.deps.textOf('publicKey.dialogTitle'),
      defaultPath: join(homedir(), suggestedName),
      properties: ['createDirectory', 'showOverwriteConfirmation', 'showHiddenFiles'],
    });
    return canceled || filePath === '' ? null : filePath;
  }

  /** True when the user gives the unsaved changes up. Escape and Enter keep them. */
  async askAboutUnsaved(question: UnsavedQuestion, title: string): Promise<boolean> {
    const { textOf } = this.deps;
    const texts = {
      close: ['unsaved.closeQuestion', 'unsaved.detail', 'unsaved.close'],
      closeSilent: ['unsaved.silentQuestion', 'unsaved.silentDetail', 'unsaved.close'],
      leave: ['unsaved.leaveQuestion', 'unsaved.detail', 'unsaved.reload'],
    } as const satisfies Record<UnsavedQuestion, readonly string[]>;
    const [message, detail, giveUp] = texts[question];
    const stay = 0;
    const { response } = await dialog.showMessageBox(this.deps.parent(), {
      type: 'warning',
      message: textOf(message, { title }),
      detail: textOf(detail),
      buttons: [textOf('unsaved.stay'), textOf(giveUp)],
      defaultId: stay,
      cancelId: stay,
      noLink: true,
    });
    return response !== stay;
  }

  /** True when the user lets downloads that are not finished end. Escape and Enter go on with them. */
  async askAboutDownloads(count: number): Promise<boolean> {
    const { textOf } = this.deps;
    const stay = 0;
    const { response } = await dialog.showMessageBox(this.deps.parent(), {
      type: 'warning',
      message: textOf('download.endQuestion', { count }),
      detail: textOf('download.endDetail'),
      buttons: [textOf('download.stay'), textOf('download.end')],
      defaultId: stay,
      cancelId: stay,
      noLink: true,
    });
    return response !== stay;
  }

  /** Tells of a fault of our own; resolves with true when the user wants to quit. One at a time. */
  async tellFault(): Promise<boolean> {
    if (this.#isFaultShown) return false;
    this.#isFaultShown = true;
    const goOn = 0;
    try {
      const { response } = await dialog.showMessageBox({
        type: 'error',
        message: this.deps.textOf('fault.what'),
        detail: this.deps.textOf('fault.todo', { logFile: this.deps.logFile }),
        buttons: [this.deps.textOf('fault.continue'), this.deps.textOf('fault.quit')],
        defaultId: goOn,
        cancelId: goOn,
        noLink: true,
      });
      return response !== goOn;
    } finally {
      this.#isFaultShown = false;
    }
  }
}
