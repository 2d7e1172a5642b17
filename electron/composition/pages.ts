import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { app, type BrowserWindow, session, shell, webContents } from 'electron';
import type { DownloadId, DownloadList } from '../../shared/model/download';
import type { MachineId } from '../../shared/model/machine';
import type { TabId, TabList } from '../../shared/model/tab';
import { appOrigin } from '../desktop/app-protocol';
import { Dialogs } from '../desktop/dialogs';
import { Downloads } from '../desktop/downloads';
import { FrontPage } from '../desktop/front-page';
import type { AppLog } from '../desktop/log-file';
import { guardOwnSession, MachineSessions } from '../desktop/machine-session';
import type { NoticeBoard } from '../desktop/notice-board';
import openAsNotebook from '../desktop/page/open-as-notebook.js?raw';
import { PagePrinter } from '../desktop/page-printer';
import { runInPages } from '../desktop/page-script';
import { PageZoom, type PageZoomData } from '../desktop/page-zoom';
import { partitionOf } from '../desktop/partition';
import { TabPages } from '../desktop/tab-pages';
import { TabRescue } from '../desktop/tab-rescue';
import { TabTravel } from '../desktop/tab-travel';
import { TabService } from '../desktop/tabs';
import type { TextOf } from '../desktop/texts';
import type { TrustedCertificates } from '../desktop/trusted-certificates';
import { UnsavedPages } from '../desktop/unsaved-pages';
import { WebContentsGuard } from '../desktop/web-contents-guard';
import restoreOutputs from '../keeper/page/restore-outputs.js?raw';
import type { MachineStore } from '../machines/machine-store';
import { systemClock } from '../system/clock';
import type { RecoverableStore } from '../system/recoverable-store';

interface PagesDependencies {
  /** Folder for downloads that are not finished. */
  readonly folder: string;
  readonly machines: MachineStore;
  readonly certificates: TrustedCertificates;
  readonly pageZoom: RecoverableStore<PageZoomData>;
  readonly notices: NoticeBoard;
  readonly log: AppLog;
  readonly textOf: TextOf;
  readonly window: () => BrowserWindow;
  /** The id of the window's web contents; null while there is none. */
  readonly ownWindowId: () => number | null;
  readonly showWindow: () => void;
  readonly onTabsChanged: (list: TabList) => void;
  readonly onDownloadsChanged: (list: DownloadList) => void;
}

/** All that has to do with notebook pages in the window. */
export interface Pages {
  readonly tabs: TabService;
  readonly pages: TabPages;
  readonly dialogs: Dialogs;
  readonly unsaved: UnsavedPages;
  readonly machineSessions: MachineSessions;
  readonly travel: TabTravel;
  readonly rescue: TabRescue;
  readonly zoom: PageZoom;
  readonly front: FrontPage;
  readonly downloads: Downloads;
  /** Whether downloads of these machines that are not finished, if any, may end. */
  readonly mayEndDownloads: (machineIds: readonly MachineId[] | 'all') => Promise<boolean>;
}

/** Makes the tabs and puts every web contents under guard; before anything answers the window's page. */
export function makePages(deps: PagesDependencies): Pages {
  const { notices, log, machines } = deps;
  const tabs = new TabService({
    newId: () => randomUUID() as TabId,
    partitionOf: (machineId) => partitionOf(machines.get(machineId)),
    onChanged: deps.onTabsChanged,
  });
  const pages = new TabPages(systemClock.monotonicMs);
  const zoom = new PageZoom({
    store: deps.pageZoom,
    pagesOf: (machineId) =>
      tabs.list().tabs.flatMap((tab) => (tab.machineId === machineId ? (pages.pageOf(tab.id) ?? []) : [])),
    onWriteFailed: (error) => log.warn('page zoom not remembered', error),
  });
  const dialogs = new Dialogs({ parent: deps.window, textOf: deps.textOf, logFile: log.path });
  const unsaved = new UnsavedPages({
    pageOf: (tabId) => pages.pageOf(tabId),
    ask: (question, title) => {
      deps.showWindow();
      return dialogs.askAboutUnsaved(question, title);
    },
    clock: systemClock,
  });
  const downloads = new Downloads({
    partialFolder: join(deps.folder, 'partial-downloads'),
    newId: () => randomUUID() as DownloadId,
    askWhere: (name) => dialogs.askWhereToSave(name),
    notices,
    onChanged: deps.onDownloadsChanged,
    log: log.warn,
  });
  downloads.clean();
  const machineSessions = new MachineSessions({
    machineOf: (partition) =>
      machines.list().machines.find((machine) => partitionOf(machine) === partition)?.id,
    sessionOf: (partition) => session.fromPartition(partition),
    originsOf: (partition) => tabs.originsOf(partition),
    sinceInputMs: (contentsId) => pages.sinceInputMs(contentsId),
    downloads,
    notices,
    log: log.warn,
  });
  new WebContentsGuard({
    app,
    appOrigin,
    ownWindowId: deps.ownWindowId,
    tabs,
    pages,
    certificates: deps.certificates,
    notices,
    openExternally: (url) => {
      shell.openExternal(url).catch((error: unknown) => log.error('open in browser', error));
    },
    onPageAttached: (contents, tabId) => {
      const machineId = tabs.find(tabId)?.machineId;
      if (machineId !== undefined) zoom.follow(contents, machineId);
      unsaved.watch(contents);
      runInPages(contents, restoreOutputs, log.warn);
      runInPages(contents, openAsNotebook, log.warn);
    },
    log: log.warn,
  }).watch(webContents.getAllWebContents());
  guardOwnSession(session.defaultSession);
  const rescue = new TabRescue({ tabs, pages });
  const printer = new PagePrinter({ askWhere: (name) => dialogs.askWhereToSave(name), notices });
  const front = new FrontPage({ tabs, pages, rescue, zoom, printer, window: deps.window });
  const travel = new TabTravel({ tabs, pages, certificates: deps.certificates });
  const mayEndDownloads: Pages['mayEndDownloads'] = async (machineIds) => {
    const number = downloads.underwayOf(machineIds);
    if (number === 0) return true;
    deps.showWindow();
    return await dialogs.askAboutDownloads(number);
  };
  return {
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
  };
}
