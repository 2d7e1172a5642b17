import { AppError, type ErrorReport } from '../../shared/errors/app-error';
import type { MachineId } from '../../shared/model/machine';
import type { ServerId } from '../../shared/model/notebook';
import type { TabId } from '../../shared/model/tab';
import type { TabService } from './tabs';

interface TabWakingDependencies {
  readonly tabs: TabService;
  /** Connects if needed and opens a server; how that failed, if it did, is told by `notebookFailure`. */
  readonly openNotebook: (machineId: MachineId, serverId: ServerId) => Promise<void>;
  readonly notebookFailure: (machineId: MachineId) => ErrorReport | null;
  /** Connects if needed and opens another page of the machine. */
  readonly openPage: (machineId: MachineId, url: string, title: string) => Promise<void>;
}

/** Loads tabs that are asleep when they come to the front: only then is anything connected. */
export class TabWaking {
  constructor(private readonly deps: TabWakingDependencies) {}

  /** Brings a tab to the front, or with null the machines view, and wakes it. */
  activate(tabId: TabId | null): void {
    this.deps.tabs.activate(tabId);
    this.wakeActive();
  }

  /** Wakes the tab in front, if it is asleep. */
  wakeActive(): void {
    const { activeTabId } = this.deps.tabs.list();
    if (activeTabId === null) return;
    if (this.deps.tabs.find(activeTabId)?.hindrance.kind === 'asleep') void this.wake(activeTabId);
  }

  /** Opens the tab that was closed last. */
  reopenClosed(): void {
    const tabId = this.deps.tabs.reopenClosed();
    if (tabId !== null) this.activate(tabId);
  }

  /** Never rejects: why a tab could not be woken is shown in its place. */
  async wake(tabId: TabId): Promise<void> {
    const { tabs, openNotebook, notebookFailure, openPage } = this.deps;
    const tab = tabs.find(tabId);
    if (tab?.hindrance.kind !== 'asleep' && tab?.hindrance.kind !== 'wakeFailed') return;
    tabs.hinder(tabId, { kind: 'waking' });
    let error: ErrorReport | null = null;
    try {
      if (tab.serverId === null) await openPage(tab.machineId, tab.url, tab.title);
      else {
        await openNotebook(tab.machineId, tab.serverId);
        error = notebookFailure(tab.machineId);
      }
    } catch (thrown) {
      error = AppError.from(thrown).toReport();
    }
    if (tabs.find(tabId)?.hindrance.kind !== 'waking') return;
    const isFailure = error !== null && error.code !== 'cancelled';
    tabs.hinder(tabId, isFailure ? { kind: 'wakeFailed', error: error as ErrorReport } : { kind: 'asleep' });
  }
}
