// Stands in for Electron's own default app in the runtime that comes from the package registry:
// loads `-r` modules, answers `--version`, and runs the app whose folder is the first plain argument.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

const require = createRequire(import.meta.url);
const args = process.argv.slice(1);

if (args.includes('--version')) {
  console.log(`v${process.versions.electron}`);
  process.exit(0);
}

let appPath;
for (let index = 0; index < args.length && appPath === undefined; index += 1) {
  const arg = args[index];
  if (arg === '-r' || arg === '--require') {
    index += 1;
    require(resolve(args[index]));
  } else if (!arg.startsWith('-')) {
    appPath = resolve(arg);
  }
}

if (appPath === undefined) {
  console.error('Give the folder of an app to run.');
  process.exit(1);
}

try {
  const manifest = JSON.parse(readFileSync(join(appPath, 'package.json'), 'utf8'));
  Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true });
  app.setAppPath(appPath);
  app.setName(manifest.productName ?? manifest.name);
  app.setVersion(manifest.version);
  await import(pathToFileURL(join(appPath, manifest.main)).href);
} catch (error) {
  // Electron would show a dialog, which nobody could close on a machine without a display.
  console.error(error);
  process.exit(1);
}
