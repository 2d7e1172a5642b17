import { createHash } from 'node:crypto';
import { AppError } from '../../../shared/errors/app-error';
import type { BrowserDoor, BrowserDoorId, BrowserDoorList } from '../../../shared/model/browser-door';
import type { MachineId } from '../../../shared/model/machine';
import type { Clock } from '../../system/clock';
import { DoorKeys } from './door-keys';
import { DoorServer } from './door-server';
import { type DoorWay, type GatewayAccess, plainWay } from './door-way';
import { secureWay } from './secure-way';

interface BrowserAccessDependencies {
  readonly openGateway: (machineId: MachineId) => Promise<GatewayAccess>;
  /** Of the certificate that the user let pass for a server of a machine, e.g. `localhost:9443`; null: none. */
  readonly trustedFingerprint: (machineId: MachineId, host: string) => string | null;
  readonly openInBrowser: (url: string) => Promise<void>;
  readonly newId: () => BrowserDoorId;
  readonly randomSecret: () => string;
  readonly clock: Pick<Clock, 'monotonicMs'>;
  /** The name by which browsers find this computer; `label` is another one for each door and needs no escape. */
  readonly hostnameFor: (label: string) => string;
  readonly isOwnClient: (client: { readonly port: number; readonly serverPort: number }) => Promise<boolean>;
  readonly refusalPage: () => string;
  readonly certificatePage: () => string;
  readonly onChanged: (list: BrowserDoorList) => void;
}

/** A page of a machine, as a tab shows it. */
export interface PageOfMachine {
  readonly machineId: MachineId;
  /** As the machine writes it; holds no token. */
  readonly url: string;
  readonly title: string;
}

interface ServerOfMachine {
  readonly machineId: MachineId;
  readonly isTls: boolean;
  /** As addresses have it: without the port that goes without saying. */
  readonly host: string;
}

interface Door {
  readonly id: BrowserDoorId;
  /** In `#doors`. */
  readonly key: string;
  readonly machineId: MachineId;
  readonly host: string;
  readonly title: string;
  /** The page to open again. */
  path: string;
  readonly keys: DoorKeys;
  readonly server: DoorServer;
}

/** Below the ports that systems hand out by themselves. */
const firstPort = 23_000;
const portRange = 9_000;

/** Lets the system's browser use servers of machines, one door for each, until it is closed. */
export class BrowserAccess {
  #revision = 0;
  readonly #doors = new Map<string, Promise<Door>>();
  readonly #open = new Map<BrowserDoorId, Door>();

  constructor(private readonly deps: BrowserAccessDependencies) {}

  list(): BrowserDoorList {
    return { revision: this.#revision, doors: [...this.#open.values()].map(shown) };
  }

  /**
   * Shows a page in the browser. That of an https server comes by http from here; its certificate is judged here.
   * @throws browser-port-missing, browser-not-opened
   */
  async open({ machineId, url, title }: PageOfMachine): Promise<void> {
    const { protocol, host, pathname, search, hash } = new URL(url);
    if (protocol !== 'http:' && protocol !== 'https:')
      throw new AppError('browser-not-opened', { host: url });
    const door = await this.#doorTo({ machineId, isTls: protocol === 'https:', host }, title);
    door.path = `${pathname}${search}${hash}`;
    await this.#show(door);
  }

  /** Shows the page of a door once more; one that was closed meanwhile is passed over. */
  async openAgain(id: BrowserDoorId): Promise<void> {
    const door = this.#open.get(id);
    if (door !== undefined) await this.#show(door);
  }

  /** From now on nobody gets in, and what goes on ends. */
  close(id: BrowserDoorId): void {
    const door = this.#open.get(id);
    if (door === undefined) return;
    this.#open.delete(id);
    this.#doors.delete(door.key);
    door.server.close();
    this.#changed();
  }

  closeOf(machineId: MachineId): void {
    for (const door of this.#open.values()) if (door.machineId === machineId) this.close(door.id);
  }

  /** The server that a machine's tabs know by `host` has ended. */
  closeTo(machineId: MachineId, host: string): void {
    for (const door of this.#open.values())
      if (door.machineId === machineId && door.host === host) this.close(door.id);
  }

  closeAll(): void {
    for (const id of this.#open.keys()) this.close(id);
  }

  /** The address with the ticket goes to the browser and nowhere else: it is in no log and no snapshot. */
  async #show(door: Door): Promise<void> {
    try {
      await this.deps.openInBrowser(door.server.addressFor(door.keys.issueTicket(door.path)));
    } catch (error) {
      throw new AppError('browser-not-opened', { host: door.host }, { cause: error });
    }
  }

  #doorTo(server: ServerOfMachine, title: string): Promise<Door> {
    const key = keyOf(server);
    const known = this.#doors.get(key);
    if (known !== undefined) return known;
    const making = this.#make(server, key, title);
    this.#doors.set(key, making);
    making.catch(() => this.#doors.delete(key));
    return making;
  }

  async #make(place: ServerOfMachine, key: string, title: string): Promise<Door> {
    const { machineId } = place;
    const hash = createHash('sha256').update(key).digest();
    const keys = new DoorKeys(this.deps);
    const server = new DoorServer({
      ...this.deps,
      way: await this.#wayTo(place),
      hostname: this.deps.hostnameFor(`nuvem-${hash.toString('hex', 0, 4)}`),
      keys,
      onEntered: () => this.#changed(),
    });
    try {
      // The same at every start, so that what the browser remembers of the page is found again.
      await server.listen(firstPort + (hash.readUInt32BE(4) % portRange));
    } catch (error) {
      throw new AppError('browser-port-missing', {}, { cause: error });
    }
    const host = withPort(place);
    const door: Door = { id: this.deps.newId(), key, machineId, host, title, path: '/', keys, server };
    this.#open.set(door.id, door);
    this.#changed();
    return door;
  }

  async #wayTo({ machineId, isTls, host }: ServerOfMachine): Promise<DoorWay> {
    const gateway = await this.deps.openGateway(machineId);
    if (!isTls) return plainWay(gateway, host);
    return secureWay(gateway, host, () => this.deps.trustedFingerprint(machineId, host));
  }

  #changed(): void {
    this.#revision += 1;
    this.deps.onChanged(this.list());
  }
}

const withPort = ({ isTls, host }: ServerOfMachine): string =>
  /:\d+$/.test(host) ? host : `${host}:${isTls ? 443 : 80}`;

/** Also what a door's port and name are made of: they stay the same from one version to the next. */
const keyOf = (server: ServerOfMachine): string =>
  `${server.machineId} ${server.isTls ? 'https://' : ''}${withPort(server)}`;

const shown = ({ id, machineId, host, title, keys, server }: Door): BrowserDoor => ({
  id,
  machineId,
  host,
  title,
  origin: server.origin,
  browserCount: keys.browserCount,
});
