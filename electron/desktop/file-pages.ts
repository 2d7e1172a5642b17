import type { WebContents } from 'electron';
import type { MachineId } from '../../shared/model/machine';
import type { ServerId } from '../../shared/model/notebook';
import { isAwake, type TabId } from '../../shared/model/tab';
import type { Clock } from '../system/clock';
import revealFile from './page/reveal-file.js?raw';
import type { TabService } from './tabs';

interface FilePagesDependencies {
  readonly tabs: Pick<TabService, 'list' | 'activate' | 'bringToFront'>;
  readonly pages: {
    pageOf(tabId: TabId): Pick<WebContents, 'isDestroyed' | 'isCrashed' | 'executeJavaScript'> | undefined;
  };
  /** Shows a file of a server in a tab of its own. */
  readonly openPage: (machineId: MachineId, serverId: ServerId, path: string) => Promise<void>;
  readonly clock: Clock;
}

/** A page that does not answer is passed over. */
const answerWithinMs = 3_000;
/** JupyterLab over a slow connection takes its time to load, and to open a notebook. */
const openWithinMs = 30_000;

/**
 * Brings files of servers to the front where they are open, or opens them in the JupyterLab that is open: by the
 * page's own commands, so that nothing is loaded anew and nothing unsaved is lost.
 */
export class FilePages {
  constructor(private readonly deps: FilePagesDependencies) {}

  /** Shows a file below a server's folder: in a page that is open, else in one of its own. */
  async show(machineId: MachineId, serverId: ServerId, path: string): Promise<void> {
    const { tabs, openPage } = this.deps;
    tabs.bringToFront(machineId, serverId);
    const tabIds = this.#tabsOf(machineId, serverId);
    const areShown = await Promise.all(tabIds.map((id) => this.#reveal(id, path, false, answerWithinMs)));
    const shown = tabIds[areShown.indexOf(true)];
    if (shown !== undefined) return tabs.activate(shown);
    for (const tabId of tabIds) {
      if (await this.#reveal(tabId, path, true, openWithinMs)) return tabs.activate(tabId);
    }
    await openPage(machineId, serverId, path);
  }

  /** The one in front first. */
  #tabsOf(machineId: MachineId, serverId: ServerId): readonly TabId[] {
    const { tabs, activeTabId } = this.deps.tabs.list();
    const ids = tabs
      .filter((tab) => tab.machineId === machineId && tab.serverId === serverId && isAwake(tab))
      .map(({ id }) => id);
    return [...ids.filter((id) => id === activeTabId), ...ids.filter((id) => id !== activeTabId)];
  }

  async #reveal(tabId: TabId, path: string, mayOpen: boolean, limitMs: number): Promise<boolean> {
    const contents = this.deps.pages.pageOf(tabId);
    if (contents === undefined || contents.isDestroyed() || contents.isCrashed()) return false;
    const call = `(${revealFile.trim().replace(/;$/, '')})(${JSON.stringify(path)}, ${mayOpen})`;
    let stopWaiting = (): void => undefined;
    const silence = new Promise<false>((resolve) => {
      stopWaiting = this.deps.clock.after(limitMs, () => resolve(false));
    });
    // A page that was left meanwhile, or that can't show the file: one of its own tells why.
    const answer = contents.executeJavaScript(call).then(
      (isShown: unknown) => isShown === true,
      () => false,
    );
    const isShown = await Promise.race([answer, silence]);
    stopWaiting();
    return isShown;
  }
}
