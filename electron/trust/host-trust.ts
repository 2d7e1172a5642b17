import { randomBytes } from 'node:crypto';
import type fsPromises from 'node:fs/promises';
import { dirname } from 'node:path';
import { AppError } from '../../shared/errors/app-error';
import type { TrustedHostId } from '../../shared/model/trusted-host';
import type { Certificate } from './certificate';
import {
  hashedHosts,
  type KnownHostsEntry,
  knownHostsLine,
  knownHostsName,
  parseKnownHosts,
} from './known-hosts';
import { withReplacedKey } from './known-hosts-edit';
import { usableKeyTypes } from './public-key';
import { type RewriteFs, rewriteFile } from './rewrite-file';
import { withoutTrustedHosts } from './trusted-hosts';
import { authoritiesOf, judge, judgeCertificate, knownKeyTypesOf, type Verdict } from './verdict';

export interface HostTrustDeps {
  /** Read, appended to by `remember`, rewritten by `replace` and `forget`. */
  readonly userKnownHostsPath: string;
  /** Only read. */
  readonly globalKnownHostsPaths: readonly string[];
  readonly nowMs: () => number;
  readonly fs: RewriteFs & Pick<typeof fsPromises, 'mkdir'>;
}

/**
 * The user's own known_hosts files, shared with OpenSSH. They are read anew each time, because `ssh` and
 * `ssh-keygen -R` change them too; lines that nobody asked to change are kept byte for byte.
 */
export class HostTrust {
  /** Writes run one after the other, so that two connections to one new host write one line. */
  #writing: Promise<void> = Promise.resolve();

  constructor(private readonly deps: HostTrustDeps) {}

  /** @throws known-hosts-unreadable */
  async verdictFor(host: string, port: number, key: Buffer): Promise<Verdict> {
    return judge(await this.#entries(), host, port, key, usableKeyTypes);
  }

  /** Null: no authority stands behind it; its plain key is to be judged. @throws known-hosts-unreadable */
  async certificateVerdictFor(host: string, port: number, certificate: Certificate): Promise<Verdict | null> {
    return judgeCertificate(await this.#entries(), host, port, certificate, this.deps.nowMs());
  }

  /** True when a certificate of the host could be trusted. @throws known-hosts-unreadable */
  async knowsAuthority(host: string, port: number): Promise<boolean> {
    return authoritiesOf(await this.#entries(), host, port).length > 0;
  }

  /** Types of the keys by which a host is known, to be asked for first. @throws known-hosts-unreadable */
  async knownKeyTypes(host: string, port: number): Promise<readonly string[]> {
    return knownKeyTypesOf(await this.#entries(), host, port);
  }

  /**
   * Trusts `key` from now on by appending one line; does nothing if it is trusted already. Call it only after
   * the server has proven to own the key, that is, once a connection is ready.
   * @throws known-hosts-unreadable, known-hosts-unwritable
   */
  remember(host: string, port: number, key: Buffer): Promise<void> {
    return this.#inTurn(() => this.#append(host, port, key));
  }

  /**
   * Makes `key` the only one by which the user's file knows the host: what `ssh-keygen -R` would remove goes. Call
   * it only after the user wants it and the server has proven to own the key.
   * @throws known-hosts-unreadable, known-hosts-unwritable
   */
  replace(host: string, port: number, key: Buffer): Promise<void> {
    const name = knownHostsName(host, port);
    return this.#inTurn(async () => {
      // The old key may be known by another file only.
      if ((await this.#read(this.deps.userKnownHostsPath)) === '') return this.#append(host, port, key);
      await this.#rewrite((text) => withReplacedKey(text, name, this.#hostsField(text, name), key));
    });
  }

  /** The user's own file as text in latin1, for `trustedHostsIn`. @throws known-hosts-unreadable */
  userKnownHosts(): Promise<string> {
    return this.#read(this.deps.userKnownHostsPath, 'latin1');
  }

  /** Removes lines from the user's own file. @throws known-hosts-unreadable, known-hosts-unwritable */
  forget(ids: readonly TrustedHostId[]): Promise<void> {
    return this.#inTurn(async () => {
      if ((await this.userKnownHosts()) === '') return;
      await this.#rewrite((text) => withoutTrustedHosts(text, ids));
    });
  }

  get userKnownHostsPath(): string {
    return this.deps.userKnownHostsPath;
  }

  #inTurn(write: () => Promise<void>): Promise<void> {
    const written = this.#writing.then(write);
    this.#writing = written.catch(() => undefined);
    return written;
  }

  async #rewrite(change: (text: string) => string): Promise<void> {
    const { userKnownHostsPath: path, fs } = this.deps;
    try {
      await rewriteFile(path, change, fs, () => randomBytes(6).toString('hex'));
    } catch (error) {
      throw new AppError('known-hosts-unwritable', { path }, { cause: error });
    }
  }

  /** How the user's file writes names: hashed if it hashes any. */
  #hostsField(text: string, name: string): string {
    const isHashing = parseKnownHosts(text, '').some((entry) => entry.hosts.startsWith('|1|'));
    return isHashing ? hashedHosts(name, randomBytes(20)) : name;
  }

  async #append(host: string, port: number, key: Buffer): Promise<void> {
    const { userKnownHostsPath: path, fs } = this.deps;
    if ((await this.verdictFor(host, port, key)).kind === 'trusted') return;
    const text = await this.#read(path);
    const name = knownHostsName(host, port);
    const line = knownHostsLine(this.#hostsField(text, name), key);
    const separator = text === '' || text.endsWith('\n') ? '' : '\n';
    try {
      await fs.mkdir(dirname(path), { recursive: true, mode: 0o700 });
      // One write in append mode: a line that ssh appends at the same moment stays whole.
      await fs.appendFile(path, `${separator}${line}\n`, { mode: 0o600 });
    } catch (error) {
      throw new AppError('known-hosts-unwritable', { path }, { cause: error });
    }
  }

  async #entries(): Promise<readonly KnownHostsEntry[]> {
    const paths = [this.deps.userKnownHostsPath, ...this.deps.globalKnownHostsPaths];
    const texts = await Promise.all(paths.map((path) => this.#read(path)));
    return texts.flatMap((text, index) => parseKnownHosts(text, paths[index] ?? ''));
  }

  async #read(path: string, encoding: 'utf8' | 'latin1' = 'utf8'): Promise<string> {
    try {
      return await this.deps.fs.readFile(path, encoding);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
      throw new AppError('known-hosts-unreadable', { path }, { cause: error });
    }
  }
}
