import { isDeepStrictEqual } from 'node:util';
import type { MachineId } from '../../shared/model/machine';
import type { ServerId } from '../../shared/model/notebook';
import { isAwake, type TabHindrance, type TabId, type TabList, type WebTab } from '../../shared/model/tab';

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

/** How many closed tabs can be opened again, the last one first. */
const reopenableAtMost = 20;

/** The pages that are open in the window, in their order. Says what is; the renderer shows it. */
export class TabService {
  #revision = 0;
  #tabs: readonly WebTab[] = [];
  #activeTabId: TabId | null = null;
  #closed: readonly TabRequest[] = [];

  constructor(private readonly deps: TabServiceDependencies) {}

  list(): TabList {
    return {
      revision: this.#revision,
      tabs: this.#tabs,
      activeTabId: this.#activeTabId,
      canReopen: this.#closed.length > 0,
    };
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

  /**
   * Opens a page in front. The same page of the same server is not opened twice: it comes to the front. Tabs that
   * wait for this server are given their pages, and then stay where they are.
   */
  open(request: TabRequest): TabId {
    const url = new URL(request.url).href;
    const isOfServer = (tab: WebTab): boolean =>
      tab.machineId === request.machineId && tab.serverId === request.serverId;
    const placeOf = request.serverId === null ? addressOf : pathOf;
    const isSamePage = (tab: WebTab): boolean => isOfServer(tab) && placeOf(tab.url) === placeOf(url);
    const isWaiting = (tab: WebTab): boolean =>
      tab.hindrance.kind === 'waking' && (request.serverId === null ? isSamePage(tab) : isOfServer(tab));
    const waiting = this.#tabs.find(isWaiting);
    if (waiting !== undefined) {
      const woken = this.#tabs.map((tab) => (isWaiting(tab) ? this.#awake(tab, url) : tab));
      this.#change(woken, this.#activeTabId);
      return waiting.id;
    }
    const open = this.#tabs.find((tab) => isOfServer(tab) && isAwake(tab) && tab.url === url);
    const asleep = this.#tabs.find((tab) => isSamePage(tab) && !isAwake(tab));
    if (open === undefined && asleep !== undefined) {
      const woken = this.#tabs.map((tab) => (tab === asleep ? this.#awake(tab, url) : tab));
      this.#change(woken, asleep.id);
      return asleep.id;
    }
    const tab = open ?? this.#make({ ...request, url }, { kind: 'none' });
    this.#change(open === undefined ? [...this.#tabs, tab] : this.#tabs, tab.id);
    return tab.id;
  }

  /** Adds tabs that are asleep, behind the others. */
  restore(requests: readonly TabRequest[]): void {
    if (requests.length === 0) return;
    const restored = requests.map((request) => this.#make(request, { kind: 'asleep' }));
    this.#change([...this.#tabs, ...restored], this.#activeTabId);
  }

  /** Opens the page of a tab once more, beside it and in front. */
  duplicate(tabId: TabId): void {
    const tab = this.find(tabId);
    if (tab === undefined) return;
    const url = tab.serverId === null ? tab.address : tab.url;
    const double = this.#make({ ...tab, url }, isAwake(tab) ? { kind: 'none' } : { kind: 'asleep' });
    const at = this.#tabs.indexOf(tab) + 1;
    this.#change(this.#tabs.toSpliced(at, 0, double), double.id);
  }

  /** Puts a tab before another one or, with null, at the end. */
  move(tabId: TabId, before: TabId | null): void {
    const tab = this.find(tabId);
    if (tab === undefined || before === tabId) return;
    const others = this.#tabs.filter((other) => other !== tab);
    const at = before === null ? -1 : others.findIndex(({ id }) => id === before);
    const moved = others.toSpliced(at === -1 ? others.length : at, 0, tab);
    if (moved.some((other, index) => other !== this.#tabs[index])) this.#change(moved, this.#activeTabId);
  }

  /** Moves the tab in front so many places to the right or, if negative, left. */
  moveActive(steps: number): void {
    const from = this.#tabs.findIndex(({ id }) => id === this.#activeTabId);
    const tab = this.#tabs[from];
    if (tab === undefined) return;
    const to = Math.min(Math.max(from + steps, 0), this.#tabs.length - 1);
    const others = this.#tabs.filter((other) => other !== tab);
    this.move(tab.id, others[to]?.id ?? null);
  }

  /** Adds the tab that was closed last, asleep; null: there is none. */
  reopenClosed(): TabId | null {
    const [last, ...rest] = this.#closed;
    if (last === undefined) return null;
    this.#closed = rest;
    const tab = this.#make(last, { kind: 'asleep' });
    this.#change([...this.#tabs, tab], this.#activeTabId);
    return tab.id;
  }

  /** Brings a tab to the front, or with null the machines view. An unknown tab is ignored: it was just closed. */
  activate(tabId: TabId | null): void {
    if (tabId !== null && this.find(tabId) === undefined) return;
    if (tabId !== this.#activeTabId) this.#change(this.#tabs, tabId);
  }

  /** Whether the tab in front is a page of that server. */
  isInFront(machineId: MachineId, serverId: ServerId): boolean {
    const tab = this.#activeTabId === null ? undefined : this.find(this.#activeTabId);
    return tab?.machineId === machineId && tab.serverId === serverId;
  }

  /** Brings a page of that server to the front, unless one is there already; false: it has none. */
  bringToFront(machineId: MachineId, serverId: ServerId): boolean {
    if (this.isInFront(machineId, serverId)) return true;
    const tab = this.#tabs.find((one) => one.machineId === machineId && one.serverId === serverId);
    if (tab !== undefined) this.activate(tab.id);
    return tab !== undefined;
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
    this.#keepForReopening(this.#tabs.filter((tab) => tab.id === tabId));
    this.#closeWhere((tab) => tab.id === tabId);
  }

  /** Closes all tabs but one, which comes to the front. */
  closeOthers(tabId: TabId): void {
    if (this.find(tabId) === undefined) return;
    this.#keepForReopening(this.#tabs.filter((tab) => tab.id !== tabId));
    this.#activeTabId = tabId;
    this.#closeWhere((tab) => tab.id !== tabId);
  }

  /** Closes all tabs of a machine, or of one of its servers, for good. */
  closeOf(machineId: MachineId, serverId?: ServerId): void {
    this.#closed = this.#closed.filter(
      (tab) => tab.machineId !== machineId || (serverId !== undefined && tab.serverId !== serverId),
    );
    this.#closeWhere(
      (tab) => tab.machineId === machineId && (serverId === undefined || tab.serverId === serverId),
    );
  }

  rename(tabId: TabId, title: string): void {
    if (title !== '') this.#update(tabId, { title });
  }

  /** Gives a tab its page anew: a notebook where it began, another page where it was. */
  reload(tabId: TabId): void {
    const tab = this.find(tabId);
    if (tab !== undefined)
      this.#update(tabId, {
        url: tab.serverId === null ? tab.address : tab.url,
        hindrance: { kind: 'none' },
      });
  }

  /** The tab's page has gone to another address. What is no address of the machine's is passed over. */
  wentTo(tabId: TabId, url: string): void {
    if (/^https?:/.test(url)) this.#update(tabId, { address: new URL(url).href });
  }

  hinder(tabId: TabId, hindrance: TabHindrance): void {
    this.#update(tabId, { hindrance });
  }

  #make({ machineId, serverId, url, title }: TabRequest, hindrance: TabHindrance): WebTab {
    const partition = this.deps.partitionOf(machineId);
    return { id: this.deps.newId(), machineId, serverId, title, url, address: url, partition, hindrance };
  }

  /** The tab with its page where its server is found now. */
  #awake(tab: WebTab, found: string): WebTab {
    const url = tab.serverId === null ? found : new URL(pathOf(tab.url), found).href;
    const partition = this.deps.partitionOf(tab.machineId);
    return { ...tab, url, address: url, partition, hindrance: { kind: 'none' } };
  }

  #keepForReopening(tabs: readonly WebTab[]): void {
    const requests = tabs.map(({ machineId, serverId, title, url, address }) => {
      return { machineId, serverId, title, url: serverId === null ? address : url };
    });
    this.#closed = [...requests.toReversed(), ...this.#closed].slice(0, reopenableAtMost);
  }

  #update(tabId: TabId, change: Partial<Pick<WebTab, 'title' | 'url' | 'address' | 'hindrance'>>): void {
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

/** A page's address by whichever name of the machine itself. */
function addressOf(url: string): string {
  return url.replace(/^(https?:\/\/)127\.0\.0\.1(?=[:/])/, '$1localhost');
}

/** What of an address does not depend on where its server is found. */
function pathOf(url: string): string {
  const { pathname, search, hash } = new URL(url);
  return `${pathname}${search}${hash}`;
}
