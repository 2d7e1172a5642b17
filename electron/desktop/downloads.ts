import { mkdirSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { DownloadItem } from 'electron';
import { AppError } from '../../shared/errors/app-error';
import {
  type Download,
  type DownloadId,
  type DownloadList,
  type DownloadState,
  isUnderway,
} from '../../shared/model/download';
import type { MachineId } from '../../shared/model/machine';
import { isDiskFull, placeFile } from './download-files';
import type { NoticeBoard } from './notice-board';

interface DownloadsDependencies {
  /** A private folder of ours for downloads that are not finished or not placed yet. */
  readonly partialFolder: string;
  readonly newId: () => DownloadId;
  /** Asks where a file goes; null when the user cancels. */
  readonly askWhere: (suggestedName: string) => Promise<string | null>;
  readonly notices: NoticeBoard;
  readonly onChanged: (list: DownloadList) => void;
  readonly log: (message: string) => void;
}

/** Where a download comes from. */
export interface DownloadSource {
  readonly machineId: MachineId;
  /** Asks for the same address again, in the same session. */
  readonly begin: (url: string) => void;
}

/** The part of Electron's download that is used. */
interface Item
  extends Pick<
    DownloadItem,
    | 'getFilename'
    | 'getURLChain'
    | 'setSavePath'
    | 'getReceivedBytes'
    | 'getTotalBytes'
    | 'getCurrentBytesPerSecond'
    | 'getETag'
    | 'getLastModifiedTime'
    | 'canResume'
    | 'isPaused'
    | 'pause'
    | 'resume'
    | 'cancel'
  > {
  on(event: 'updated', listener: (event: unknown, state: 'progressing' | 'interrupted') => void): unknown;
  once(
    event: 'done',
    listener: (event: unknown, state: 'completed' | 'cancelled' | 'interrupted') => void,
  ): unknown;
}

interface Run {
  readonly id: DownloadId;
  readonly item: Item;
  /** Where it began. */
  readonly url: string;
  readonly source: DownloadSource;
  readonly partial: string;
  /** Electron takes the item away then. */
  isEnded: boolean;
}

/**
 * Downloads of the machines' pages. Electron's own save dialog would block the main process, and with it every
 * connection; so a download runs into a private file while the user is asked, and moves when both are done.
 */
export class Downloads {
  #revision = 0;
  #downloads: readonly Download[] = [];
  readonly #runs = new Map<DownloadId, Run>();
  /** Failed ones whose address was asked for again. */
  readonly #retried = new Map<string, DownloadId>();
  /** Machines that are not connected. */
  readonly #away = new Set<MachineId>();

  constructor(private readonly deps: DownloadsDependencies) {}

  /** Removes what an earlier run left unfinished. */
  clean(): void {
    rmSync(this.deps.partialFolder, { recursive: true, force: true });
  }

  list(): DownloadList {
    return { revision: this.#revision, downloads: this.#downloads };
  }

  find(id: DownloadId): Download | undefined {
    return this.#downloads.find((download) => download.id === id);
  }

  /** How many are not finished, of these machines or of all. */
  underwayOf(machineIds: readonly MachineId[] | 'all'): number {
    const isOfThem = ({ machineId }: Download): boolean =>
      machineIds === 'all' || machineIds.includes(machineId);
    return this.#downloads.filter((download) => isUnderway(download) && isOfThem(download)).length;
  }

  /** To be called within `will-download`, or Electron asks for itself. */
  receive(item: Item, source: DownloadSource): void {
    mkdirSync(this.deps.partialFolder, { recursive: true, mode: 0o700 });
    const [url = ''] = item.getURLChain();
    const retried = this.#retried.get(url);
    this.#retried.delete(url);
    const earlier = retried && this.find(retried);
    const id = retried ?? this.deps.newId();
    const partial = join(this.deps.partialFolder, this.deps.newId());
    const run: Run = { id, item, url, source, partial, isEnded: false };
    item.setSavePath(run.partial);
    this.#runs.set(id, run);
    const name = basename(item.getFilename()) || 'download';
    // A place that could not be written to is asked for again.
    const isPlaceGood = earlier?.state.kind === 'failed' && earlier.state.error.code === 'download-cut';
    const where = isPlaceGood ? Promise.resolve(earlier.path) : this.deps.askWhere(earlier?.name ?? name);
    void this.#follow(run, name, where);
  }

  pause(id: DownloadId): void {
    const run = this.#runs.get(id);
    if (run === undefined || this.find(id)?.state.kind !== 'running') return;
    run.item.pause();
    this.#update(id, { state: { kind: 'paused' } });
  }

  /** Goes on with one that was paused or cut off, or asks for one that failed again. */
  resume(id: DownloadId): void {
    const run = this.#runs.get(id);
    const download = this.find(id);
    if (run === undefined || download === undefined) return;
    if (isUnderway(download)) {
      this.#goOn(run);
    } else if (download.state.kind === 'failed' && download.state.canRetry) {
      this.#retried.set(run.url, id);
      run.source.begin(run.url);
    }
  }

  /** Ends one that is not finished, and takes it off the list. What was saved stays. */
  remove(id: DownloadId): void {
    const run = this.#runs.get(id);
    const download = this.find(id);
    this.#runs.delete(id);
    this.#set(this.#downloads.filter((other) => other.id !== id));
    if (download !== undefined && run !== undefined && isUnderway(download)) cancel(run);
  }

  /** Ends and forgets all of a machine. */
  forget(machineId: MachineId): void {
    for (const download of this.#downloads) if (download.machineId === machineId) this.remove(download.id);
  }

  /**
   * A machine is connected, or is not any more. Chromium may have asked for the rest by itself and not know that the
   * gateway holds its question until the connection is back.
   */
  connectionChanged(machineId: MachineId, isReady: boolean): void {
    if (isReady) this.#away.delete(machineId);
    else this.#away.add(machineId);
    for (const { id, state, machineId: of } of this.#downloads) {
      const run = this.#runs.get(id);
      if (of !== machineId || run === undefined) continue;
      if (isReady && state.kind === 'waiting') this.#goOn(run);
      else if (!isReady && state.kind === 'running') this.#update(id, { state: { kind: 'waiting' } });
    }
  }

  async #follow(run: Run, name: string, where: Promise<string | null>): Promise<void> {
    const { id, item, source, partial } = run;
    let path: string | null = null;
    const done = new Promise<'completed' | 'cancelled' | 'interrupted'>((resolve) => {
      item.once('done', (_event, state) => {
        tell();
        run.isEnded = true;
        resolve(state);
      });
    });
    let facts = factsOf(item);
    const tell = (): void => {
      if (!run.isEnded) facts = factsOf(item);
      if (path === null || this.#runs.get(id) !== run) return;
      const download = { ...facts, id, machineId: source.machineId, name: basename(path), path };
      this.#put({ ...download, state: this.#stateOf(run) });
    };
    item.on('updated', (_event, state) => {
      if (state === 'progressing') tell();
      else void this.#cut(run);
    });
    try {
      path = await where;
      if (path === null) {
        this.#runs.delete(id);
        cancel(run);
        return;
      }
      tell();
      const state = await done;
      if (this.#runs.get(id) !== run) return;
      if (state === 'completed') {
        await placeFile(partial, path);
        this.#update(id, { state: { kind: 'finished' } });
        this.deps.notices.post('info', 'download-finished', { name: basename(path), path });
      } else {
        await this.#failCut(run);
      }
    } catch (error) {
      this.#fail(run, AppError.from(error), name);
    } finally {
      await rm(partial, { force: true });
    }
  }

  /** Cut off in a way that it can go on from, or at least begin again, without asking anew. */
  async #cut(run: Run): Promise<void> {
    const isFull = await this.#isFull(run);
    if (run.isEnded) return;
    if (isFull) await this.#failCut(run);
    else if (run.item.canResume()) this.#update(run.id, { state: { kind: 'waiting' } });
  }

  async #failCut(run: Run): Promise<void> {
    const name = this.find(run.id)?.name ?? '';
    const error = (await this.#isFull(run))
      ? new AppError('download-disk-full', { path: this.deps.partialFolder })
      : new AppError('download-cut', { name });
    this.#fail(run, error, name);
    cancel(run);
  }

  #fail({ id, url }: Run, error: AppError, name: string): void {
    const download = this.find(id);
    if (download?.state.kind === 'failed') return;
    this.deps.log(`download failed: ${error.message}`);
    const canRetry = /^https?:/.test(url);
    this.#update(id, { state: { kind: 'failed', error: error.toReport(), canRetry } });
    this.deps.notices.post('error', 'download-failed', { name: download?.name ?? name });
  }

  async #isFull({ id, partial }: Run): Promise<boolean> {
    const download = this.find(id);
    return download !== undefined && (await isDiskFull(this.deps.partialFolder, partial, download));
  }

  #goOn(run: Run): void {
    if (run.isEnded) return;
    if (run.item.isPaused() || run.item.canResume()) run.item.resume();
    this.#update(run.id, { state: this.#stateOf(run) });
  }

  /** Of one that has neither finished nor failed. */
  #stateOf({ item, isEnded, source }: Run): DownloadState {
    if (isEnded) return { kind: 'running', bytesPerSecond: 0 };
    if (item.isPaused()) return { kind: 'paused' };
    if (this.#away.has(source.machineId)) return { kind: 'waiting' };
    return { kind: 'running', bytesPerSecond: item.getCurrentBytesPerSecond() };
  }

  #update(id: DownloadId, change: Partial<Omit<Download, 'id'>>): void {
    const download = this.find(id);
    if (download !== undefined) this.#put({ ...download, ...change });
  }

  #put(download: Download): void {
    const isKnown = this.find(download.id) !== undefined;
    if (!isKnown) this.#set([download, ...this.#downloads]);
    else this.#set(this.#downloads.map((other) => (other.id === download.id ? download : other)));
  }

  #set(downloads: readonly Download[]): void {
    this.#downloads = downloads;
    this.#revision += 1;
    this.deps.onChanged(this.list());
  }
}

/** A server that names the version of what it sends can be asked for the rest of it (RFC 9110, 13.1.5). */
function factsOf(item: Item): Pick<Download, 'receivedBytes' | 'totalBytes' | 'canContinue'> {
  const totalBytes = item.getTotalBytes();
  return {
    receivedBytes: item.getReceivedBytes(),
    totalBytes: totalBytes > 0 ? totalBytes : null,
    canContinue: item.getETag() !== '' || item.getLastModifiedTime() !== '',
  };
}

function cancel(run: Run): void {
  if (!run.isEnded) run.item.cancel();
}
