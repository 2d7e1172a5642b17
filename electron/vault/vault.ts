import type { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../shared/errors/app-error';
import type { SecretCipher } from './secret-cipher';

/** Names a secret by what it opens, so that two machines with one key or one account share it. */
export type VaultKey = `passphrase:${string}` | `password:${string}`;

export const passphraseKey = (keyPath: string): VaultKey => `passphrase:${keyPath}`;

export const passwordKey = (route: {
  readonly user: string;
  readonly host: string;
  readonly port: number;
}): VaultKey => `password:${route.user}@${route.host.toLowerCase()}:${route.port}`;

export const proxyPasswordKey = (proxy: {
  readonly kind: string;
  readonly user: string;
  readonly host: string;
  readonly port: number;
}): VaultKey => `password:${proxy.kind}://${proxy.user}@${proxy.host.toLowerCase()}:${proxy.port}`;

/** `address` as the machine knows the server, which no other machine shares. */
export const notebookSecretKey = (machineId: string, address: string): VaultKey =>
  `password:jupyter:${machineId}/${address}`;

/** Secrets that the user wants remembered. */
export interface Vault {
  /** False: there is no keyring, so what is set lasts for this run only. */
  readonly canKeep: boolean;
  /** Null when there is none, or none that can be decrypted now. */
  get(key: VaultKey): Promise<string | null>;
  /** @throws vault-unavailable, store-disk-full, store-write-failed */
  set(key: VaultKey, secret: string): Promise<void>;
  /** Does nothing when there is none. @throws store-disk-full, store-write-failed */
  remove(key: VaultKey): Promise<void>;
  /** Removes all that begin so. @throws store-disk-full, store-write-failed */
  removeAll(prefix: VaultKey): Promise<void>;
}

const VaultFile = z.object({
  version: z.literal(1),
  /** Ciphertext in base64 by `VaultKey`. */
  secrets: z.record(z.string(), z.string()),
});
type VaultFile = z.infer<typeof VaultFile>;

export interface EncryptedVaultDeps {
  readonly cipher: SecretCipher;
  /** The vault's file, mode 0600; its folder is made when missing. */
  readonly path: string;
  readonly fs: {
    readonly readFile: typeof readFile;
    readonly writeFile: typeof writeFile;
    readonly rename: typeof rename;
    readonly mkdir: typeof mkdir;
    readonly rm: typeof rm;
  };
}

/**
 * Secrets in a file, each encrypted by the operating system's keyring. What another keyring encrypted can't be
 * read but is kept: the user may be back with that keyring tomorrow. Without any keyring secrets stay in memory.
 */
export class EncryptedVault implements Vault {
  readonly #inMemory = new Map<VaultKey, string>();
  /** Changes run one after the other: each rewrites the whole file. */
  #changing: Promise<void> = Promise.resolve();

  constructor(private readonly deps: EncryptedVaultDeps) {}

  get canKeep(): boolean {
    return this.deps.cipher.isAvailable();
  }

  async get(key: VaultKey): Promise<string | null> {
    const held = this.#inMemory.get(key);
    if (held !== undefined || !this.canKeep) return held ?? null;
    await this.#changing;
    const ciphertext = (await this.#read()).secrets[key];
    if (ciphertext === undefined) return null;
    try {
      return await this.deps.cipher.decrypt(Buffer.from(ciphertext, 'base64'));
    } catch {
      // Encrypted by another keyring or under another login: the user is asked, the entry stays.
      return null;
    }
  }

  async set(key: VaultKey, secret: string): Promise<void> {
    if (!this.canKeep) {
      this.#inMemory.set(key, secret);
      return;
    }
    const ciphertext = await this.#encrypt(secret);
    this.#inMemory.delete(key);
    await this.#change((secrets) => ({ ...secrets, [key]: ciphertext }));
  }

  async remove(key: VaultKey): Promise<void> {
    this.#inMemory.delete(key);
    await this.#change((secrets) => {
      const { [key]: removed, ...rest } = secrets;
      return removed === undefined ? null : rest;
    });
  }

  async removeAll(prefix: VaultKey): Promise<void> {
    for (const key of this.#inMemory.keys()) if (key.startsWith(prefix)) this.#inMemory.delete(key);
    await this.#change((secrets) => {
      const rest = Object.fromEntries(Object.entries(secrets).filter(([key]) => !key.startsWith(prefix)));
      return Object.keys(rest).length === Object.keys(secrets).length ? null : rest;
    });
  }

  async #encrypt(secret: string): Promise<string> {
    try {
      return (await this.deps.cipher.encrypt(secret)).toString('base64');
    } catch (error) {
      throw new AppError('vault-unavailable', {}, { cause: error });
    }
  }

  /** Applies `change`, which returns null to leave everything as it is. */
  #change(change: (secrets: VaultFile['secrets']) => VaultFile['secrets'] | null): Promise<void> {
    const changed = this.#changing.then(async () => {
      const secrets = change((await this.#read()).secrets);
      if (secrets !== null) await this.#write({ version: 1, secrets });
    });
    this.#changing = changed.catch(() => undefined);
    return changed;
  }

  /** A missing or damaged file is an empty vault; a damaged one is put aside, never overwritten. */
  async #read(): Promise<VaultFile> {
    const { path, fs } = this.deps;
    const empty: VaultFile = { version: 1, secrets: {} };
    let text: string;
    try {
      text = await fs.readFile(path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return empty;
      throw new AppError('vault-unavailable', { path }, { cause: error });
    }
    const parsed = VaultFile.safeParse(parseJson(text));
    if (parsed.success) return parsed.data;
    await fs.rename(path, `${path}.damaged`);
    return empty;
  }

  /** Written beside and moved into place: a crash leaves the old file or the new one. */
  async #write(file: VaultFile): Promise<void> {
    const { path, fs } = this.deps;
    const temporary = `${path}.new`;
    try {
      await fs.mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await fs.rm(temporary, { force: true });
      await fs.writeFile(temporary, JSON.stringify(file), { mode: 0o600, flush: true });
      await fs.rename(temporary, path);
    } catch (error) {
      const isFull = (error as NodeJS.ErrnoException).code === 'ENOSPC';
      throw new AppError(isFull ? 'store-disk-full' : 'store-write-failed', { path }, { cause: error });
    }
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
