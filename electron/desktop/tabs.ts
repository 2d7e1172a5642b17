import { isDeepStrictEqual } from 'node:util';
import type { MachineId } from '../../shared/model/machine';
import type { ServerId } from '../../shared/model/notebook';
import type { TabHindrance, TabId, TabList, WebTab } from '../../shared/model/tab';

interface TabServiceDependencies {
  readonly newId: () => TabId;
  /** The session partition of a machine's tabs. */
  readonly partitionOf: (machineId: MachineId) => string;
  readonly onChanged: (list: TabList) => void;
}

export interface TabRequest {
  readonly machineId: MachineId;
  /** Null: a page of the machine that is no notebook's. */
  readonly serverId: ServerId | null;
  /** As the far side would write it; holds no token. */
  readonly url: string;
  readonly title: string;
}

/** The pages that are open in the window, in their order. Says what is; the renderer shows it. */
export class TabService {
  #revision = 0;
  #tabs: readonly WebTab[] = [];
  #activeTabId: TabId | null = null;

  constructor(private readonly deps: TabServiceDependencies) {}

  list(): TabList {
    return { revision: this.#revision, tabs: this.#tabs, activeTabId: this.#activeTabId };
  }

  find(tabId: TabId): WebTab | undefined {
    return this.#tabs.find((tab) => tab.id === tabId);
  }

  /** The origins, e.g. `http://localhost:8888`, where the open tabs of one session partition began and are. */
  originsOf(partition: string): readonly string[] {
    const ofPartition = this.#tabs.filter((tab) => tab.partition === partition);
    return [...new Set(ofPartition.flatMap(({ url, address }) => [url, address]))].map(
      (url) => new URL(url).origin,
    );
  }

  /** Opens a page in front. The same page of the same server is not opened twice: it comes to the front. */
  open(request: TabRequest): TabId {
    const url = new URL(request.url).href;
    const existing = this.#tabs.find(
      (tab) => tab.machineId === request.machineId && tab.serverId === request.serverId && tab.url === url,
    );
    const tab = existing ?? {
      id: this.deps.newId(),
      machineId: request.machineId,
      serverId: request.serverId,
      title: request.title,
      url,
      address: url,
      partition: this.deps.partitionOf(request.machineId),
      hindrance: { kind: 'none' } as const,
    };
    this.#change(existing === undefined ? [...this.#tabs, tab] : this.#tabs, tab.id);
    return tab.id;
  }

  /** Brings a tab to the front, or with null the machines view. An unknown tab is ignored: it was just closed. */
  activate(tabId: TabId | null): void {
    if (tabId !== null && this.find(tabId) === undefined) return;
    if (tabId !== this.#activeTabId) this.#change(this.#tabs, tabId);
  }

  /** Brings the tab `steps` places to the right (or, if negative, left) to the front; the machines view counts as the first. */
  activateNeighbour(steps: number): void {
    const places: readonly (TabId | null)[] = [null, ...this.#tabs.map((tab) => tab.id)];
    const at = places.indexOf(this.#activeTabId);
    const next = (((at + steps) % places.length) + places.length) % places.length;
    this.activate(places[next] ?? null);
  }

  /** Closes a tab; if it was in front, its right or else its left neighbour comes there. */
  close(tabId: TabId): void {
    this.#closeWhere((tab) => tab.id === tabId);
  }

  /** Closes all tabs of a machine, or of one of its servers. */
  closeOf(machineId: MachineId, serverId?: ServerId): void {
    this.#closeWhere(
      (tab) => tab.machineId === machineId && (serverId === undefined || tab.serverId === serverId),
    );
  }

  rename(tabId: TabId, title: string): void {
    if (title !== '') this.#update(tabId, { title });
  }

  /** The tab's page has gone to another address. What is no address of the machine's is passed over. */
  wentTo(tabId: TabId, url: string): void {
    if (/^https?:/.test(url)) this.#update(tabId, { address: new URL(url).href });
  }

  hinder(tabId: TabId, hindrance: TabHindrance): void {
    this.#update(tabId, { hindrance });
  }

  #update(tabId: TabId, change: Partial<Pick<WebTab, 'title' | 'address' | 'hindrance'>>): void {
    const tab = this.find(tabId);
    if (tab === undefined) return;
    const changed = { ...tab, ...change };
    if (isDeepStrictEqual(tab, changed)) return;
    this.#change(
      this.#tabs.map((other) => (other.id === tabId ? changed : other)),
      this.#activeTabId,
    );
  }

  #closeWhere(isClosed: (tab: WebTab) => boolean): void {
    const left = this.#tabs.filter((tab) => !isClosed(tab));
    if (left.length === this.#tabs.length) return;
    this.#change(left, this.#neighbourLeft(left));
  }

  #neighbourLeft(left: readonly WebTab[]): TabId | null {
    const at = this.#tabs.findIndex((tab) => tab.id === this.#activeTabId);
    if (at === -1) return null;
    const isLeft = (tab: WebTab): boolean => left.includes(tab);
    const next = this.#tabs.slice(at).find(isLeft) ?? this.#tabs.slice(0, at).findLast(isLeft);
    return next?.id ?? null;
  }

  #change(tabs: readonly WebTab[], activeTabId: TabId | null): void {
    this.#tabs = tabs;
    this.#activeTabId = activeTabId;
    this.#revision += 1;
    this.deps.onChanged(this.list());
  }
}
