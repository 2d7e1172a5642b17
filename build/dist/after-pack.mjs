// @ts-check
import { rm } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Removes the default app that a development Electron carries: what ships runs Nuvem and nothing else.
 * @param {import('electron-builder').AfterPackContext} context
 */
export default async function afterPack({ appOutDir, packager, electronPlatformName }) {
  const resources =
    electronPlatformName === 'darwin'
      ? join(appOutDir, `${packager.appInfo.productFilename}.app`, 'Contents', 'Resources')
      : join(appOutDir, 'resources');
  await rm(join(resources, 'default_app.asar'), { force: true });
}
