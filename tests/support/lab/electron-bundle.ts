import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { addNativeGcm } from '../../../build/native-gcm';
import { networkWorkerFile } from './network-worker-file';

/** Bundles the main script of an Electron as the app is bundled, into `folder`, which Electron then takes as an app. */
export async function bundleForElectron(script: string, folder: string): Promise<void> {
  await bundle(script, folder, 'main.cjs');
  await writeFile(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'probe', version: '0.0.0', main: 'main.cjs' }),
  );
  await addNativeGcm(folder);
}

const networkWorker = fileURLToPath(new URL('../../../electron/network-worker.ts', import.meta.url));

/** Bundles the product's network thread, or a `script` around it, into `folder` as `networkWorkerFile`. */
export async function bundleNetworkWorker(folder: string, script = networkWorker): Promise<void> {
  await bundle(script, folder, networkWorkerFile);
}

async function bundle(script: string, folder: string, fileName: string): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'warn',
    ssr: { noExternal: true },
    build: {
      ssr: script,
      target: 'node20.18',
      outDir: folder,
      emptyOutDir: false,
      rolldownOptions: {
        external: ['electron', 'cpu-features', /\.node$/],
        // ssh2 looks for files beside itself by `__dirname`, which only CommonJS has.
        output: { format: 'cjs', entryFileNames: fileName },
      },
    },
  });
}
