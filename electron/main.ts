import { randomBytes, randomUUID } from 'node:crypto';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { app, clipboard, globalShortcut, ipcMain, nativeTheme, shell } from 'electron';
import { type AppContract, contract } from '../shared/contract/contract';
import type { HandlersOf } from '../shared/contract/define-contract';
import { AppError } from '../shared/errors/app-error';
import { tabFacts } from '../shared/model/action';
import type { OfferedImport } from '../shared/model/import-preview';
import { isSaved, type MachineId } from '../shared/model/machine';
import { isService } from '../shared/model/notebook';
import { wayTo } from '../shared/model/way';
import { CostWatch } from './aws/costs/cost-watch';
import { SecondStart } from './cli/second-start';
import { makeAccess } from './composition/access';
import { makeActions } from './composition/actions';
import { makeAws } from './composition/aws';
import { makeBrowserAccess } from './composition/browser-access';
import { makeControl } from './composition/control';
import { makeDemo } from './composition/demo';
import { makeDiagnosis } from './composition/diagnosis';
import { makeDiagnostics } from './composition/diagnostics';
import { makeEnvironments } from './composition/environments';
import { makeIdle } from './composition/idle';
import { makeKernels } from './composition/kernels';
import { makeOpenLink } from './composition/links';
import { makeMeters } from './composition/meters';
import { makeMetrics } from './composition/metrics';
import { makeNodeFiles } from './composition/node-files';
import { makeNotebookHome } from './composition/notebook-home';
import { makeNotifications } from './composition/notifications';
import { makeOpenFile } from './composition/opened-files';
import { makePages } from './composition/pages';
import { makeRecipes } from './composition/recipes';
import { makeRemote } from './composition/remote';
import { makeS3 } from './composition/s3';
import { makeSettingsEffects } from './composition/settings-effects';
import { makeSlurm } from './composition/slurm';
import { makeStepLogs } from './composition/step-logs';
import { openStores } from './composition/stores';
import { startSupervisor } from './composition/supervisor';
import { makeTransfers } from './composition/transfers';
import { findTray, makeTray } from './composition/tray';
import { makeTunnels } from './composition/tunnels';
import { makeUnits } from './composition/units';
import { makeUpdates } from './composition/updates';
import { appOrigin } from './desktop/app-protocol';
import { Closing } from './desktop/closing';
import { Faults } from './desktop/faults';
import { FilePages } from './desktop/file-pages';
import { GlobalKey, isWayland } from './desktop/global-key';
import { openLogFile } from './desktop/log-file';
import { setAppMenu, showAvailable } from './desktop/menu';
import { NotebookPages } from './desktop/notebook-pages';
import { NoticeBoard } from './desktop/notice-board';
import { Offered } from './desktop/offered';
import { partitionOf } from './desktop/partition';
import { reportName, saveText } from './desktop/save-text';
import { TabWaking } from './desktop/tab-waking';
import type { TabRequest } from './desktop/tabs';
import { createTexts } from './desktop/texts';
import type { AppTray } from './desktop/tray';
import { judgeLogin } from './desktop/web-policy';
import { AppWindow } from './desktop/window';
import { accessHandlers } from './ipc/handlers/access';
import { agentsHandlers } from './ipc/handlers/agents';
import { appHandlers } from './ipc/handlers/app';
import { awsHandlers } from './ipc/handlers/aws';
import { browserDoorsHandlers } from './ipc/handlers/browser-doors';
import { connectionsHandlers } from './ipc/handlers/connections';
import { costsHandlers } from './ipc/handlers/costs';
import { demoHandlers } from './ipc/handlers/demo';
import { diagnosisHandlers } from './ipc/handlers/diagnosis';
import { downloadsHandlers } from './ipc/handlers/downloads';
import { ec2Handlers } from './ipc/handlers/ec2';
import { emrHandlers } from './ipc/handlers/emr';
import { emrNodeFilesHandlers } from './ipc/handlers/emr-node-files';
import { emrNodesHandlers } from './ipc/handlers/emr-nodes';
import { emrStepsHandlers } from './ipc/handlers/emr-steps';
import { environmentsHandlers } from './ipc/handlers/environments';
import { exportsHandlers } from './ipc/handlers/exports';
import { groupsHandlers } from './ipc/handlers/groups';
import { idleHandlers } from './ipc/handlers/idle';
import { importsHandlers } from './ipc/handlers/imports';
import { kernelsHandlers } from './ipc/handlers/kernels';
import { keysHandlers } from './ipc/handlers/keys';
import { machinesHandlers } from './ipc/handlers/machines';
import { metersHandlers } from './ipc/handlers/meters';
import { metricsHandlers } from './ipc/handlers/metrics';
import { notebookHomeHandlers } from './ipc/handlers/notebook-home';
import { notebooksHandlers } from './ipc/handlers/notebooks';
import { openedNotebooksHandlers } from './ipc/handlers/opened-notebooks';
import { recipesHandlers } from './ipc/handlers/recipes';
import { s3Handlers } from './ipc/handlers/s3';
import { settingsHandlers } from './ipc/handlers/settings';
import { slurmHandlers } from './ipc/handlers/slurm';
import { tabsHandlers } from './ipc/handlers/tabs';
import { trustHandlers } from './ipc/handlers/trust';
import { tunnelsHandlers } from './ipc/handlers/tunnels';
import { unitsHandlers } from './ipc/handlers/units';
import { updatesHandlers } from './ipc/handlers/updates';
import { webAppsHandlers } from './ipc/handlers/web-apps';
import { createEmitters, registerHandlers } from './ipc/register';
import { isTrustedSender } from './ipc/trusted-sender';
import { NotebookService } from './jupyter/notebook-service';
import { startKeeper } from './keeper/start-keeper';
import { askAgent } from './keys/agent-socket';
import type { Launch } from './launched';
import { systemClock } from './system/clock';
import { freePort } from './tunnel/listener';
import { forgetSecretsOf } from './vault/machine-secrets';
import { WebAppService } from './web-apps/web-app-service';

/** How long ending everything may take before the process goes all the same. */
const shutdownLimitMs = 5000;

const log = openLogFile(app.getPath('logs'));

/** Puts the app together from its parts (`composition/`), gives the window's requests their handlers, and shows the window. */
export async function start({ window: early, wanted, links, files, answerPage }: Launch): Promise<void> {
  const folder = app.getPath('userData');
  let window: AppWindow | null = null;
  let tray: AppTray | null = null;
  const ownWindow = (): AppWindow => {
    if (window === null) throw new Error('The window is not there yet');
    return window;
  };
  const showWindow = (): void => ownWindow().show();
  const offeredServer = new Offered<string>((address) => emit.app.serverOffered({ address }));
  const offeredImport = new Offered<OfferedImport>((offered) => emit.imports.offered(offered));
  /** For work whose failure the user sees elsewhere, in a snapshot. */
  const startInBackground = (work: Promise<unknown>): void => {
    work.catch((error: unknown) => log.error('background work', error));
  };

  const emit = createEmitters(contract, (channel, payload) => window?.send(channel, payload), log.error);
  const notices = new NoticeBoard(randomUUID, emit.app.noticePosted);
  const globalKey = new GlobalKey({ registry: globalShortcut, onPressed: () => runAction('summon') });
  const stores = openStores({
    folder,
    notices,
    log,
    preferredLanguages: () => app.getPreferredSystemLanguages(),
    isGlobalShortcutRefused: () => globalKey.isRefused,
    onSettingsChanged: (snapshot) => {
      emit.settings.changed(snapshot);
      remote.network.setLanguage(snapshot.language);
      applySettings();
      rememberTabs();
    },
    onOpenedNotebooksChanged: (snapshot) => emit.openedNotebooks.changed(snapshot),
    onRecentMachinesChanged: (snapshot) => {
      emit.machines.recentChanged(snapshot);
      tray?.refresh();
    },
    onMachinesChanged: (change) => {
      emit.machines.changed(change);
      tray?.refresh();
      tunnels.machinesChanged();
      costs.refresh();
      startInBackground(demo.machinesChanged());
    },
  });
  const { settings, machines, openNotebooks, openTabs, certificates } = stores;
  const textOf = createTexts(() => settings.snapshot().language);
  const machineOf = (machineId: MachineId) => machines.get(machineId);
  const isKept = (machineId: MachineId): boolean => {
    const machine = machines.find(machineId);
    return machine !== undefined && isSaved(machine);
  };
  const rememberUse = (machineId: MachineId): void => {
    if (isKept(machineId)) stores.recentMachines.used(machineId);
  };
  const rememberTabs = (): void => {
    const kept = tabs.list().tabs.filter((tab) => isKept(tab.machineId));
    if (closing.isQuitting) return;
    openNotebooks.remember({ tabs: kept });
    openTabs.remember(settings.snapshot().settings.restoresTabs ? kept : []);
  };

  const {
    tabs,
    pages,
    dialogs,
    unsaved,
    machineSessions,
    travel,
    rescue,
    zoom,
    front,
    downloads,
    mayEndDownloads,
  } = makePages({
    folder,
    machines,
    certificates,
    pageZoom: stores.pageZoom,
    notices,
    log,
    textOf,
    window: () => ownWindow().browserWindow,
    ownWindowId: () => window?.webContentsId ?? null,
    showWindow,
    onTabsChanged: (list) => {
      emit.tabs.changed(list);
      showAvailable(tabFacts(list));
      rememberTabs();
      notebookPages.tabsChanged(list.tabs);
      webApps.tabsChanged(list);
    },
    onDownloadsChanged: emit.downloads.changed,
  });
  const faults = new Faults({
    clock: systemClock,
    log: log.error,
    tell: () => dialogs.tellFault(),
    quit: () => quit(),
  });
  faults.watch(process);

  const aws = makeAws({
    accounts: stores.awsAccounts,
    prices: stores.prices,
    emrNodes: stores.emrNodes,
    machines,
    openExternally: (url) => shell.openExternal(url),
    onAccountsChanged: (snapshot) => {
      emit.aws.changed(snapshot);
      costs.accountsChanged(snapshot);
    },
    onClustersChanged: (snapshot) => {
      emit.emr.changed(snapshot);
      costs.clustersChanged(snapshot);
    },
    onClusterCreated: (place) => {
      try {
        costs.setCounted(place, true);
      } catch (error) {
        tellFailure(error);
      }
    },
    onInstancesChanged: emit.ec2.changed,
    onStepsChanged: emit.emrSteps.changed,
    chooseFiles: () => dialogs.askWhatToUpload('files').then((paths) => paths ?? []),
  });
  const costs = new CostWatch({
    bindings: () =>
      machines
        .list()
        .machines.flatMap(({ id, instance }) =>
          instance === null ? [] : [{ machineId: id, binding: instance }],
        ),
    nodeOf: (place) => stores.emrNodes.machineOf(place),
    counted: stores.countedClusters,
    session: (accountId) => aws.accounts.session(accountId),
    prices: stores.prices,
    clock: systemClock,
    onChanged: (snapshot) => {
      emit.costs.changed(snapshot);
      tray?.refreshTooltip();
    },
    onTrouble: (error) => log.warn('what something at AWS costs is not known', error),
  });
  const remote = await makeRemote({
    folder,
    wayTo: (machineId) => wayTo(machineOf(machineId), machines.list().machines),
    confirmedCommands: stores.confirmedCommands,
    seenHostKeys: stores.seenHostKeys,
    instances: aws.instances,
    networkWorkerPath: join(import.meta.dirname, 'network-worker.js'),
    language: settings.snapshot().language,
    onFault: (place, error) => faults.report(place, error),
    onConnectionChanged: (snapshot) => {
      emit.connections.changed(snapshot);
      if (snapshot.state.kind === 'ready') rememberUse(snapshot.machineId);
      costs.connectionChanged(snapshot.machineId, snapshot.state.kind === 'ready');
      downloads.connectionChanged(snapshot.machineId, snapshot.state.kind === 'ready');
      tray?.refresh();
    },
    onLogged: emit.connections.logged,
  });
  const { pool, gateways, connectionLog, vault } = remote;
  const nodeFiles = makeNodeFiles({
    ...{ machines, remote, nodes: stores.emrNodes, emr: aws.emr },
    askFolder: () => dialogs.askFolder(),
    onChanged: emit.emrNodeFiles.changed,
  });
  const tunnels = makeTunnels({
    machines,
    remote,
    log,
    onChanged: (snapshot) => {
      emit.tunnels.changed(snapshot);
      control.commands.tunnelsChanged();
    },
    onMeasured: emit.tunnels.measured,
  });
  const { browserAccess, openTabInBrowser } = makeBrowserAccess({
    tabs,
    remote,
    certificates,
    textOf,
    onChanged: emit.browserDoors.changed,
  });
  const supervisor = startSupervisor(pool, tunnels);
  const diagnosis = makeDiagnosis({ machines, remote, onChanged: emit.diagnosis.changed });
  const meters = makeMeters({ machines, remote, onChanged: emit.meters.changed });
  const environments = makeEnvironments({ machines, remote, onChanged: emit.environments.changed });
  const recipes = makeRecipes({ machines, environments, remote, onChanged: emit.recipes.changed });
  const openTab = async (tab: TabRequest): Promise<void> => {
    const { port } = await gateways.open(tab.machineId);
    await machineSessions.prepare(partitionOf(machineOf(tab.machineId)), port);
    tabs.open(tab);
  };
  const notebooks = new NotebookService({
    connections: pool,
    gateways,
    machineOf,
    log: connectionLog,
    clock: systemClock,
    random: randomBytes,
    vault,
    keepOutput: (transport, server) =>
      startKeeper(
        transport,
        server,
        { gapText: textOf('notebook.outputGap', { number: '{count}' }) },
        randomBytes,
      ),
    openTab,
    onIdleEnd: (machineId, end) => notifications.tellIdleEnd(machineId, end),
    onEnded: (machineId, { server, host }) => {
      browserAccess.closeTo(machineId, host);
      if (isService(server)) startInBackground(units.serverEnded(machineId));
    },
    closeTabsOf: (machineId, serverId) => tabs.closeOf(machineId, serverId),
    onChanged: (snapshot) => {
      emit.notebooks.changed(snapshot);
      tray?.refresh();
      kernels.serversChanged(snapshot.machineId);
      idle.service.serversChanged(snapshot.machineId);
    },
  });
  const units = makeUnits({
    machines,
    notebooks,
    remote,
    startInBackground,
    onChanged: emit.units.changed,
    onJournal: emit.units.journal,
  });
  const notifications = makeNotifications({
    notices,
    meters,
    textOf,
    nameOf: (machineId) => machineOf(machineId).name,
    factsOf: (machineId, serverId) => ({
      longRunSeconds: settings.snapshot().settings.longRunSeconds,
      isInFront: (window?.isFocused ?? false) && tabs.isInFront(machineId, serverId),
    }),
    open: ({ machineId, serverId, path, keepText }) => {
      showWindow();
      if (serverId !== null && keepText !== undefined) {
        tabs.activate(null);
        return startInBackground(idle.keep(machineId, serverId));
      }
      if (serverId === null) tabs.activate(null);
      else if (path !== null) startInBackground(filePages.show(machineId, serverId, path));
      else if (!tabs.bringToFront(machineId, serverId))
        startInBackground(notebooks.open(machineId, serverId));
    },
    startInBackground,
  });
  const kernels = makeKernels({
    notebooks,
    pool,
    onChanged: (snapshot) => {
      emit.kernels.changed(snapshot);
      notifications.lookAfter(snapshot.machineId);
    },
    onIncident: (placed) => notifications.tellIncident(placed),
  });
  const idle = makeIdle({
    notebooks,
    pool,
    notices,
    onChanged: emit.idle.changed,
    onNews: (news) => notifications.tellIdle(news),
  });
  const control = makeControl({
    folder,
    version: app.getVersion(),
    machines,
    pool,
    notebooks,
    tunnels,
    log,
    showWindow,
  });
  const slurm = makeSlurm({ machines, notices, remote, log, onChanged: emit.slurm.changed });
  const webApps = new WebAppService({
    connections: pool,
    assertMachine: (machineId) => void machineOf(machineId),
    openGateway: (machineId) => gateways.open(machineId),
    openTab,
    onChanged: emit.webApps.changed,
  });
  const notebookPages = new NotebookPages({
    folderOf: (machineId, serverId) =>
      notebooks.serversOf(machineId).find(({ server }) => server.id === serverId)?.server.folder ?? '',
    onOpened: (machineId, path) => {
      if (isKept(machineId)) stores.openedNotebooks.opened(machineId, path);
    },
  });
  const notebookHome = makeNotebookHome({ notebooks, notices, remote });
  const filePages = new FilePages({
    tabs,
    pages,
    openPage: (machineId, serverId, path) => notebookHome.openFile(machineId, serverId, path),
    clock: systemClock,
  });
  const waking = new TabWaking({
    tabs,
    openNotebook: (machineId, serverId) => notebooks.open(machineId, serverId),
    notebookFailure: (machineId) => {
      const activity = notebooks.snapshotOf(machineId)?.activity;
      return activity?.kind === 'failed' ? activity.error : null;
    },
    openPage: (machineId, url, title) => webApps.open(machineId, url, title),
  });
  const s3 = makeS3({
    session: (accountId) => aws.accounts.session(accountId),
    store: stores.s3Transfers,
    onTransfersChanged: emit.s3.transfersChanged,
    onTrouble: (error) => log.warn('transfers with S3 not remembered', error),
  });
  const updates = makeUpdates({
    settings: () => settings.snapshot().settings,
    notices,
    log,
    onChanged: emit.updates.changed,
  });
  const metrics = makeMetrics({
    accounts: aws.accounts,
    told: stores.alarmsTold,
    ...{ notices, textOf, showWindow, startInBackground },
    onAlarmsChanged: emit.metrics.alarmsChanged,
  });
  metrics.alarms.start();
  const demo = makeDemo({ folder, machines, notebooks, remote, textOf, onChanged: emit.demo.changed });

  const closing = new Closing({
    tabs,
    unsaved,
    mayEndDownloads,
    stopServer: (machineId, serverId) => notebooks.stop(machineId, serverId),
    retireMachines: async (machineIds) => {
      const retired = machineIds.map(machineOf);
      machines.remove(machineIds);
      for (const machine of retired) {
        const { id } = machine;
        tabs.closeOf(id);
        downloads.forget(id);
        browserAccess.closeOf(id);
        zoom.forget(id);
        notebooks.forget(id);
        kernels.forget(id);
        idle.service.forget(id);
        environments.forget(id);
        webApps.forget(id);
        slurm.forget(id);
        certificates.forget(id);
        recipes.forget(id);
        stores.openedNotebooks.forget(id, null);
        units.forget(id);
        notifications.forget(id);
        pool.disconnect(id);
        await gateways.close(id);
        await machineSessions.forget(partitionOf(machine));
      }
      await forgetSecretsOf(retired, machines.list().machines, vault);
    },
    shutDown: async () => {
      supervisor.stop();
      updates.stop();
      openTabs.flush();
      tunnels.closeAll();
      browserAccess.closeAll();
      diagnosis.stopAll();
      aws.emr.stop();
      aws.emrSteps.stop();
      nodeFiles.leave();
      metrics.stop();
      aws.ec2.stop();
      costs.stop();
      kernels.stopAll();
      idle.service.stopAll();
      slurm.stopAll();
      notifications.clear();
      const ends = Promise.allSettled([
        control.server.close(),
        pool.closeAll(),
        s3.transfers.stop(),
        gateways.closeAll(),
        demo.stop(),
      ]);
      await Promise.race([ends, new Promise((resolve) => setTimeout(resolve, shutdownLimitMs))]);
      await remote.network.stop();
      app.off('before-quit', askBeforeQuitting);
      window?.allowClosing();
      // A quit that a signal asked for is dropped by Electron once it was prevented: ask again without windows.
      app.once('window-all-closed', () => app.quit());
      app.quit();
    },
  });
  const quit = (): void => startInBackground(closing.quit());
  const askBeforeQuitting = (event: Electron.Event): void => {
    event.preventDefault();
    quit();
  };

  const transfers = makeTransfers({
    machines,
    hostTrust: remote.hostTrust,
    dialogs,
    removeMachines: (machineIds) => closing.removeMachines(machineIds),
  });

  const isTrayThere = findTray();
  const setPaused = (isPaused: boolean): void => {
    pool.setPaused(isPaused);
    emit.connections.reconnectingChanged(pool.reconnecting());
    tray?.refresh();
  };

  const tellFailure = (error: unknown): void => {
    const { code, params } = AppError.from(error).toReport();
    const what = textOf(`errors:${code}.what`, params);
    notices.post('error', 'not-done', { what, todo: textOf(`errors:${code}.todo`, params) });
  };
  const runAction = makeActions({
    tabs,
    waking,
    front,
    closeTab: (tabId) => closing.closeTab(tabId),
    closeOtherTabs: (tabId) => closing.closeOtherTabs(tabId),
    openTabInBrowser,
    setPaused,
    showLogs: () => shell.showItemInFolder(log.path),
    quit,
    showWindow,
    tellWindow: emit.app.menuChosen,
    startInBackground,
    tellFailure,
  });

  const effects = makeSettingsEffects({
    settings,
    globalKey,
    onTrouble: (error) => log.warn('a setting could not be put into effect', error),
  });

  const handlers: HandlersOf<AppContract> = {
    app: appHandlers({
      info: () => ({
        version: app.getVersion(),
        electronVersion: process.versions.electron,
        platform: process.platform as 'win32' | 'darwin' | 'linux',
        userName: userInfo().username,
        canKeepSecrets: vault.canKeep,
        isWayland: isWayland(process.platform, process.env),
      }),
      hasTray: () => isTrayThere,
      notices,
      chooseKeyFile: () => dialogs.chooseKeyFile(),
      diagnostics: makeDiagnostics({
        log,
        machines,
        pool,
        notebooks,
        tabs,
        textLanguage: () => settings.snapshot().language,
        keepsSecrets: vault.canKeep,
        hasTray: isTrayThere,
      }),
      copyText: (text) => clipboard.writeText(text),
      saveText: (text) =>
        saveText(text, () => dialogs.askWhereToSave(reportName(systemClock.nowMs()), 'report')),
      takeOfferedServer: () => offeredServer.take(),
      act: runAction,
      quit,
    }),
    settings: settingsHandlers(settings, effects),
    updates: updatesHandlers(updates, startInBackground),
    machines: machinesHandlers(
      machines,
      stores.recentMachines,
      (draft) => {
        const machine = machines.keep(draft);
        if (pool.link(machine.id).state().kind === 'ready') rememberUse(machine.id);
        rememberTabs();
        return machine;
      },
      async (machineIds) => {
        machines.assertRemovable(machineIds);
        await closing.removeMachines(machineIds);
      },
    ),
    groups: groupsHandlers(machines),
    imports: importsHandlers(
      transfers.imports,
      () => dialogs.chooseImportFile(),
      () => offeredImport.take(),
    ),
    exports: exportsHandlers(transfers.exporter),
    connections: connectionsHandlers({ pool, machines, log: connectionLog, setPaused }),
    keys: keysHandlers({
      folder: remote.keyFolder,
      editor: remote.keyEditor,
      importer: remote.keyImporter,
      machines,
      chooseKeyFile: () => dialogs.chooseKeyFile(),
      askWhereToSavePublicKey: (name) => dialogs.askWhereToSavePublicKey(name),
    }),
    agents: agentsHandlers(remote.agentSocketOf, askAgent),
    access: accessHandlers({
      access: makeAccess({ machines, remote }),
      choosePublicKeyFile: () => dialogs.choosePublicKeyFile(),
    }),
    trust: trustHandlers(remote.hostTrust, stores.seenHostKeys, machines),
    notebooks: notebooksHandlers({
      notebooks,
      machines,
      stopServer: (machineId, serverId) => closing.stopServer(machineId, serverId),
      startInBackground,
    }),
    kernels: kernelsHandlers(kernels),
    idle: idleHandlers(idle.service, idle.keep),
    notebookHome: notebookHomeHandlers({
      home: notebookHome,
      showFile: (machineId, serverId, path) => filePages.show(machineId, serverId, path),
      startInBackground,
    }),
    openedNotebooks: openedNotebooksHandlers(stores.openedNotebooks),
    meters: metersHandlers(meters),
    environments: environmentsHandlers({ environments, machines, startInBackground }),
    tabs: tabsHandlers({
      tabs,
      waking,
      closeTab: (tabId) => closing.closeTab(tabId),
      closeOthers: (tabId) => closing.closeOtherTabs(tabId),
      rescue,
      go: (tabId, url) => travel.go(tabId, url),
      trustCertificate: (tabId, fingerprint) => travel.trustCertificate(tabId, fingerprint),
    }),
    browserDoors: browserDoorsHandlers({ browserAccess, openTabInBrowser }),
    downloads: downloadsHandlers({
      downloads,
      openPath: (path) => shell.openPath(path),
      showInFolder: (path) => shell.showItemInFolder(path),
    }),
    webApps: webAppsHandlers(webApps),
    recipes: recipesHandlers({ recipes, machines, startInBackground }),
    units: unitsHandlers({ units, notebooks, machines, startInBackground }),
    tunnels: tunnelsHandlers({ tunnels, freePort, openExternally: (url) => shell.openExternal(url) }),
    aws: awsHandlers({ ...aws, startInBackground }),
    ec2: ec2Handlers(aws.ec2),
    costs: costsHandlers(costs),
    emr: emrHandlers(aws.emr, stores.emrTemplates),
    s3: s3Handlers({
      ...s3,
      askWhatToUpload: (kind) => dialogs.askWhatToUpload(kind),
      askWhereToSave: (name) => dialogs.askWhereToSave(name),
      askFolder: () => dialogs.askFolder(),
      showInFolder: (path) => shell.showItemInFolder(path),
      copyText: (text) => clipboard.writeText(text),
    }),
    emrSteps: emrStepsHandlers(
      aws.emrSteps,
      makeStepLogs({ steps: aws.emrSteps, machines, nodes: stores.emrNodes, remote }),
    ),
    emrNodeFiles: emrNodeFilesHandlers(nodeFiles),
    emrNodes: emrNodesHandlers(aws.emrNodes, aws.persistentUis),
    metrics: metricsHandlers({
      ...metrics,
      saveFile: (name, content) => saveText(content, () => dialogs.askWhereToSave(name, 'report')),
    }),
    slurm: slurmHandlers(slurm),
    diagnosis: diagnosisHandlers({ diagnosis, machines }),
    demo: demoHandlers(demo, startInBackground),
  };
  registerHandlers(contract, handlers, {
    registry: ipcMain,
    isTrusted: (event) => isTrustedSender(event, window?.webContentsId ?? null, appOrigin),
    onFault: log.error,
  });

  // The system, or a script, closed it, which ends an app that has no other.
  if (early.browserWindow.isDestroyed()) return;
  effects.start();
  applySettings();
  window = new AppWindow({
    clock: systemClock,
    early,
    loadState: () => stores.windowState.value(),
    saveState: (state) => {
      try {
        stores.windowState.replace(state);
      } catch (error) {
        log.warn('window state not saved', error);
      }
    },
    whenClosed: async () =>
      settings.snapshot().settings.closesToTray && (await findTray()) ? 'hide' : 'quit',
    onQuitWanted: quit,
    onRendererGone: (reason) => log.error(`the window's page is gone: ${reason}`),
    onRendererLost: (reason) => faults.report('window', new Error(reason)),
    startsHidden: wanted.isHidden || effects.isStartedHidden,
  });
  tray = makeTray({
    machines,
    recentMachines: stores.recentMachines,
    pool,
    notebooks,
    tunnels,
    costs,
    language: () => settings.snapshot().language,
    textOf,
    showWindow,
    quit,
    setPaused,
    startInBackground,
    tellFailure,
  });

  function applySettings(): void {
    nativeTheme.themeSource = settings.snapshot().settings.theme;
    setAppMenu({
      platform: process.platform,
      textOf,
      shortcuts: settings.snapshot().settings.shortcuts,
      run: runAction,
    });
    showAvailable(tabFacts(tabs.list()));
    tray?.refresh();
  }

  const isThere = ({ machineId }: { readonly machineId: MachineId }): boolean =>
    machines.list().machines.some(({ id }) => id === machineId);
  const { restoresTabs } = settings.snapshot().settings;
  if (restoresTabs) tabs.restore(openTabs.atStart().filter(isThere));
  for (const { machineId, serverId } of restoresTabs ? [] : openNotebooks.offersAtStart()) {
    const machine = machines.list().machines.find(({ id }) => id === machineId);
    const server = serverId === null ? {} : { serverId };
    if (machine) notices.post('info', 'running-notebook-found', { machineId, ...server, name: machine.name });
  }
  startInBackground(demo.resumeIfSaved().finally(() => tunnels.start()));

  app.on('login', (event, contents, _details, { isProxy, host, port }, callback) => {
    event.preventDefault();
    const gatewayPort = contents ? machineSessions.gatewayPortOf(contents.session) : null;
    const isOurs = judgeLogin({ isProxy, host, port, gatewayPort }).kind === 'allow';
    const secret = isOurs ? gateways.authorizationFor(port) : undefined;
    callback(secret?.username, secret?.password);
  });
  app.on('before-quit', askBeforeQuitting);
  // The window hides rather than closes, and quitting is asked about first: no windows does not mean quit.
  app.on('window-all-closed', () => undefined);
  app.on('second-instance', (_event, _args, _folder, more) => {
    const second = SecondStart.safeParse(more).data;
    links.add(second?.links ?? []);
    files.add(second?.files ?? []);
    if (second?.opensPalette === true) runAction('summon');
    else if (second?.isHidden !== true) showWindow();
  });
  app.on('activate', showWindow);
  if (process.platform === 'win32' && app.isPackaged) app.setAsDefaultProtocolClient('nuvem');
  startInBackground(control.open());
  updates.start();
  answerPage();
  await ownWindow().loaded();
  remote.network.start();
  if (wanted.opensPalette) runAction('summon');
  files.openWith(makeOpenFile({ imports: transfers.imports, offeredImport, showWindow }));
  links.openWith(
    makeOpenLink({
      machines,
      notices,
      offeredServer,
      showWindow,
      connect: (machineId) => pool.connect(machineId),
    }),
  );
}
