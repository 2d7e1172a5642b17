import { AppError } from '../../../../shared/errors/app-error';
import type { NodeCopyOutcome, NodeFilesSnapshot, NotCopied } from '../../../../shared/model/emr-node-files';
import type { MachineId } from '../../../../shared/model/machine';
import type { Connections, Lease } from '../../../connection/machine-link';
import type { Transport } from '../../../connection/transport';
import { withTransport } from '../../../connection/with-transport';
import type { Clock } from '../../../system/clock';
import type { ClusterPlace } from '../steps/step-service';
import { assertRoom, copyNodeFiles } from './copy-node-files';
import { listNodeFiles, type NodePlaces } from './list-node-files';
import { localPlaces, makeNewFolder } from './local-places';
import {
  type NodeFilesEvent,
  type NodeFilesWork,
  nodeFilesTransition,
  shownNodeFiles,
} from './node-files-transition';

/** Between two words on how far a copy is. */
const tellEveryMs = 100;

export interface NodeFilesServiceDependencies {
  readonly connections: Pick<Connections, 'acquire'>;
  /** Null: nobody has connected to the cluster's primary node. */
  readonly machineOf: (of: ClusterPlace) => MachineId | null;
  /** What the folder of the copies is called, besides the cluster's id. */
  readonly nameOf: (clusterId: string) => string;
  /** Null when the user cancels. */
  readonly askFolder: () => Promise<string | null>;
  readonly places: NodePlaces;
  readonly clock: Clock;
  /** Cryptographically strong bytes. */
  readonly random: (sizeBytes: number) => Buffer;
  readonly onChanged: (snapshot: NodeFilesSnapshot) => void;
}

/** One look at a node's disk, and the copying that comes of it. */
interface Visit {
  readonly of: ClusterPlace;
  readonly lease: Lease;
  /** Of what is under way. */
  abort: AbortController;
}

/** The files on a primary node that would end with its cluster: finds them, and copies them to this computer. */
export class NodeFilesService {
  #visit: Visit | null = null;
  #state: NodeFilesWork = { kind: 'idle' };
  #revision = 0;

  constructor(private readonly deps: NodeFilesServiceDependencies) {}

  snapshot(): NodeFilesSnapshot {
    const state = shownNodeFiles(this.#state);
    return { revision: this.#revision, of: this.#visit?.of ?? null, state };
  }

  /**
   * Connects to the cluster's primary node and looks at its disk; what comes of it is in the snapshots.
   * @throws machine-not-found when nobody has connected to it yet
   */
  async look(of: ClusterPlace): Promise<void> {
    this.leave();
    const machineId = this.deps.machineOf(of);
    if (machineId === null) throw new AppError('machine-not-found');
    const { connections, places, random } = this.deps;
    const visit = { of, lease: connections.acquire(machineId), abort: new AbortController() };
    this.#visit = visit;
    this.#enter(visit, { kind: 'lookStarted' });
    const { signal } = visit.abort;
    try {
      const look = (transport: Transport) => listNodeFiles(transport, places, random, signal);
      this.#enter(visit, { kind: 'looked', ...(await withTransport(visit.lease.link, look, signal)) });
    } catch (thrown) {
      this.#enter(visit, { kind: 'lookFailed', error: AppError.from(thrown).toReport() });
    }
  }

  /**
   * Copies files that were found, those that are safe already excepted, to a new folder in one that the user chooses.
   * @throws invalid-request for a file that was not found, cancelled, download-disk-full, download-not-saved, or why the
   * connection failed
   */
  async copy(paths: readonly string[]): Promise<NodeCopyOutcome> {
    const [found, visit] = [this.#state, this.#visit];
    if (found.kind !== 'found' || visit === null) throw new AppError('invalid-request');
    const wanted = new Set(paths);
    const files = found.files.filter(({ path }) => wanted.has(path));
    if (files.length !== wanted.size) throw new AppError('invalid-request');
    const left = files.filter(({ path }) => !found.copied.includes(path));
    if (left.length === 0) return 'copied';
    const allBytes = left.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    const folder = found.folder ?? (await this.#newFolder(visit.of.clusterId, allBytes));
    if (folder === null) return 'cancelled';
    // Meanwhile the user may have gone, or begun elsewhere.
    if (this.#visit !== visit || this.#state !== found) throw new AppError('cancelled');
    visit.abort = new AbortController();
    this.#enter(visit, { kind: 'copyStarted', folder, allFiles: left.length, allBytes });
    const copied: string[] = [];
    let missing: readonly NotCopied[] = [];
    try {
      missing = await copyNodeFiles({
        ...{ link: visit.lease.link, files: left, random: this.deps.random, signal: visit.abort.signal },
        places: localPlaces(
          folder,
          found.files.map(({ path }) => path),
        ),
        onCopied: (path) => copied.push(path),
        onProgress: this.#teller(visit),
      });
      return missing.length === 0 ? 'copied' : 'incomplete';
    } finally {
      this.#enter(visit, { kind: 'copyEnded', copied, missing });
    }
  }

  /** Breaks a copy off; what is safe by then stays. */
  cancelCopy(): void {
    if (this.#state.kind === 'copying') this.#visit?.abort.abort(new AppError('cancelled'));
  }

  /** Nobody looks any more: ends what is under way, and gives the connection back. */
  leave(): void {
    const visit = this.#visit;
    if (visit === null) return;
    this.#visit = null;
    this.#next({ kind: 'left' });
    visit.abort.abort(new AppError('cancelled'));
    visit.lease.release();
  }

  /** Null: the user chose none. */
  async #newFolder(clusterId: string, sizeBytes: number): Promise<string | null> {
    const parent = await this.deps.askFolder();
    if (parent === null) return null;
    await assertRoom(parent, sizeBytes);
    return makeNewFolder(parent, `${this.deps.nameOf(clusterId)} ${clusterId}`.trim());
  }

  #teller(visit: Visit): (doneFiles: number, doneBytes: number) => void {
    let toldAtMs = Number.NEGATIVE_INFINITY;
    return (doneFiles, doneBytes) => {
      const nowMs = this.deps.clock.monotonicMs();
      if (nowMs - toldAtMs < tellEveryMs) return;
      toldAtMs = nowMs;
      this.#enter(visit, { kind: 'progressed', doneFiles, doneBytes });
    };
  }

  /** What a visit has to say that is over is not heard. */
  #enter(visit: Visit, event: NodeFilesEvent): void {
    if (this.#visit === visit) this.#next(event);
  }

  #next(event: NodeFilesEvent): void {
    this.#state = nodeFilesTransition(this.#state, event);
    this.#revision += 1;
    this.deps.onChanged(this.snapshot());
  }
}
