import { parseArgs } from 'node:util';
import { buildAppIfChanged } from '../app-bundle';
import { resolveElectron } from '../electron-runtime/resolve';
import { driveHeadless } from '../start/headless-drive';
import { openApp } from '../start/open-app';
import { runScript, step } from '../step';
import { ensureElectronNeeds } from '../system/electron-needs';
import { hasDisplay } from '../system/xvfb';

const { values, positionals } = parseArgs({
  args: process.argv.slice(2),
  allowPositionals: true,
  options: { screenshot: { type: 'string', default: 'nuvem-demo.png' } },
});

await runScript(async () => {
  const electron = await step('Electron', () => resolveElectron());
  console.log(`  Electron ${electron.version}, ${electron.source}: ${electron.distPath}`);
  await step('System libraries', () => ensureElectronNeeds(electron.executablePath, !hasDisplay()));
  await step('Build', buildAppIfChanged);
  if (hasDisplay()) process.exitCode = await openApp(electron.executablePath, positionals);
  else await driveHeadless(electron.executablePath, values.screenshot);
});
