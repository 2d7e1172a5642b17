import type fsPromises from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { AppError } from '../../shared/errors/app-error';
import { type Identity, inlineJumpsOf, type Machine } from '../../shared/model/machine';
import type { NewSshKey, SshKey, SshKeyKind } from '../../shared/model/ssh-key';
import { fingerprintOf } from '../trust/public-key';
import { expandHome } from './key-file';
import { containerOf, keyFormatOf } from './key-format';
import {
  clearPublicHalf,
  describePublicHalf,
  type PublicHalf,
  publicFileHalf,
  type ReadPublicHalf,
} from './public-half';
import { describeSigningKey } from './signing-key';

export interface KeyPairFiles {
  /** In OpenSSH's format. */
  readonly privateKey: string;
  /** One line as in `authorized_keys`. */
  readonly publicKey: string;
}

export interface KeyFolderDeps {
  readonly homeFolder: string;
  readonly platform: NodeJS.Platform;
  readonly fs: Pick<
    typeof fsPromises,
    'chmod' | 'mkdir' | 'readFile' | 'readdir' | 'rm' | 'stat' | 'writeFile'
  >;
  /** Opens a key without passphrase. */
  readonly readPublicHalf: ReadPublicHalf;
  readonly generateKeyPair: (kind: SshKeyKind, comment: string, passphrase: string) => Promise<KeyPairFiles>;
}

const largestKeyBytes = 64 * 1024;
const privateKeyStart = /^(-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----|PuTTY-User-Key-File-\d)/m;
const othersMask = 0o077;

/**
 * The private keys in the user's `~/.ssh` and those elsewhere that machines sign in with, read anew each time,
 * because other programs write there too.
 */
export class KeyFolder {
  readonly path: string;

  constructor(private readonly deps: KeyFolderDeps) {
    this.path = join(deps.homeFolder, '.ssh');
  }

  /** By name. Files that this user can't read are left out: nobody can say what they are. @throws key-folder-unreadable */
  async list(machines: readonly Machine[]): Promise<readonly SshKey[]> {
    const inside = (await this.#names()).map((name) => this.#describe(name, join(this.path, name), machines));
    const outside = this.#pathsElsewhere(machines).map((path) => this.#describe(path, path, machines));
    return (await Promise.all([...inside, ...outside])).filter((key) => key !== null);
  }

  /** The listed key of this name. @throws key-file-not-found, key-folder-unreadable */
  async find(name: string, machines: readonly Machine[]): Promise<SshKey> {
    const key = (await this.list(machines)).find((candidate) => candidate.name === name);
    if (key === undefined) throw new AppError('key-file-not-found', { path: resolve(this.path, name) });
    return key;
  }

  /** Lets only the owner read and change the key of this name. @throws key-file-not-found, key-file-unwritable */
  async mend(name: string, machines: readonly Machine[]): Promise<void> {
    const key = await this.find(name, machines);
    try {
      await this.deps.fs.chmod(key.path, 0o600);
    } catch (error) {
      throw unwritable(key.path, error);
    }
  }

  /**
   * Makes a new key pair and writes it as `add` does.
   * @throws key-file-exists (then nothing has changed), key-file-unwritable
   */
  async generate({ kind, name, comment, passphrase }: NewSshKey): Promise<void> {
    await this.assertFree(name);
    await this.add(name, await this.deps.generateKeyPair(kind, comment, passphrase));
  }

  /** For work that takes long before it writes; `add` makes sure of it. @throws key-file-exists, key-file-unwritable */
  async assertFree(name: string): Promise<void> {
    const path = join(this.path, name);
    for (const file of [path, `${path}.pub`]) if (await this.#exists(file)) throw existing(file);
  }

  /**
   * Writes a key pair as `name` and `name.pub`; the private one is for the owner alone from its first byte on.
   * @throws key-file-exists (then nothing has changed), key-file-unwritable
   */
  async add(name: string, pair: KeyPairFiles): Promise<void> {
    await this.assertFree(name);
    const path = join(this.path, name);
    try {
      await this.deps.fs.mkdir(this.path, { recursive: true, mode: 0o700 });
    } catch (error) {
      throw unwritable(this.path, error);
    }
    await this.#create(path, withLineEnd(pair.privateKey), 0o600);
    try {
      await this.#create(`${path}.pub`, withLineEnd(pair.publicKey), 0o644);
    } catch (error) {
      await this.deps.fs.rm(path);
      throw error;
    }
  }

  #pathOf(identity: Identity): string | null {
    return identity.kind === 'keyFile' ? resolve(expandHome(identity.path, this.deps.homeFolder)) : null;
  }

  #pathsElsewhere(machines: readonly Machine[]): readonly string[] {
    const paths = machines
      .flatMap((machine) => identitiesOf(machine).map((identity) => this.#pathOf(identity)))
      .filter((path) => path !== null && (dirname(path) !== this.path || basename(path).endsWith('.pub')));
    return [...new Set(paths as string[])].sort();
  }

  async #names(): Promise<readonly string[]> {
    try {
      return (await this.deps.fs.readdir(this.path)).filter((name) => !name.endsWith('.pub')).sort();
    } catch (error) {
      const reason = (error as NodeJS.ErrnoException).code ?? '';
      if (reason === 'ENOENT') return [];
      throw new AppError('key-folder-unreadable', { path: this.path, reason }, { cause: error });
    }
  }

  async #describe(name: string, path: string, machines: readonly Machine[]): Promise<SshKey | null> {
    const { fs, platform } = this.deps;
    const read = await this.#readSmallFile(path);
    if (read === null || !privateKeyStart.test(read.file.toString('latin1'))) return null;
    const format = keyFormatOf(read.file);
    const isEncrypted = format.kind === 'supported' && format.isEncrypted;
    const opened =
      format.kind === 'supported' && !isEncrypted ? await this.deps.readPublicHalf(read.file) : null;
    // A .pub file that can't be read is as good as none: it only adds to what the key itself tells.
    const beside = publicFileHalf(await fs.readFile(`${path}.pub`, 'utf8').catch(() => ''));
    const half = bestOf(typeof opened === 'string' ? null : opened, clearPublicHalf(read.file), beside);
    const isUsed = (identity: Identity) =>
      this.#pathOf(identity) === path || (half !== null && isPinned(identity, half));
    const formatState = format.kind === 'supported' ? 'usable' : format.kind;
    return {
      name,
      path,
      container: containerOf(read.file),
      state: typeof opened === 'string' ? opened : formatState,
      isEncrypted,
      publicHalf: half && describePublicHalf(half),
      comment: half?.comment ?? '',
      isOpenToOthers: platform !== 'win32' && (read.mode & othersMask) !== 0,
      machineIds: machines.filter((machine) => identitiesOf(machine).some(isUsed)).map(({ id }) => id),
    };
  }

  async #readSmallFile(path: string): Promise<{ readonly file: Buffer; readonly mode: number } | null> {
    const { fs } = this.deps;
    try {
      const stat = await fs.stat(path);
      if (!stat.isFile() || stat.size > largestKeyBytes) return null;
      return { file: await fs.readFile(path), mode: stat.mode };
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? '';
      if (['EACCES', 'EPERM', 'ENOENT', 'ENOTDIR', 'ELOOP'].includes(code)) return null;
      throw new AppError('key-folder-unreadable', { path: this.path, reason: code }, { cause: error });
    }
  }

  async #exists(path: string): Promise<boolean> {
    try {
      await this.deps.fs.stat(path);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
      throw unwritable(path, error);
    }
  }

  async #create(path: string, text: string, mode: number): Promise<void> {
    try {
      await this.deps.fs.writeFile(path, text, { flag: 'wx', mode, flush: true });
    } catch (error) {
      throw (error as NodeJS.ErrnoException).code === 'EEXIST' ? existing(path) : unwritable(path, error);
    }
  }
}

/** What a machine and its own jump hosts sign in with. */
const identitiesOf = ({ identity, route }: Machine): readonly Identity[] => [
  identity,
  ...inlineJumpsOf(route).map((jump) => jump.identity),
];

/** The agent is to offer this key, or a certificate of it, and no other. */
function isPinned(identity: Identity, half: PublicHalf): boolean {
  const line = identity.kind === 'agent' ? identity.pinnedKey : null;
  const pinned = line === null ? null : publicFileHalf(line);
  return (
    pinned !== null && describeSigningKey(pinned.publicKey).fingerprint === fingerprintOf(half.publicKey)
  );
}

/** The file's own word on its public half, with the comment of the `.pub` file if that is of the same key. */
function bestOf(
  opened: PublicHalf | null,
  clear: PublicHalf | null,
  beside: PublicHalf | null,
): PublicHalf | null {
  const own = opened ?? clear;
  if (own === null || beside?.publicKey.equals(own.publicKey)) return beside;
  return { publicKey: own.publicKey, comment: own.comment || clear?.comment || '' };
}

const existing = (path: string): AppError => new AppError('key-file-exists', { path });
const withLineEnd = (text: string): string => (text.endsWith('\n') ? text : `${text}\n`);

function unwritable(path: string, error: unknown): AppError {
  const reason = (error as NodeJS.ErrnoException).code ?? '';
  return new AppError('key-file-unwritable', { path, reason }, { cause: error });
}
