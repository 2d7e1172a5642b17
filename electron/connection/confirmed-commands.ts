import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { RecoverableStore } from '../system/recoverable-store';

/** What `confirmed-commands.json` holds. */
export const ConfirmedCommandsData = z.strictObject({
  /** SHA-256 in hex of each command: it may hold a password, which one file too many would have. */
  hashes: z.array(z.string().regex(/^[0-9a-f]{64}$/)).readonly(),
});
export type ConfirmedCommandsData = Readonly<z.infer<typeof ConfirmedCommandsData>>;

export const confirmedCommandsVersion = 1;
export const noConfirmedCommands: ConfirmedCommandsData = { hashes: [] };

export interface CommandConfirmation {
  has(command: string): boolean;
  /** @throws store-disk-full, store-write-failed */
  confirm(command: string): void;
}

/**
 * The proxy commands that the user has typed, or has read and confirmed: known by the whole text that the shell is
 * given, tokens filled in. So no import, and no edit of a file, can make a command run that nobody has seen.
 */
export class ConfirmedCommands implements CommandConfirmation {
  constructor(private readonly store: Pick<RecoverableStore<ConfirmedCommandsData>, 'value' | 'replace'>) {}

  has(command: string): boolean {
    return this.store.value().hashes.includes(hashOf(command));
  }

  confirm(command: string): void {
    if (this.has(command)) return;
    this.store.replace({ hashes: [...this.store.value().hashes, hashOf(command)] });
  }
}

const hashOf = (command: string): string => createHash('sha256').update(command, 'utf8').digest('hex');
