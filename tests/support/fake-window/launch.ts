import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ElectronApplication, Page } from '@playwright/test';
import { build } from 'vite';
import { launchElectron } from '../../../build/electron-runtime/launch-electron';
import { resolveElectron } from '../../../build/electron-runtime/resolve';

export interface FakeWindow {
  readonly app: ElectronApplication;
  /** The renderer; `window.fakeMain` in it is the `FakeMain` behind its bridge. */
  readonly page: Page;
  close(): Promise<void>;
}

/**
 * Opens the built renderer (`npm run build`, or the one that NUVEM_TEST_RENDERER names) in Electron, with a
 * `FakeMain` instead of the main process.
 */
export async function openFakeWindow(): Promise<FakeWindow> {
  const rendererFolder = process.env.NUVEM_TEST_RENDERER ?? resolve('out/renderer');
  const folder = await mkdtemp(join(tmpdir(), 'nuvem-fake-window-'));
  await writeFile(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'nuvem-fake-window', version: '0.0.0', main: 'main.mjs' }),
  );
  await bundle(new URL('./main.ts', import.meta.url), 'es', join(folder, 'main.mjs'));
  await bundle(new URL('./preload.ts', import.meta.url), 'cjs', join(folder, 'preload.cjs'));
  const { executablePath } = await resolveElectron();
  const app = await launchElectron({
    executablePath,
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      `--user-data-dir=${join(folder, 'profile')}`,
      folder,
    ],
    env: { ...(process.env as Record<string, string>), NUVEM_TEST_RENDERER: rendererFolder },
  });
  return {
    app,
    page: await app.firstWindow(),
    close: async () => {
      await app.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function bundle(entry: URL, format: 'es' | 'cjs', file: string): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    build: {
      target: 'node20.18',
      write: true,
      outDir: dirname(file),
      emptyOutDir: false,
      ssr: fileURLToPath(entry),
      rolldownOptions: {
        external: ['electron'],
        output: { format, entryFileNames: basename(file), codeSplitting: false },
      },
    },
    ssr: { noExternal: true },
  });
}
