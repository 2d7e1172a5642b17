import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { bridgeShapeOf } from '../../electron/ipc/bridge-shape';
import { contract } from '../../shared/contract/contract';

/** What the oldest Electron that we run on understands; electron-vite would take the newest one's. */
const nodeTarget = 'node20.18';
const browserTarget = 'chrome130';

/** Native modules can't be bundled, and ssh2 works without its optional ones. */
const external = ['electron', /^electron\//, 'cpu-features', /\.node$/];

export default defineConfig({
  main: {
    define: { builtBridgeShape: JSON.stringify(bridgeShapeOf(contract)) },
    build: {
      target: nodeTarget,
      outDir: 'out/main',
      license: { fileName: 'licences.json' },
      externalizeDeps: false,
      rolldownOptions: {
        input: { main: 'electron/entry.ts', 'network-worker': 'electron/network-worker.ts' },
        external,
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      target: nodeTarget,
      outDir: 'out/preload',
      license: { fileName: 'licences.json' },
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: 'electron/preload.ts' },
        external,
        // A sandboxed preload script must be one CommonJS file.
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  },
  renderer: {
    root: 'renderer',
    plugins: [react()],
    build: {
      target: browserTarget,
      outDir: 'out/renderer',
      license: { fileName: 'licences.json' },
      minify: true,
      // The limit is for pages that travel over a network; this one is read from disk.
      chunkSizeWarningLimit: 4_000,
      rolldownOptions: { input: 'renderer/index.html' },
    },
  },
});
