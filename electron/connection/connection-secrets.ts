import { AppError } from '../../shared/errors/app-error';
import { passphraseKey, type Vault, type VaultKey } from '../vault/vault';
import type { AttemptLog } from './attempt';

type SecretKind = 'passphrase' | 'password';

/** A secret that somebody gave; `isRemembered` is the user's wish. */
export interface GivenSecret {
  readonly secret: string;
  readonly isRemembered: boolean;
}

/** Where a secret in use came from. */
interface HeldSecret extends GivenSecret {
  readonly kind: SecretKind;
  readonly isFromVault: boolean;
}

/**
 * The secrets of one connection, in this process only. Each is taken from memory, else from the vault, else
 * asked for; it is put into the vault only when the user said so and only after it worked.
 */
export class ConnectionSecrets {
  readonly #held = new Map<VaultKey, HeldSecret>();
  /** What the vault has for these did not work: it is not tried again. */
  readonly #stale = new Set<VaultKey>();

  constructor(
    private readonly vault: Vault,
    private readonly log: AttemptLog,
  ) {}

  get canRemember(): boolean {
    return this.vault.canKeep;
  }

  /** `wasWrong`: the one returned last did not open the key. */
  passphrase(keyPath: string, wasWrong: boolean, ask: () => Promise<GivenSecret>): Promise<string> {
    const key = passphraseKey(keyPath);
    if (wasWrong) this.#drop(key);
    return this.#secret('passphrase', key, ask);
  }

  /** A password by its name in the vault. */
  password(key: VaultKey, ask: () => Promise<GivenSecret>): Promise<string> {
    return this.#secret('password', key, ask);
  }

  /** Keeps a password that the user has given before an attempt needs it. */
  holdPassword(key: VaultKey, given: GivenSecret): void {
    this.#held.set(key, { ...given, kind: 'password', isFromVault: false });
  }

  /** True when the secret in use is in the vault or will be put there. */
  isRemembered(key: VaultKey): boolean {
    const held = this.#held.get(key);
    return held !== undefined && (held.isFromVault || held.isRemembered);
  }

  passwordRefused(key: VaultKey): void {
    this.#drop(key);
  }

  /** Call once all held secrets have worked: puts into the vault what the user wants there. Never rejects. */
  async remember(): Promise<void> {
    for (const [key, held] of [...this.#held]) {
      if (held.isFromVault) continue;
      try {
        if (held.isRemembered) {
          await this.vault.set(key, held.secret);
          this.log('secret-remembered', { kind: held.kind });
        } else if (this.#stale.has(key)) {
          await this.vault.remove(key);
        }
        this.#stale.delete(key);
        if (this.#held.has(key)) {
          this.#held.set(key, { ...held, isRemembered: false, isFromVault: held.isRemembered });
        }
      } catch (error) {
        this.log(
          'secret-not-remembered',
          { kind: held.kind, errorCode: AppError.from(error).code },
          'warning',
        );
      }
    }
  }

  /** Forgets what is held in memory; the vault keeps what it has. */
  forget(): void {
    this.#held.clear();
    this.#stale.clear();
  }

  async #secret(kind: SecretKind, key: VaultKey, ask: () => Promise<GivenSecret>): Promise<string> {
    const known = this.#held.get(key) ?? (await this.#fromVault(kind, key));
    if (known !== null) {
      this.#held.set(key, known);
      return known.secret;
    }
    const given = await ask();
    this.#held.set(key, { ...given, kind, isFromVault: false });
    return given.secret;
  }

  async #fromVault(kind: SecretKind, key: VaultKey): Promise<HeldSecret | null> {
    if (this.#stale.has(key)) return null;
    const secret = await this.#read(kind, key);
    if (secret === null) return null;
    this.log('secret-from-vault', { kind });
    return { kind, secret, isRemembered: false, isFromVault: true };
  }

  /** A vault that can't be read is no reason not to connect: the user is asked. */
  async #read(kind: SecretKind, key: VaultKey): Promise<string | null> {
    try {
      return await this.vault.get(key);
    } catch (error) {
      this.log('secret-not-remembered', { kind, errorCode: AppError.from(error).code }, 'warning');
      return null;
    }
  }

  #drop(key: VaultKey): void {
    if (this.#held.get(key)?.isFromVault) this.#stale.add(key);
    this.#held.delete(key);
  }
}
