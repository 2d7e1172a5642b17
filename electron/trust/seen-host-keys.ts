import { z } from 'zod';
import type { RecoverableStore } from '../system/recoverable-store';

/** What `seen-host-keys.json` holds. */
export const SeenHostKeysData = z.strictObject({
  /** When the server of each key has first proven to own it, by fingerprint: known_hosts has no place for that. */
  firstSeenMs: z.record(z.string().startsWith('SHA256:'), z.int().nonnegative()).readonly(),
});
export type SeenHostKeysData = Readonly<z.infer<typeof SeenHostKeysData>>;

export const seenHostKeysVersion = 1;
export const noSeenHostKeys: SeenHostKeysData = { firstSeenMs: {} };

export interface SeenHostKeysDeps {
  readonly store: Pick<RecoverableStore<SeenHostKeysData>, 'value' | 'replace'>;
  readonly nowMs: () => number;
}

/** Since when Nuvem knows the host keys of the machines that it has been signed in to. */
export class SeenHostKeys {
  constructor(private readonly deps: SeenHostKeysDeps) {}

  /** Null: never seen, or forgotten since. */
  readonly firstSeenMs = (fingerprint: string): number | null => this.#all[fingerprint] ?? null;

  /** Call it once the server has proven to own the key. @throws store-disk-full, store-write-failed */
  note(fingerprint: string): void {
    if (this.firstSeenMs(fingerprint) !== null) return;
    this.deps.store.replace({ firstSeenMs: { ...this.#all, [fingerprint]: this.deps.nowMs() } });
  }

  /** Forgets all other keys. @throws store-disk-full, store-write-failed */
  keepOnly(fingerprints: readonly string[]): void {
    const kept = Object.entries(this.#all).filter(([fingerprint]) => fingerprints.includes(fingerprint));
    if (kept.length < Object.keys(this.#all).length)
      this.deps.store.replace({ firstSeenMs: Object.fromEntries(kept) });
  }

  get #all(): SeenHostKeysData['firstSeenMs'] {
    return this.deps.store.value().firstSeenMs;
  }
}
