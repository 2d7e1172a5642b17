import { join } from 'node:path';
import { BrowserWindow } from 'electron';
import { appPageUrl } from './app-protocol';

/** The app's window while it is not shown yet and its page loads. */
export interface EarlyWindow {
  readonly browserWindow: BrowserWindow;
  /** Its page has something to show. */
  readonly painted: Promise<void>;
  /** Its page was loaded; with why it could not be. Never rejects. */
  readonly loaded: Promise<{ readonly error: unknown } | null>;
}

interface EarlyWindowOptions {
  readonly preloadPath: string;
  /** Process arguments for the preload script. */
  readonly preloadArguments: readonly string[];
}

/**
 * Opens the window hidden, with nothing of the user's in it, and lets it load its page: Chromium takes as long for that
 * as the app for everything else, and both go on at the same time. The scheme of the page must be served.
 */
export function openEarlyWindow({ preloadPath, preloadArguments }: EarlyWindowOptions): EarlyWindow {
  const browserWindow = new BrowserWindow({
    show: false,
    title: 'Nuvem',
    webPreferences: {
      preload: preloadPath,
      additionalArguments: [...preloadArguments],
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: true,
      spellcheck: false,
    },
  });
  return {
    browserWindow,
    painted: new Promise((resolve) => browserWindow.once('ready-to-show', () => resolve())),
    loaded: browserWindow.loadURL(appPageUrl).then(
      () => null,
      (error: unknown) => ({ error }),
    ),
  };
}

/** The built preload script, beside the built main process. */
export function builtPreloadPath(mainFolder: string): string {
  return join(mainFolder, '..', 'preload', 'preload.cjs');
}

/** The built page of the app, beside the built main process. */
export function builtRendererFolder(mainFolder: string): string {
  return join(mainFolder, '..', 'renderer');
}
