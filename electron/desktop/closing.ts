import { AppError } from '../../shared/errors/app-error';
import type { MachineId } from '../../shared/model/machine';
import type { ServerId } from '../../shared/model/notebook';
import type { TabId, WebTab } from '../../shared/model/tab';
import type { TabService } from './tabs';
import type { UnsavedPages } from './unsaved-pages';

interface ClosingDependencies {
  readonly tabs: TabService;
  readonly unsaved: UnsavedPages;
  /** Whether downloads of these machines that are not finished, if any, may end. */
  readonly mayEndDownloads: (machineIds: readonly MachineId[] | 'all') => Promise<boolean>;
  readonly stopServer: (machineId: MachineId, serverId: ServerId) => Promise<void>;
  /** Ends everything that goes on for these machines and takes them off the list. */
  readonly retireMachines: (machineIds: readonly MachineId[]) => Promise<void>;
  /** Ends everything, leaving remote sessions alive, and then the process. */
  readonly shutDown: () => Promise<void>;
}

/** Whatever takes notebook pages away asks here first, so that no unsaved change and no download is lost without a question. */
export class Closing {
  #isQuitting = false;

  constructor(private readonly deps: ClosingDependencies) {}

  async closeTab(tabId: TabId): Promise<void> {
    const tab = this.deps.tabs.find(tabId);
    if (tab !== undefined && (await this.#isAgreed([tab]))) this.deps.tabs.close(tabId);
  }

  async closeOtherTabs(tabId: TabId): Promise<void> {
    const others = this.deps.tabs.list().tabs.filter((tab) => tab.id !== tabId);
    if (await this.#isAgreed(others)) this.deps.tabs.closeOthers(tabId);
  }

  async stopServer(machineId: MachineId, serverId: ServerId): Promise<void> {
    const isOfServer = (tab: WebTab): boolean => tab.machineId === machineId && tab.serverId === serverId;
    if (await this.#isAgreed(this.deps.tabs.list().tabs.filter(isOfServer))) {
      await this.deps.stopServer(machineId, serverId);
    }
  }

  /** @throws cancelled when the user wants to keep unsaved changes or downloads; and what `retireMachines` throws */
  async removeMachines(machineIds: readonly MachineId[]): Promise<void> {
    const tabs = this.deps.tabs.list().tabs.filter((tab) => machineIds.includes(tab.machineId));
    if (!(await this.#isAgreed(tabs))) throw new AppError('cancelled');
    if (!(await this.deps.mayEndDownloads(machineIds))) throw new AppError('cancelled');
    await this.deps.retireMachines(machineIds);
  }

  /** Quits unless the user wants to keep unsaved changes or downloads. While it is under way, more calls do nothing. */
  async quit(): Promise<void> {
    if (this.#isQuitting) return;
    this.#isQuitting = true;
    let isAgreed = false;
    try {
      isAgreed =
        (await this.#isAgreed(this.deps.tabs.list().tabs)) && (await this.deps.mayEndDownloads('all'));
    } finally {
      this.#isQuitting = isAgreed;
    }
    if (isAgreed) await this.deps.shutDown();
  }

  get isQuitting(): boolean {
    return this.#isQuitting;
  }

  async #isAgreed(tabs: readonly WebTab[]): Promise<boolean> {
    return await this.deps.unsaved.mayClose(tabs);
  }
}
