import type fsPromises from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { AppError } from '../../shared/errors/app-error';
import type { Machine } from '../../shared/model/machine';
import type { PassphraseChange, SshKey } from '../../shared/model/ssh-key';
import { type RewriteFs, rewriteFile } from '../trust/rewrite-file';
import type { Vault } from '../vault/vault';
import { expandHome } from './key-file';
import type { KeyFolder } from './key-folder';
import type { ReadKeyPair } from './key-pair';
import { openKeyPair, readReadableKey } from './open-key-pair';
import { openSshPrivateKey } from './openssh-private-key';
import { RememberedPassphrases } from './remembered-passphrases';

export interface KeyEditorDeps {
  readonly folder: KeyFolder;
  readonly homeFolder: string;
  readonly fs: RewriteFs & Pick<typeof fsPromises, 'rename'>;
  readonly vault: Vault;
  readonly readKeyPair: ReadKeyPair;
  /** Names files that live for a moment beside others. */
  readonly newSuffix: () => string;
}

const privateKeyStart = /^(-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----|PuTTY-User-Key-File-\d)/m;

/** Changes listed keys and gives their public halves away. */
export class KeyEditor {
  readonly #remembered: RememberedPassphrases;

  constructor(private readonly deps: KeyEditorDeps) {
    this.#remembered = new RememberedPassphrases(deps.vault, deps.homeFolder);
  }

  /**
   * Gives a key another passphrase, sets or removes it, and writes it as OpenSSH does. The new file is proven to
   * hold the same key before it takes the old one's place; until then, and on any failure, that one stays as it is.
   * A remembered passphrase is changed along with it.
   * @throws key-file-not-found, key-open-failed, key-not-understood, key-not-whole, key-passphrase-wrong,
   * key-file-unwritable, invalid-request for PuTTY's files, which PuTTY could not read any more
   */
  async changePassphrase(change: PassphraseChange, machines: readonly Machine[]): Promise<void> {
    const { folder, fs, readKeyPair, newSuffix } = this.deps;
    const key = await folder.find(change.name, machines);
    const { path } = key;
    const before = await readReadableKey(path, fs);
    if (before.container === 'putty') throw new AppError('invalid-request');
    const pair = await openKeyPair(path, before, change.oldPassphrase, readKeyPair);
    const text = openSshPrivateKey(pair.numbers, {
      comment: pair.comment || key.comment,
      passphrase: change.newPassphrase,
    });
    const written = { bytes: Buffer.from(text), isEncrypted: change.newPassphrase !== '' };
    const again = await openKeyPair(path, written, change.newPassphrase, readKeyPair);
    if (!again.publicKey.equals(pair.publicKey)) throw new AppError('internal');
    const old = before.bytes.toString('latin1');
    try {
      await rewriteFile(path, (now) => (now === old ? text : conflict(path)), fs, newSuffix);
      await fs.chmod(path, 0o600);
    } catch (error) {
      throw unwritable(path, error);
    }
    await this.#remembered.change(key, machines, change.newPassphrase);
  }

  /**
   * Writes the public half, one line as in `authorized_keys`, to a file that the user chose; replaces what is there
   * at once or not at all. @throws key-file-not-found, key-file-unwritable, key-file-exists over a private key
   */
  async savePublicKey(key: SshKey, chosenPath: string): Promise<void> {
    const { fs, homeFolder, newSuffix } = this.deps;
    const path = expandHome(chosenPath, homeFolder);
    const line = key.publicHalf?.line;
    if (line === undefined) throw new AppError('key-not-understood', { path: key.path, format: '' });
    const there = await fs.readFile(path, 'latin1').catch(() => '');
    if (privateKeyStart.test(there)) throw new AppError('key-file-exists', { path });
    const fresh = join(dirname(path), `.${basename(path)}.${newSuffix()}.new`);
    try {
      await fs.writeFile(fresh, `${line}\n`, { flag: 'wx', mode: 0o644, flush: true });
      await fs.rename(fresh, path);
    } catch (error) {
      await fs.rm(fresh, { force: true }).catch(() => undefined);
      throw unwritable(path, error);
    }
  }
}

/** Another program has changed the file since it was read. */
function conflict(path: string): never {
  throw Object.assign(new Error(`${path} has changed`), { code: 'EBUSY' });
}

function unwritable(path: string, error: unknown): AppError {
  if (error instanceof AppError) return error;
  const reason = (error as NodeJS.ErrnoException).code ?? '';
  return new AppError('key-file-unwritable', { path, reason }, { cause: error });
}
