import { createStore } from 'zustand/vanilla';
import type { AppInfo } from '../../shared/model/app';
import { nuvem } from '../api/nuvem';

/** What the app runs on; null until the main process has told. It never changes in a run. */
export const appInfoStore = createStore<AppInfo | null>(() => null);

/** Asks once. @throws AppError */
export async function loadAppInfo(): Promise<void> {
  appInfoStore.setState(await nuvem.app.info(), true);
}
