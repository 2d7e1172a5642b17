import { createStore } from 'zustand/vanilla';
import type { AppInfo } from '../../shared/model/app';
import { nuvem } from '../api/nuvem';
import { showFailure } from './notices-store';

/** What the app runs on; null until the main process has told. It never changes in a run. */
export const appInfoStore = createStore<AppInfo | null>(() => null);

/** Asks once. @throws AppError */
export async function loadAppInfo(): Promise<void> {
  appInfoStore.setState(await nuvem.app.info(), true);
}

/** Whether the desktop shows tray icons; null until it has answered, which nothing that is shown waits for. */
export const trayStore = createStore<{ readonly hasTray: boolean | null }>(() => ({ hasTray: null }));

export function askForTray(): void {
  nuvem.app
    .hasTray()
    .then((hasTray) => trayStore.setState({ hasTray }))
    .catch(showFailure);
}
