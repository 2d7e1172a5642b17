import { AppError } from '../../shared/errors/app-error';
import type { MachineId } from '../../shared/model/machine';
import type { TabList } from '../../shared/model/tab';
import type { WebApp, WebAppsSnapshot } from '../../shared/model/web-app';
import type { Connections, Lease } from '../connection/machine-link';
import { withTransport } from '../connection/with-transport';
import type { Gateway } from '../gateway/gateway';
import { findWebApps } from './find-web-apps';

interface WebAppServiceDependencies {
  readonly connections: Connections;
  /** @throws AppError `machine-not-found` */
  readonly assertMachine: (machineId: MachineId) => void;
  readonly openGateway: (machineId: MachineId) => Promise<Pick<Gateway, 'routes'>>;
  /** Shows a page in a tab of the machine. */
  readonly openTab: (tab: {
    readonly machineId: MachineId;
    readonly serverId: null;
    readonly url: string;
    readonly title: string;
  }) => Promise<void>;
  readonly onChanged: (snapshot: WebAppsSnapshot) => void;
}

interface Known {
  readonly revision: number;
  readonly apps: readonly WebApp[] | null;
  readonly looking: Promise<void> | null;
}

const nothingKnown: Known = { revision: 0, apps: null, looking: null };

/** Finds what machines show as web pages, and opens such pages. Holds a machine's connection while one is open. */
export class WebAppService {
  readonly #known = new Map<MachineId, Known>();
  readonly #leases = new Map<MachineId, Lease>();

  constructor(private readonly deps: WebAppServiceDependencies) {}

  snapshots(): readonly WebAppsSnapshot[] {
    return [...this.#known.keys()].map((machineId) => this.#snapshot(machineId));
  }

  /** Connects if needed and looks; concurrent callers share one look. @throws AppError as connecting does */
  async look(machineId: MachineId): Promise<void> {
    this.deps.assertMachine(machineId);
    const known = this.#of(machineId);
    if (known.looking !== null) return known.looking;
    const looking = this.#look(machineId);
    this.#change(machineId, { looking });
    try {
      await looking;
    } finally {
      this.#change(machineId, { looking: null });
    }
  }

  /**
   * Connects if needed and opens a page of the machine in a tab. @throws AppError as connecting does
   * @param url as the machine would write it
   */
  async open(machineId: MachineId, url: string, title: string): Promise<void> {
    this.deps.assertMachine(machineId);
    const lease = this.deps.connections.acquire(machineId);
    try {
      await lease.link.whenReady();
      const gateway = await this.deps.openGateway(machineId);
      const page = besideNotebooks(url, gateway);
      await this.deps.openTab({ machineId, serverId: null, url: page, title: title || new URL(page).host });
    } catch (error) {
      lease.release();
      throw AppError.from(error);
    }
    this.#leases.get(machineId)?.release();
    this.#leases.set(machineId, lease);
  }

  /** Lets go of the machines whose last page was closed. */
  tabsChanged({ tabs }: TabList): void {
    for (const [machineId, lease] of this.#leases) {
      if (tabs.some((tab) => tab.machineId === machineId && tab.serverId === null)) continue;
      this.#leases.delete(machineId);
      lease.release();
    }
  }

  /** The machine was removed. */
  forget(machineId: MachineId): void {
    this.#known.delete(machineId);
    this.#leases.get(machineId)?.release();
    this.#leases.delete(machineId);
  }

  async #look(machineId: MachineId): Promise<void> {
    const lease = this.deps.connections.acquire(machineId);
    try {
      const apps = await withTransport(lease.link, findWebApps);
      this.#change(machineId, { apps });
    } finally {
      lease.release();
    }
  }

  #of(machineId: MachineId): Known {
    return this.#known.get(machineId) ?? nothingKnown;
  }

  #change(machineId: MachineId, change: Partial<Known>): void {
    const known = this.#of(machineId);
    this.#known.set(machineId, { ...known, ...change, revision: known.revision + 1 });
    this.deps.onChanged(this.#snapshot(machineId));
  }

  #snapshot(machineId: MachineId): WebAppsSnapshot {
    const { revision, apps, looking } = this.#of(machineId);
    return { machineId, revision, apps, isLooking: looking !== null };
  }
}

/**
 * A notebook server on a unix socket goes by a port of `localhost` that it does not have. What really listens
 * there is reached by the address instead of the name.
 */
export function besideNotebooks(url: string, gateway: Pick<Gateway, 'routes'>): string {
  const page = new URL(url);
  const port = Number(page.port || (page.protocol === 'https:' ? 443 : 80));
  if (page.hostname !== 'localhost') return page.href;
  const taken = gateway.routes().find(({ host }) => host === `localhost:${port}`);
  const isItself = taken?.target.kind === 'tcp' && taken.target.port === port;
  if (taken !== undefined && !isItself) page.hostname = '127.0.0.1';
  return page.href;
}
