import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../shared/errors/app-error';

/** What is used of an electron-store: `store`, when assigned, replaces the file atomically. */
export interface StoreFile {
  store: { readonly bytes: Uint8Array };
}

/** Opens an electron-store; injected because electron-store needs a running Electron (or, in tests, does not). */
export type OpenStoreFile = (options: {
  /** Absolute folder. */
  readonly cwd: string;
  /** File name without `.json`. */
  readonly name: string;
  readonly configFileMode: number;
  /** electron-store would empty a file that it can't read; we recover it before it looks. */
  readonly clearInvalidConfig: false;
  /** Or a key with a dot in it would become a path. */
  readonly accessPropertiesByDotNotation: false;
  /** It writes what is ready to be written, and what it reads first is of no use: of megabytes, each takes long. */
  readonly serialize: (store: StoreFile['store']) => Uint8Array;
  readonly deserialize: () => StoreFile['store'];
}) => StoreFile;

/** What happened to a file that could not be used. `putAside` is where it is now; null if there was no file. */
export interface StoreRecovery {
  readonly kind: 'restored-from-copy' | 'reset';
  readonly file: string;
  readonly putAside: string | null;
}

interface StoreOptions<Data> {
  readonly folder: string;
  readonly name: string;
  /** Version of the schema; grows when `data` changes its shape. */
  readonly version: number;
  readonly schema: z.ZodType<Data>;
  /** The data as JSON; without it, as `JSON.stringify` has it. For what is large and changes in small parts. */
  readonly textOf?: (data: Data) => string;
  /** Brings data of version n to version n + 1. */
  readonly migrations?: Readonly<Record<number, (data: unknown) => unknown>>;
  /** What a new store holds. */
  readonly initial: Data;
  readonly openFile: OpenStoreFile;
  readonly nowMs: () => number;
  readonly onRecovered: (recovery: StoreRecovery) => void;
  /** A write failed that nobody waits for: of the copy, or at start. Nothing that the user did is lost by it. */
  readonly onWriteFailed: (file: string, error: unknown) => void;
}

const Document = z.strictObject({ version: z.number().int().positive(), data: z.unknown() });
const ownerOnly = 0o600;

/**
 * A small JSON file that survives crashes, full disks and bad edits: `<name>.json` with a schema and a version,
 * readable by the owner alone, replaced atomically, with the last good state beside it as
 * `<name>.last-good.json`. A file that is malformed, of an unknown version or unreadable is kept as
 * `<name>.corrupt-<time>.json`, and the copy takes its place.
 */
export class RecoverableStore<Data> {
  #value: Data;
  #file: StoreFile | null = null;

  constructor(private readonly options: StoreOptions<Data>) {
    const loaded = this.#load();
    this.#value = loaded.data;
    if (loaded.mustWrite) this.#tryWrite();
  }

  value(): Data {
    return this.#value;
  }

  /** Writes, then remembers. On failure nothing has changed. @throws store-disk-full, store-write-failed */
  replace(value: Data): void {
    const data = this.options.schema.parse(value);
    try {
      this.#write(data);
    } catch (error) {
      throw writeError(this.#path(this.options.name), error);
    }
    this.#value = data;
  }

  #load(): { readonly data: Data; readonly mustWrite: boolean } {
    const main = this.#path(this.options.name);
    const copy = this.#path(copyName(this.options.name));
    const fromMain = this.#read(main);
    const fromCopy = this.#read(copy);
    if (fromMain.kind === 'good') {
      if (fromCopy.kind === 'bad') this.#removeCopy(copy);
      return { data: fromMain.data, mustWrite: fromMain.wasMigrated || fromCopy.kind !== 'good' };
    }
    if (fromMain.kind === 'missing' && fromCopy.kind === 'missing')
      return { data: this.options.initial, mustWrite: false };
    const putAside = fromMain.kind === 'bad' ? this.#putAside(main) : null;
    if (fromCopy.kind === 'good') {
      this.options.onRecovered({ kind: 'restored-from-copy', file: main, putAside });
      return { data: fromCopy.data, mustWrite: true };
    }
    const copyAside = fromCopy.kind === 'bad' ? this.#putAside(copy) : null;
    this.options.onRecovered({ kind: 'reset', file: main, putAside: putAside ?? copyAside });
    return { data: this.options.initial, mustWrite: true };
  }

  #read(
    path: string,
  ): { kind: 'good'; data: Data; wasMigrated: boolean } | { kind: 'missing' } | { kind: 'bad' } {
    if (!existsSync(path)) return { kind: 'missing' };
    try {
      const document = Document.parse(JSON.parse(readFileSync(path, 'utf8')));
      const data = this.options.schema.parse(this.#migrate(document.version, document.data));
      return { kind: 'good', data, wasMigrated: document.version !== this.options.version };
    } catch {
      // Whatever is wrong with it, the answer is the same: keep the file, use the copy, tell the user.
      return { kind: 'bad' };
    }
  }

  #migrate(version: number, data: unknown): unknown {
    if (version > this.options.version) throw new Error(`Written by a newer version: ${version}`);
    let migrated = data;
    for (let from = version; from < this.options.version; from += 1) {
      const migration = this.options.migrations?.[from];
      if (migration === undefined) throw new Error(`No migration from version ${from}`);
      migrated = migration(migrated);
    }
    return migrated;
  }

  /** The file's new path. Null if even renaming fails: then writing will fail too, and say why. */
  #putAside(path: string): string | null {
    const time = new Date(this.options.nowMs()).toISOString().replaceAll(/[:.]/g, '-');
    const aside = path.replace(/\.json$/, `.corrupt-${time}.json`);
    try {
      renameSync(path, aside);
      return aside;
    } catch (error) {
      this.options.onWriteFailed(path, error);
      return null;
    }
  }

  /** A damaged copy of a good file holds nothing of worth, and electron-store would stumble over it. */
  #removeCopy(path: string): void {
    try {
      rmSync(path);
    } catch (error) {
      this.options.onWriteFailed(path, error);
    }
  }

  /** At start a failed write must not keep the app from opening; the next `replace` reports it. */
  #tryWrite(): void {
    try {
      this.#write(this.#value);
    } catch (error) {
      this.options.onWriteFailed(this.#path(this.options.name), error);
    }
  }

  /** @throws when the file could not be written; a copy that could not is reported */
  #write(data: Data): void {
    const text = this.options.textOf?.(data) ?? JSON.stringify(data, null, '\t');
    const bytes = Buffer.from(`{"version":${this.options.version},"data":${text}}\n`);
    const path = this.#path(this.options.name);
    // electron-store 12 takes no notice of a short write, which is what a disk gives that fills up on the way: it
    // would put the truncated file in place and report success. So the room is made sure of first, by a write
    // that does fail, and the result is read back.
    const rehearsal = `${path}.rehearsal`;
    try {
      writeFileSync(rehearsal, bytes, { mode: ownerOnly, flush: true });
    } finally {
      rmSync(rehearsal, { force: true });
    }
    this.#openedFile().store = { bytes };
    if (!readFileSync(path).equals(bytes)) throw new Error(`${path} is not what was written`);
    this.#writeCopy(bytes);
  }

  #writeCopy(bytes: Uint8Array): void {
    const copy = this.#path(copyName(this.options.name));
    const copyToBe = `${copy}.new`;
    try {
      writeFileSync(copyToBe, bytes, { mode: ownerOnly, flush: true });
      renameSync(copyToBe, copy);
    } catch (error) {
      rmSync(copyToBe, { force: true });
      this.options.onWriteFailed(copy, error);
    }
  }

  /** Opened for the first write and kept. */
  #openedFile(): StoreFile {
    this.#file ??= this.options.openFile({
      cwd: this.options.folder,
      name: this.options.name,
      configFileMode: ownerOnly,
      clearInvalidConfig: false,
      accessPropertiesByDotNotation: false,
      serialize: ({ bytes }) => bytes,
      deserialize: () => ({ bytes: new Uint8Array() }),
    });
    return this.#file;
  }

  #path(name: string): string {
    return join(this.options.folder, `${name}.json`);
  }
}

function copyName(name: string): string {
  return `${name}.last-good`;
}

function writeError(file: string, error: unknown): AppError {
  const code = (error as NodeJS.ErrnoException).code;
  const isFull = code === 'ENOSPC' || code === 'EDQUOT';
  return new AppError(
    isFull ? 'store-disk-full' : 'store-write-failed',
    { file, reason: code ?? '' },
    { cause: error },
  );
}
