import type { JupyterAddress } from '../../shared/model/jupyter-address';
import type { MachineId } from '../../shared/model/machine';
import type { NotebookSnapshot, ServerId } from '../../shared/model/notebook';
import type { GivenSecret } from '../connection/connection-secrets';
import type { KnownServer } from './find';
import type { IdleOver } from './idle/own-idle-counter';
import type { IdleServer } from './idle/server-idle-watch';
import { MachineNotebooks } from './machine-notebooks';
import type { NotebookDependencies } from './notebook-dependencies';
import type { ServiceLaunch } from './units/unit-launch';

/**
 * Starts, finds, opens and stops Jupyter servers, one thing at a time per machine. Progress and failure are
 * told by snapshots: the promises resolve when the work has ended, either way, and reject only with
 * `machine-not-found` or for a fault of our own (`internal`).
 */
export class NotebookService {
  readonly #machines = new Map<MachineId, MachineNotebooks>();

  constructor(private readonly dependencies: NotebookDependencies) {}

  snapshots(): readonly NotebookSnapshot[] {
    return [...this.#machines.values()].map((notebooks) => notebooks.snapshot);
  }

  snapshotOf(machineId: MachineId): NotebookSnapshot | undefined {
    return this.#machines.get(machineId)?.snapshot;
  }

  /** The servers that are known to run, with what it takes to speak to them; holds their tokens. */
  serversOf(machineId: MachineId): readonly KnownServer[] {
    return this.#machines.get(machineId)?.servers ?? [];
  }

  /** Those of them of which it is known who counts for how long they are idle. */
  idleServersOf(machineId: MachineId): readonly IdleServer[] {
    return this.#machines.get(machineId)?.idleServers ?? [];
  }

  /** Connects if needed and looks for servers that run. */
  async find(machineId: MachineId): Promise<void> {
    await this.#of(machineId).find();
  }

  /** Opens the server that was started with the machine's settings (in `folder`, if given), or starts one. */
  async openOrStart(machineId: MachineId, folder?: string): Promise<void> {
    await this.#of(machineId).openOrStart(folder);
  }

  /** Starts one more server and opens it. */
  async start(machineId: MachineId): Promise<void> {
    await this.#of(machineId).start();
  }

  /** Starts a server in `folder` as a service of systemd, and opens it. */
  async startService(machineId: MachineId, folder: string, service: ServiceLaunch): Promise<void> {
    await this.#of(machineId).startService(folder, service);
  }

  /** Calls off the start that is under way, if there is one. */
  cancelStart(machineId: MachineId): void {
    this.#machines.get(machineId)?.cancelStart();
  }

  /** Opens a server that runs; looks for it first if it is not known yet. */
  async open(machineId: MachineId, serverId: ServerId): Promise<void> {
    await this.#of(machineId).open(serverId);
  }

  /**
   * Proves a token or password to a server that is known and asks for one.
   * @throws AppError `notebook-gone`, `notebook-secret-wrong`, `vault-unavailable`, or why the connection failed
   */
  signIn(machineId: MachineId, serverId: ServerId, given: GivenSecret): Promise<void> {
    return this.#of(machineId).signIn(serverId, given);
  }

  /**
   * Connects if needed and takes in a server that no look finds. An empty secret will do where none is asked for.
   * @throws AppError `notebook-not-there`, `notebook-token-unknown`, `notebook-secret-wrong`, or why the connection failed
   */
  addAddress(machineId: MachineId, address: JupyterAddress, secret: string): Promise<ServerId> {
    return this.#of(machineId).addAddress(address, secret);
  }

  /** Opens a file or folder of a server that is known, below its folder; `isTextNotebook`: see `pageOfFile`. */
  async openFile(
    machineId: MachineId,
    serverId: ServerId,
    path: string,
    isTextNotebook = false,
  ): Promise<void> {
    await this.#of(machineId).openFile(serverId, path, isTextNotebook);
  }

  /** Ends a server with its kernels and closes its tabs. */
  async stop(machineId: MachineId, serverId: ServerId): Promise<void> {
    await this.#of(machineId).stop(serverId);
  }

  /** Ends a server that nobody uses, if that is still so when it is its turn; its tabs stay, for what was not saved. */
  async endIdle(machineId: MachineId, serverId: ServerId, over: IdleOver): Promise<void> {
    await this.#of(machineId).endIdle(serverId, over);
  }

  /** The machine was removed: its servers go on, nothing here looks after them any more. */
  forget(machineId: MachineId): void {
    this.#machines.get(machineId)?.forget();
    this.#machines.delete(machineId);
  }

  #of(machineId: MachineId): MachineNotebooks {
    this.dependencies.machineOf(machineId);
    const known = this.#machines.get(machineId);
    if (known !== undefined) return known;
    const made = new MachineNotebooks(machineId, this.dependencies);
    this.#machines.set(machineId, made);
    return made;
  }
}
