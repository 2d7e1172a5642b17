import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { app, clipboard, ipcMain, nativeTheme, protocol, session, shell } from 'electron';
import ElectronStore from 'electron-store';
import type { AppContract } from '../shared/contract/contract';
import { contract } from '../shared/contract/contract';
import type { HandlersOf } from '../shared/contract/define-contract';
import { AppError } from '../shared/errors/app-error';
import type { MachineId } from '../shared/model/machine';
import { defaultSettings, Settings } from '../shared/model/settings';
import type { TabId } from '../shared/model/tab';
import { appOrigin, appScheme, serveApp } from './desktop/app-protocol';
import { Closing } from './desktop/closing';
import { Dialogs } from './desktop/dialogs';
import { Downloads } from './desktop/downloads';
import { languageInForce } from './desktop/language';
import { openLogFile } from './desktop/log-file';
import { guardOwnSession, MachineSessions } from './desktop/machine-session';
import { setAppMenu } from './desktop/menu';
import { NoticeBoard } from './desktop/notice-board';
import {
  noOpenNotebooks,
  OpenNotebooks,
  OpenNotebooksData,
  openNotebooksVersion,
} from './desktop/open-notebooks';
import { partitionOf } from './desktop/partition';
import { TabPages } from './desktop/tab-pages';
import { TabService } from './desktop/tabs';
import { createTexts } from './desktop/texts';
import { AppTray } from './desktop/tray';
import { hasTray } from './desktop/tray-presence';
import { UnsavedPages } from './desktop/unsaved-pages';
import { WebContentsGuard } from './desktop/web-contents-guard';
import { AppWindow, builtPreloadPath, builtRendererFolder } from './desktop/window';
import { unplacedWindow, WindowState, windowStateVersion } from './desktop/window-state';
import { bridgeShapeOf, toArgument } from './ipc/bridge-shape';
import { appHandlers } from './ipc/handlers/app';
import { machinesHandlers } from './ipc/handlers/machines';
import { settingsHandlers } from './ipc/handlers/settings';
import { tabsHandlers } from './ipc/handlers/tabs';
import { createEmitters, type InvokeRegistry, registerHandlers } from './ipc/register';
import { isTrustedSender } from './ipc/trusted-sender';
import { MachineStore, MachinesData, machinesVersion, noMachines } from './machines/machine-store';
import { SettingsStore, settingsVersion } from './settings/settings-store';
import { systemClock } from './system/clock';
import { type OpenStoreFile, RecoverableStore, type StoreRecovery } from './system/recoverable-store';

/** How long the end of everything may take before the process goes all the same. */
const shutdownLimitMs = 5000;

app.setName('Nuvem');
protocol.registerSchemesAsPrivileged([appScheme]);
const log = openLogFile(app.getPath('logs'));

// A second start hands its wish to the first one and ends. The lock belongs to the profile folder.
if (app.requestSingleInstanceLock()) {
  void app
    .whenReady()
    .then(start)
    .catch((error: unknown) => {
      log.error('start failed', error);
      console.error(`Nuvem could not start; the reason is in ${log.path}`);
      app.exit(1);
    });
} else {
  app.quit();
}

/** Makes every service and wires them; the one place where that happens. */
async function start(): Promise<void> {
  const userData = app.getPath('userData');
  const mainFolder = import.meta.dirname;
  const onFault = (place: string, error: unknown): void => log.error(place, error);
  const nowMs = systemClock.nowMs;
  let window: AppWindow | null = null;
  let tray: AppTray | null = null;
  const ownWindow = (): AppWindow => {
    if (window === null) throw new Error('The window is not there yet');
    return window;
  };

  const emit = createEmitters(contract, (channel, payload) => window?.send(channel, payload), onFault);
  const notices = new NoticeBoard(randomUUID, emit.app.noticePosted);

  const openFile: OpenStoreFile = (options) => new ElectronStore<Record<string, unknown>>(options);
  const storeBasics = {
    folder: userData,
    openFile,
    nowMs,
    onWriteFailed: (file: string, error: unknown) => log.warn(`could not write ${file}`, error),
  };
  const tellRecovery = ({ kind, file, putAside }: StoreRecovery): void => {
    log.warn(`${file}: ${kind}, put aside as ${putAside}`);
    const code = kind === 'reset' ? 'store-reset' : 'store-restored-from-copy';
    notices.post('warning', code, { file, putAside: putAside ?? '' });
  };
  const logRecovery = ({ kind, file }: StoreRecovery): void => log.warn(`${file}: ${kind}`);

  const settings = new SettingsStore({
    store: new RecoverableStore({
      ...storeBasics,
      name: 'settings',
      version: settingsVersion,
      schema: Settings,
      initial: defaultSettings,
      onRecovered: tellRecovery,
    }),
    languageOf: (choice) => languageInForce(choice, app.getPreferredSystemLanguages()),
    onChanged: (snapshot) => {
      emit.settings.changed(snapshot);
      applySettings();
    },
  });
  const textOf = createTexts(() => settings.snapshot().language);

  const machines = new MachineStore({
    store: new RecoverableStore({
      ...storeBasics,
      name: 'machines',
      version: machinesVersion,
      schema: MachinesData,
      initial: noMachines,
      onRecovered: tellRecovery,
    }),
    newId: () => randomUUID() as MachineId,
    onChanged: (list) => {
      emit.machines.changed(list);
      tray?.refresh();
    },
  });
  const windowState = new RecoverableStore({
    ...storeBasics,
    name: 'window',
    version: windowStateVersion,
    schema: WindowState,
    initial: unplacedWindow,
    onRecovered: logRecovery,
  });
  const openNotebooks = new OpenNotebooks(
    new RecoverableStore({
      ...storeBasics,
      name: 'open-notebooks',
      version: openNotebooksVersion,
      schema: OpenNotebooksData,
      initial: noOpenNotebooks,
      onRecovered: logRecovery,
    }),
    (error) => log.warn('open notebooks not remembered', error),
  );

  const tabs = new TabService({
    newId: () => randomUUID() as TabId,
    partitionOf: (machineId) => partitionOf(machines.get(machineId)),
    onChanged: (list) => {
      emit.tabs.changed(list);
      if (!closing.isQuitting) openNotebooks.remember(list);
    },
  });
  const pages = new TabPages(nowMs);
  const dialogs = new Dialogs({ parent: () => ownWindow().browserWindow, textOf, logFile: log.path });
  const downloads = new Downloads({
    partialFolder: join(userData, 'partial-downloads'),
    askWhere: (name) => dialogs.askWhereToSave(name),
    notices,
    log: log.warn,
  });
  const machineSessions = new MachineSessions({
    sessionOf: (partition) => session.fromPartition(partition),
    originsOf: (partition) => tabs.originsOf(partition),
    sinceInputMs: (contentsId) => pages.sinceInputMs(contentsId),
    downloads,
    notices,
    log: log.warn,
  });
  const unsaved = new UnsavedPages({
    pageOf: (tabId) => pages.pageOf(tabId),
    ask: (question, title) => {
      ownWindow().show();
      return dialogs.askAboutUnsaved(question, title);
    },
    clock: systemClock,
  });

  const closing = new Closing({
    tabs,
    unsaved,
    stopServer: async () => undefined,
    retireMachine: async (machineId) => {
      machines.remove(machineId);
      tabs.closeOf(machineId);
    },
    shutDown: async () => {
      app.off('before-quit', askBeforeQuitting);
      window?.allowClosing();
      app.quit();
    },
  });
  const quit = (): void => void closing.quit().catch((error: unknown) => onFault('quit', error));
  const askBeforeQuitting = (event: { preventDefault(): void }): void => {
    event.preventDefault();
    quit();
  };

  const findTray = (): Promise<boolean> =>
    hasTray(
      process.platform,
      async (program, args) => (await promisify(execFile)(program, args, { timeout: 2500 })).stdout,
    );
  const isTrayThere = await findTray();

  const openExternally = (url: string): void =>
    void shell.openExternal(url).catch((error: unknown) => onFault('open in browser', error));
  new WebContentsGuard({
    app,
    appOrigin,
    ownWindowId: () => window?.webContentsId ?? null,
    tabs,
    pages,
    notices,
    openExternally,
    onPageAttached: (contents) => unsaved.watch(contents),
    log: log.warn,
  }).watch();
  guardOwnSession(session.defaultSession);
  protocol.handle(appScheme.scheme, serveApp(builtRendererFolder(mainFolder)));

  const absent = (): never => {
    throw new AppError('not-connected');
  };
  const handlers: HandlersOf<AppContract> = {
    app: appHandlers({
      info: () => ({
        version: app.getVersion(),
        electronVersion: process.versions.electron,
        platform: process.platform as 'win32' | 'darwin' | 'linux',
        canKeepSecrets: false,
        hasTray: isTrayThere,
      }),
      notices,
      chooseKeyFile: () => dialogs.chooseKeyFile(),
      copyText: (text) => clipboard.writeText(text),
      quit,
    }),
    settings: settingsHandlers(settings),
    machines: machinesHandlers(machines, (machineId) => closing.removeMachine(machineId)),
    tabs: tabsHandlers(tabs, (tabId) => closing.closeTab(tabId)),
    connections: {
      list: () => [],
      connect: absent,
      disconnect: absent,
      retryNow: absent,
      answer: absent,
      log: () => [],
    },
    notebooks: {
      list: () => [],
      find: absent,
      openOrStart: absent,
      start: absent,
      open: absent,
      stop: absent,
    },
    demo: { get: () => ({ revision: 0, state: { kind: 'absent' } }), start: absent, cancel: absent },
  };
  registerHandlers(contract, handlers, {
    registry: ipcMain satisfies InvokeRegistry,
    isTrusted: (event) => isTrustedSender(event, window?.webContentsId ?? null, appOrigin),
    onFault,
  });

  window = new AppWindow({
    preloadPath: builtPreloadPath(mainFolder),
    preloadArguments: [toArgument(bridgeShapeOf(contract))],
    loadState: () => windowState.value(),
    saveState: (state) => {
      try {
        windowState.replace(state);
      } catch (error) {
        log.warn('window state not saved', error);
      }
    },
    whenClosed: async () =>
      settings.snapshot().settings.closesToTray && (await findTray()) ? 'hide' : 'quit',
    onQuitWanted: quit,
    onRendererGone: (reason) => log.error(`window gone: ${reason}`),
  });
  const showWindow = (): void => ownWindow().show();
  tray = new AppTray({
    model: () => ({ machines: machines.list().machines, stateOf: () => ({ kind: 'idle' }) }),
    actions: { show: showWindow, quit, connect: absent, openNotebook: absent, disconnect: absent },
    textOf,
  });

  function applySettings(): void {
    nativeTheme.themeSource = settings.snapshot().settings.theme;
    setAppMenu(
      process.platform,
      {
        quit,
        closeTab: () => {
          const { activeTabId } = tabs.list();
          if (activeTabId !== null) void closing.closeTab(activeTabId);
        },
        showMachines: () => tabs.activate(null),
        goToNeighbourTab: (steps) => tabs.activateNeighbour(steps),
        reloadPage: () => pageInFront()?.reload(),
        zoom: (levels) => {
          const page = pageInFront() ?? ownWindow().browserWindow.webContents;
          page.setZoomLevel(levels === 0 ? 0 : page.getZoomLevel() + levels);
        },
        showLogs: () => shell.showItemInFolder(log.path),
      },
      textOf,
    );
    tray?.refresh();
  }
  function pageInFront(): Electron.WebContents | undefined {
    const { activeTabId } = tabs.list();
    return activeTabId === null ? undefined : pages.pageOf(activeTabId);
  }

  applySettings();
  downloads.clean();
  for (const machineId of openNotebooks.atStart()) {
    const machine = machines.list().machines.find(({ id }) => id === machineId);
    if (machine !== undefined)
      notices.post('info', 'running-notebook-found', { machineId, machineName: machine.name });
  }

  app.on('before-quit', askBeforeQuitting);
  app.on('window-all-closed', () => undefined);
  app.on('second-instance', showWindow);
  app.on('activate', showWindow);
  await ownWindow().load();
}
