import type fsPromises from 'node:fs/promises';
import { AppError } from '../../../shared/errors/app-error';
import type { ImportedHostKey, ImportPlan } from '../../../shared/model/import-plan';
import type {
  ImportPlace,
  ImportPreview,
  ImportRequest,
  ImportResult,
  PreviewId,
} from '../../../shared/model/import-preview';
import type { MachineId } from '../../../shared/model/machine';
import { endText } from '../../../shared/model/tunnel';
import type { Verdict } from '../../trust/verdict';
import type { MachineStore } from '../machine-store';
import { applyPlan, type ImportChange, type ImportIds } from './apply-plan';
import { assertImportSize } from './import-size';
import type { FileSource, FoundSource } from './import-sources';
import { decodeText } from './source-text';
import { withoutImport } from './without-import';

interface ImportDependencies extends ImportIds {
  readonly files: readonly FileSource[];
  readonly places: readonly FoundSource[];
  readonly machines: Pick<MachineStore, 'change'>;
  readonly hostTrust: {
    verdictFor(host: string, port: number, key: Buffer): Promise<Verdict>;
    remember(host: string, port: number, key: Buffer): Promise<void>;
  };
  /** Ends what goes on with these machines, and removes them. */
  readonly removeMachines: (ids: readonly MachineId[]) => Promise<void>;
  readonly newPreviewId: () => PreviewId;
  readonly fs: Pick<typeof fsPromises, 'readFile' | 'stat'>;
}

/** Imports machines: first a preview of what would be made, then, if the user wants it, one change of the store. */
export class ImportService {
  #preview: ImportPreview | null = null;
  #done: { readonly previewId: PreviewId; readonly change: ImportChange } | null = null;

  constructor(private readonly deps: ImportDependencies) {}

  /** Where machines can be imported from on this computer. */
  async places(): Promise<readonly ImportPlace[]> {
    const found = await Promise.all(
      this.deps.places.map(async ({ kind, find }) => ({ kind, location: await find() })),
    );
    return found.flatMap(({ kind, location }) => (location === null ? [] : [{ kind, location }]));
  }

  /** @throws import-outdated when it is no longer there, and AppError when it can't be read */
  async openPlace({ kind, location }: ImportPlace): Promise<ImportPreview> {
    for (const place of this.deps.places)
      if (place.kind === kind && (await place.find()) === location)
        return this.#show(await place.read(location));
    throw new AppError('import-outdated');
  }

  /** @throws import-file-unreadable, and as `openFile` does */
  async openPath(path: string): Promise<ImportPreview> {
    let content: Buffer;
    try {
      const stats = await this.deps.fs.stat(path);
      assertImportSize(path, stats.size);
      if (!stats.isFile()) throw new AppError('import-file-not-text', { path });
      content = await this.deps.fs.readFile(path);
    } catch (error) {
      if (error instanceof AppError) throw error;
      const reason = (error as NodeJS.ErrnoException).code ?? '';
      throw new AppError('import-file-unreadable', { path, reason }, { cause: error });
    }
    return this.openFile(path, content);
  }

  /**
   * A file that the user handed over.
   * @throws import-file-too-large, import-file-not-text, import-encoding-wrong, import-file-damaged,
   * import-file-newer, import-file-unknown
   */
  async openFile(path: string, content: Uint8Array): Promise<ImportPreview> {
    assertImportSize(path, content.length);
    // Nuvem writes UTF-8 and nothing else; what Windows' programs write may be in its own encoding.
    const fallback = /\.(nuvem|ya?ml|json)$/i.test(path) ? 'none' : 'windows-1252';
    const text = decodeText(content, path, fallback);
    const source = this.deps.files.find(({ recognises }) => recognises(text));
    if (source === undefined) throw new AppError('import-file-unknown', { path });
    return this.#show(await source.read(text, path));
  }

  /** @throws import-outdated, machine-not-found, jump-loop, store-disk-full, store-write-failed */
  async apply({ previewId, choices, trustsHostKeys, takesDefaults }: ImportRequest): Promise<ImportResult> {
    const preview = this.#preview;
    if (preview?.id !== previewId) throw new AppError('import-outdated');
    const { defaults: _, ...plan } = preview.plan;
    const wanted = takesDefaults ? preview.plan : plan;
    const change = this.deps.machines.change((data) => {
      const applied = applyPlan(wanted, choices, data, this.deps);
      return { data: applied.data, result: applied };
    });
    this.#preview = null;
    this.#done = { previewId, change };
    const { trusted, refused } = trustsHostKeys
      ? await this.#trust(preview.plan.hostKeys)
      : { trusted: 0, refused: [] };
    return {
      previewId,
      addedIds: change.addedIds,
      replacedIds: change.replaced.map(({ id }) => id),
      trustedHostKeys: trusted,
      refusedHostKeys: refused,
    };
  }

  /**
   * Puts back what the last import replaced and removes what it made. Host keys stay trusted.
   * @throws import-outdated, machine-is-jump, cancelled, store-disk-full, store-write-failed
   */
  async undo(previewId: PreviewId): Promise<void> {
    const done = this.#done;
    if (done?.previewId !== previewId) throw new AppError('import-outdated');
    const { change } = done;
    const remaining = this.deps.machines.change((data) => ({
      data: withoutImport(data, { ...change, addedIds: [], addedGroupIds: [] }),
      result: data.machines.filter(({ id }) => change.addedIds.includes(id)).map(({ id }) => id),
    }));
    if (remaining.length > 0) await this.deps.removeMachines(remaining);
    this.deps.machines.change((data) => ({ data: withoutImport(data, change), result: undefined }));
    this.#done = null;
  }

  #show(plan: ImportPlan): ImportPreview {
    this.#preview = { id: this.deps.newPreviewId(), plan };
    return this.#preview;
  }

  /** Only keys of hosts that no key is known of: an import must not talk anybody out of what they trust. */
  async #trust(keys: readonly ImportedHostKey[]) {
    const { hostTrust } = this.deps;
    const offers: (ImportedHostKey & { readonly key: Buffer; readonly verdict: Verdict['kind'] })[] = [];
    for (const offer of keys) {
      const key = Buffer.from(offer.blob, 'base64');
      const verdict = await hostTrust.verdictFor(offer.host, offer.port, key);
      offers.push({ ...offer, key, verdict: verdict.kind });
    }
    // Only now: by the first of its keys a host would be known, and its others would count as changed.
    const added = offers.filter(({ verdict }) => verdict === 'unknown');
    for (const { host, port, key } of added) await hostTrust.remember(host, port, key);
    const refused = offers.filter(({ verdict }) => verdict === 'changed' || verdict === 'revoked');
    return {
      trusted: added.length,
      refused: refused.map(({ host, port }) => endText({ kind: 'tcp', host, port })),
    };
  }
}
