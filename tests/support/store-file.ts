import { tmpdir } from 'node:os';
import type { OpenStoreFile, StoreFile } from '../../electron/system/recoverable-store';

// Outside Electron, importing `electron` asks where its binary is and would download it; nobody here starts it.
process.env.ELECTRON_OVERRIDE_DIST_PATH ??= tmpdir();
const { default: ElectronStore } = await import('electron-store');

/** The real electron-store, in plain Node. */
export const openStoreFile: OpenStoreFile = (options) => new ElectronStore<StoreFile['store']>(options);
