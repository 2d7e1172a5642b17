import { join } from 'node:path';
import { app, BrowserWindow, Menu, protocol } from 'electron';
import { appPageUrl, appScheme, serveApp } from '../../../electron/desktop/app-protocol';

/** The real renderer in a real window, served like in the app, but with `FakeMain` behind its bridge. */
const rendererFolder = process.env.NUVEM_TEST_RENDERER;
if (!rendererFolder) throw new Error('NUVEM_TEST_RENDERER is not set');

protocol.registerSchemesAsPrivileged([appScheme]);
Menu.setApplicationMenu(null);
// Not awaited here: the app becomes ready only after this module was loaded.
void app.whenReady().then(() => {
  protocol.registerBufferProtocol(appScheme.scheme, serveApp(rendererFolder));
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    useContentSize: true,
    webPreferences: {
      preload: join(import.meta.dirname, 'preload.cjs'),
      // The double lives in the page, so that a test can reach it.
      contextIsolation: false,
      sandbox: false,
      webviewTag: true,
    },
  });
  return window.loadURL(appPageUrl);
});
