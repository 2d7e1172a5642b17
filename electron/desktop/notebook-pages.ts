import { posix } from 'node:path';
import type { MachineId } from '../../shared/model/machine';
import type { ServerId } from '../../shared/model/notebook';
import { isAwake, type TabId, type WebTab } from '../../shared/model/tab';

interface NotebookPagesDependencies {
  /** The folder of a server on its machine; empty: not known. */
  readonly folderOf: (machineId: MachineId, serverId: ServerId) => string;
  /** A page began to show this notebook; an absolute path. */
  readonly onOpened: (machineId: MachineId, path: string) => void;
}

/** Sees by the addresses of tabs which notebooks they show: JupyterLab's follows what is in front of it. */
export class NotebookPages {
  #shown: ReadonlyMap<TabId, string> = new Map();

  constructor(private readonly deps: NotebookPagesDependencies) {}

  tabsChanged(tabs: readonly WebTab[]): void {
    const before = this.#shown;
    const shown = new Map<TabId, string>();
    this.#shown = shown;
    for (const tab of tabs) {
      if (tab.serverId === null || !isAwake(tab)) continue;
      const path = notebookAt(tab.address);
      const folder = path === null ? '' : this.deps.folderOf(tab.machineId, tab.serverId);
      if (path === null || folder === '') continue;
      shown.set(tab.id, path);
      if (before.get(tab.id) !== path) this.deps.onOpened(tab.machineId, posix.join(folder, path));
    }
  }
}

/** The path of the notebook below its server's folder; null: another page. */
function notebookAt(address: string): string | null {
  const { pathname } = new URL(address);
  const [, encoded] = /\/(?:lab(?:\/workspaces\/[^/]+)?\/tree|notebooks)\/(.+\.ipynb)$/i.exec(pathname) ?? [];
  return encoded === undefined ? null : decodeURIComponent(encoded);
}
