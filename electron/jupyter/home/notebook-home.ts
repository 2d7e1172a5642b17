import { AppError } from '../../../shared/errors/app-error';
import type { MachineId } from '../../../shared/model/machine';
import type { ServerId } from '../../../shared/model/notebook';
import type { ServerFiles } from '../../../shared/model/server-files';
import type { Connections } from '../../connection/machine-link';
import type { Transport } from '../../connection/transport';
import type { KnownServer } from '../find';
import { isNotebookName } from '../notebook-name';
import { completePath } from './complete-path';
import { ContentsClient } from './contents-client';
import { findJupytextLack, isTextNotebookName, type JupytextLack } from './jupytext';
import { locateFile } from './locate-file';
import { findRecentNotebooks } from './recent-notebooks';

export interface NotebookHomeDependencies {
  readonly connections: Pick<Connections, 'link'>;
  /** The servers that are known to run on a machine. */
  readonly serversOf: (machineId: MachineId) => readonly KnownServer[];
  /** Shows a file of a server, or a folder, as a page; `isTextNotebook`: as a notebook, by jupytext. */
  readonly openFile: (
    machineId: MachineId,
    serverId: ServerId,
    path: string,
    isTextNotebook: boolean,
  ) => Promise<void>;
  /** A file is shown in an editor that jupytext would let the server show as a notebook. Told once of each server. */
  readonly onJupytextLacking: (machineId: MachineId, lack: JupytextLack, fileName: string) => void;
  /** Cryptographically strong bytes. */
  readonly random: (sizeBytes: number) => Buffer;
}

/**
 * The files of the servers that are known, over connections that are there anyway. Every method throws
 * `notebook-gone`, `notebook-token-unknown`, `not-connected`, or why the connection failed.
 */
export class NotebookHome {
  readonly #toldOf = new Set<ServerId>();

  constructor(private readonly deps: NotebookHomeDependencies) {}

  /** What was changed last on a server, and what kernels it has. */
  look(machineId: MachineId, serverId: ServerId): Promise<ServerFiles> {
    return this.#with(machineId, serverId, async (transport, { running }) => {
      const client = new ContentsClient(transport, running);
      const specs = await client.specs();
      return { ...(await findRecentNotebooks((path) => client.folder(path))), specs };
    });
  }

  /** How the path that the user begins to type may go on. @throws also remote-shell-unsupported */
  completePath(machineId: MachineId, serverId: ServerId, typed: string): Promise<readonly string[]> {
    return this.#with(machineId, serverId, (transport, { server }) =>
      completePath(transport, typed, server.folder, this.deps.random),
    );
  }

  /** Opens what the user typed the path of. @throws also notebook-file-missing, notebook-file-outside */
  async openPath(machineId: MachineId, serverId: ServerId, typed: string): Promise<void> {
    const path = await this.#with(machineId, serverId, (transport, { server }) =>
      locateFile(transport, typed, server.folder, this.deps.random),
    );
    await this.openFile(machineId, serverId, path);
  }

  /** Opens a file or folder below the server's folder: a script as a notebook where the server takes it for one. */
  async openFile(machineId: MachineId, serverId: ServerId, path: string): Promise<void> {
    if (path.endsWith('/') || isNotebookName(path))
      return this.deps.openFile(machineId, serverId, path, false);
    const isTextNotebook = await this.#isTextNotebook(machineId, serverId, path);
    await this.deps.openFile(machineId, serverId, path, isTextNotebook);
    if (isTextNotebook || !isTextNotebookName(path) || this.#toldOf.has(serverId)) return;
    const lack = await this.#with(machineId, serverId, (transport, known) =>
      findJupytextLack(transport, known, this.deps.random),
    );
    this.#toldOf.add(serverId);
    this.deps.onJupytextLacking(machineId, lack, path.slice(path.lastIndexOf('/') + 1));
  }

  /** Makes a notebook in the server's folder and opens it. @throws also remote-command-failed */
  async create(machineId: MachineId, serverId: ServerId, kernelName: string): Promise<void> {
    const path = await this.#with(machineId, serverId, (transport, { running }) =>
      new ContentsClient(transport, running).createNotebook(kernelName),
    );
    await this.deps.openFile(machineId, serverId, path, false);
  }

  /** The server itself says so; one that can't be asked gets its page, which tells why. */
  #isTextNotebook(machineId: MachineId, serverId: ServerId, path: string): Promise<boolean> {
    return this.#with(machineId, serverId, (transport, { running }) =>
      new ContentsClient(transport, running).isNotebook(path),
    ).catch(() => false);
  }

  async #with<Result>(
    machineId: MachineId,
    serverId: ServerId,
    work: (transport: Transport, known: KnownServer) => Promise<Result>,
  ): Promise<Result> {
    const known = this.deps.serversOf(machineId).find(({ server }) => server.id === serverId);
    if (known === undefined) throw new AppError('notebook-gone');
    if (!known.server.canOpen) throw new AppError('notebook-token-unknown');
    const link = this.deps.connections.link(machineId);
    if (link.state().kind !== 'ready') throw new AppError('not-connected');
    try {
      return await work(await link.whenReady(), known);
    } catch (error) {
      const failure = AppError.from(error);
      throw failure.code === 'channel-refused'
        ? new AppError('notebook-gone', {}, { cause: error })
        : failure;
    }
  }
}
