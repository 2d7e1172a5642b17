import type { readFile } from 'node:fs/promises';
import { AppError } from '../../shared/errors/app-error';
import type { ForeignKey, KeyImport } from '../../shared/model/ssh-key';
import type { KeyFolder } from './key-folder';
import type { ReadKeyPair } from './key-pair';
import { openKeyPair, readReadableKey } from './open-key-pair';
import { openSshPrivateKey } from './openssh-private-key';
import { clearPublicHalf, describePublicHalf, publicFileHalf } from './public-half';

export interface KeyImporterDeps {
  readonly folder: KeyFolder;
  readonly fs: { readonly readFile: typeof readFile };
  readonly readKeyPair: ReadKeyPair;
}

/** Turns private keys of PuTTY, PEM, PKCS #8 and OpenSSH into OpenSSH keys in `~/.ssh`. The files stay as they are. */
export class KeyImporter {
  constructor(private readonly deps: KeyImporterDeps) {}

  /** What a file tells before its passphrase is known. @throws key-open-failed, key-not-understood, key-not-whole */
  async inspect(path: string): Promise<ForeignKey> {
    const { fs, readKeyPair } = this.deps;
    const file = await readReadableKey(path, fs);
    const { container, isEncrypted } = file;
    const half = isEncrypted ? clearPublicHalf(file.bytes) : await openKeyPair(path, file, '', readKeyPair);
    return {
      path,
      container,
      isEncrypted,
      publicHalf: half && describePublicHalf(half),
      comment: half?.comment || (await this.#commentBeside(path, half?.publicKey)),
    };
  }

  /**
   * @throws key-open-failed, key-not-understood, key-not-whole, key-passphrase-wrong, key-file-exists (nothing is
   * ever overwritten), key-file-unwritable
   */
  async import({ path, name, passphrase, newPassphrase }: KeyImport): Promise<void> {
    const { folder, fs, readKeyPair } = this.deps;
    await folder.assertFree(name);
    const file = await readReadableKey(path, fs);
    const pair = await openKeyPair(path, file, passphrase, readKeyPair);
    const comment = pair.comment || (await this.#commentBeside(path, pair.publicKey));
    const privateKey = openSshPrivateKey(pair.numbers, { comment, passphrase: newPassphrase });
    const written = { bytes: Buffer.from(privateKey), isEncrypted: newPassphrase !== '' };
    const again = await openKeyPair(path, written, newPassphrase, readKeyPair);
    const described = describePublicHalf({ publicKey: pair.publicKey, comment });
    if (described === null || !again.publicKey.equals(pair.publicKey)) throw new AppError('internal');
    await folder.add(name, { privateKey, publicKey: described.line });
  }

  /** Of the `.pub` file, if that is of the same key. */
  async #commentBeside(path: string, publicKey: Buffer | undefined): Promise<string> {
    const beside = publicFileHalf(await this.deps.fs.readFile(`${path}.pub`, 'utf8').catch(() => ''));
    return beside !== null && publicKey?.equals(beside.publicKey) ? beside.comment : '';
  }
}
