import { app, dialog, ipcMain, protocol } from 'electron';
import type { CommandLine } from './cli/command-line';
import { pathOfFileArgument } from './cli/file-argument';
import type { SecondStart } from './cli/second-start';
import { appScheme, serveApp } from './desktop/app-protocol';
import { LinkQueue } from './desktop/deep-link';
import { builtPreloadPath, builtRendererFolder, openEarlyWindow } from './desktop/early-window';
import { isWayland } from './desktop/global-key';
import { quitOnSignals } from './desktop/quit-on-signals';
import { answeringChannel } from './ipc/bridge';
import { type BridgeShape, toArgument } from './ipc/bridge-shape';
import type { Launch } from './launched';

/** The contract's, put in by the build: the contract itself takes longer to load than the window to open. */
declare const builtBridgeShape: BridgeShape;

/**
 * Starts the app, or lets the one that runs come to the front: there is one per profile. Electron is ready only after
 * the program's first module, so this loads little; the rest is loaded while the window's page loads.
 */
export function launch(line: CommandLine & { readonly kind: 'app' }): void {
  protocol.registerSchemesAsPrivileged([appScheme]);
  // By the portal of the desktop (org.freedesktop.portal.GlobalShortcuts) where it has one; Electron 35 and later know it.
  if (isWayland(process.platform, process.env) && !app.commandLine.hasSwitch('enable-features'))
    app.commandLine.appendSwitch('enable-features', 'GlobalShortcutsPortal');
  const wanted: SecondStart = {
    isHidden: line.isHidden,
    opensPalette: line.opensPalette,
    links: line.links,
    files: line.files.flatMap((file) => pathOfFileArgument(file, process.cwd()) ?? []),
  };
  const links = new LinkQueue();
  links.add(wanted.links);
  const files = new LinkQueue();
  files.add(wanted.files);
  app.on('open-url', (event, link) => {
    event.preventDefault();
    links.add([link]);
  });
  app.on('open-file', (event, path) => {
    event.preventDefault();
    files.add([path]);
  });
  if (app.requestSingleInstanceLock(wanted)) {
    void app
      .whenReady()
      .then(() => open({ wanted, links, files }))
      .catch(failToStart);
  } else app.quit();
}

async function open(asked: Pick<Launch, 'wanted' | 'links' | 'files'>): Promise<void> {
  protocol.registerBufferProtocol(appScheme.scheme, serveApp(builtRendererFolder(import.meta.dirname)));
  let answerPage = (): void => undefined;
  const answering = new Promise<void>((resolve) => {
    answerPage = resolve;
  });
  ipcMain.handle(answeringChannel, () => answering);
  const window = openEarlyWindow({
    preloadPath: builtPreloadPath(import.meta.dirname),
    preloadArguments: [toArgument(builtBridgeShape)],
  });
  const { start } = await import('./main');
  quitOnSignals(process, () => app.quit());
  await start({ ...asked, window, answerPage });
}

/** Nothing of the app is there yet, not even the settings: so in the system's language, and then the end. */
async function failToStart(error: unknown): Promise<void> {
  const [{ openLogFile }, { languageInForce }, { createTexts }] = await Promise.all([
    import('./desktop/log-file'),
    import('./desktop/language'),
    import('./desktop/texts'),
  ]);
  const log = openLogFile(app.getPath('logs'));
  log.error('start', error);
  const textOf = createTexts(() => languageInForce('system', app.getPreferredSystemLanguages()));
  dialog.showErrorBox(textOf('fault.startWhat'), textOf('fault.startTodo', { logFile: log.path }));
  app.exit(1);
}
