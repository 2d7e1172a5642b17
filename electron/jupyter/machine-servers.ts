import { AppError } from '../../shared/errors/app-error';
import type { JupyterAddress } from '../../shared/model/jupyter-address';
import type { MachineId } from '../../shared/model/machine';
import type { ServerId } from '../../shared/model/notebook';
import type { GivenSecret } from '../connection/connection-secrets';
import type { MachineLink } from '../connection/machine-link';
import type { Transport } from '../connection/transport';
import { withTransport } from '../connection/with-transport';
import { targetKey } from '../gateway/routes';
import { type IdleEnd, takeIdleEnds } from '../keeper/idle-ends';
import { Admissions } from './admissions';
import { findServers, type KnownServer, knowAddress } from './find';
import type { NotebookDependencies } from './notebook-dependencies';
import { findJobServers } from './slurm/job-servers';

/** Which Jupyter servers one machine has, by the last look and by what was said since, and what lets Nuvem in. */
export class MachineServers {
  #all: readonly KnownServer[] | null = null;
  #recentFolders: readonly string[] = [];
  readonly #admissions: Admissions;
  /** Where the user said that servers are which no look finds. */
  readonly #addresses = new Map<ServerId, JupyterAddress>();

  constructor(
    private readonly machineId: MachineId,
    private readonly deps: Pick<NotebookDependencies, 'vault' | 'log' | 'random' | 'clock' | 'onIdleEnd'>,
    /** By which pages ask for a server. */
    private readonly hostOf: (known: KnownServer) => string,
  ) {
    this.#admissions = new Admissions(machineId, deps.vault);
  }

  /** Null: nobody looked. */
  get all(): readonly KnownServer[] | null {
    return this.#all;
  }

  /** Where servers were started, the last one first. */
  get recentFolders(): readonly string[] {
    return this.#recentFolders;
  }

  find(serverId: ServerId): KnownServer | undefined {
    return this.#all?.find(({ server }) => server.id === serverId);
  }

  /** Looks anew. @throws AppError `remote-shell-unsupported`, or why the connection failed */
  async look(link: MachineLink): Promise<readonly KnownServer[]> {
    const { log, random, clock } = this.deps;
    log.write(this.machineId, 'notebook-searching');
    const {
      servers: found,
      recentFolders,
      idleEnds,
    } = await withTransport(link, (transport) => findServers(transport, random));
    this.#recentFolders = recentFolders;
    this.tellOf(idleEnds);
    const all = await withTransport(link, async (transport) =>
      Promise.all(
        [
          ...found,
          ...(await this.#atAddresses(transport)),
          ...(await findJobServers(transport, random, clock.nowMs)),
        ].map((known) => this.#admissions.admit(transport, known, () => this.hostOf(known))),
      ),
    );
    if (all.length === 0) log.write(this.machineId, 'notebook-none-found');
    else log.write(this.machineId, 'notebook-found', { count: all.length });
    this.#all = all;
    return all;
  }

  /** @throws AppError `notebook-gone`, `notebook-secret-wrong`, `vault-unavailable`, or why the connection failed */
  async signIn(link: MachineLink, serverId: ServerId, given: GivenSecret): Promise<void> {
    const known = this.find(serverId);
    if (known === undefined) throw new AppError('notebook-gone');
    const host = this.hostOf(known);
    const admitted = await withTransport(link, (transport) =>
      this.#admissions.signIn(transport, known, { ...given, host }),
    );
    this.put(admitted);
  }

  /** The server there, from now on a known one. @throws AppError `notebook-not-there`, or why the connection failed */
  async addAddress(link: MachineLink, address: JupyterAddress): Promise<KnownServer> {
    const known = await withTransport(link, (transport) => knowAddress(transport, address));
    const found = this.#all?.find(
      ({ running }) => targetKey(running.target) === targetKey(known.running.target),
    );
    if (found !== undefined) return found;
    this.#addresses.set(known.server.id, address);
    this.put(known);
    return known;
  }

  /** Takes in one that was started. */
  addStarted(known: KnownServer): void {
    const { folder } = known.server;
    this.#recentFolders = [folder, ...this.#recentFolders.filter((other) => other !== folder)];
    this.put(known);
  }

  put(known: KnownServer): void {
    const others = (this.#all ?? []).filter(({ server }) => server.id !== known.server.id);
    this.#all = [...others, known];
  }

  /** It has ended. */
  remove(serverId: ServerId): void {
    this.#admissions.drop(serverId);
    this.#all = this.#all?.filter(({ server }) => server.id !== serverId) ?? null;
  }

  /** Tells of what keepers have ended. @returns whether they had ended any @throws AppError why the connection failed */
  async tellOfIdleEnds(link: MachineLink): Promise<boolean> {
    const ends = await withTransport(link, (transport) => takeIdleEnds(transport, this.deps.random));
    this.tellOf(ends);
    return ends.length > 0;
  }

  /** Tells of servers that were ended because nobody used them. */
  tellOf(ends: readonly IdleEnd[]): void {
    for (const end of ends) {
      this.deps.log.write(this.machineId, 'notebook-ended-idle', { folder: end.folder });
      this.deps.onIdleEnd(this.machineId, end);
    }
  }

  /** The servers at the addresses that were typed; those that no longer answer are forgotten. */
  async #atAddresses(transport: Transport): Promise<readonly KnownServer[]> {
    const there: KnownServer[] = [];
    for (const [id, address] of this.#addresses) {
      try {
        there.push(await knowAddress(transport, address));
      } catch (error) {
        if (AppError.from(error).code !== 'notebook-not-there') throw error;
        this.#addresses.delete(id);
        this.#admissions.drop(id);
      }
    }
    return there;
  }
}
