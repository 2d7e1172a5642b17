import { randomBytes } from 'node:crypto';
import type { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AppError } from '../../shared/errors/app-error';
import {
  hashedHosts,
  type KnownHostsEntry,
  knownHostsLine,
  knownHostsName,
  parseKnownHosts,
} from './known-hosts';
import { usableKeyTypes } from './public-key';
import { judge, knownKeyTypesOf, type Verdict } from './verdict';

export interface HostTrustDeps {
  /** Read, and appended to by `remember`. */
  readonly userKnownHostsPath: string;
  /** Only read. */
  readonly globalKnownHostsPaths: readonly string[];
  readonly fs: {
    readonly readFile: typeof readFile;
    readonly appendFile: typeof appendFile;
    readonly mkdir: typeof mkdir;
  };
}

/**
 * The user's own known_hosts files, shared with OpenSSH. They are read anew each time, because `ssh` and
 * `ssh-keygen -R` change them too; lines that are there are never touched.
 */
export class HostTrust {
  /** Appends run one after the other, so that two connections to one new host write one line. */
  #appending: Promise<void> = Promise.resolve();

  constructor(private readonly deps: HostTrustDeps) {}

  /** @throws known-hosts-unreadable */
  async verdictFor(host: string, port: number, key: Buffer): Promise<Verdict> {
    return judge(await this.#entries(), host, port, key, usableKeyTypes);
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
    const appended = this.#appending.then(() => this.#append(host, port, key));
    this.#appending = appended.catch(() => undefined);
    return appended;
  }

  async #append(host: string, port: number, key: Buffer): Promise<void> {
    const { userKnownHostsPath: path, fs } = this.deps;
    if ((await this.verdictFor(host, port, key)).kind === 'trusted') return;
    const text = await this.#read(path);
    const name = knownHostsName(host, port);
    const isHashing = parseKnownHosts(text, path).some((entry) => entry.hosts.startsWith('|1|'));
    const line = knownHostsLine(isHashing ? hashedHosts(name, randomBytes(20)) : name, key);
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

  async #read(path: string): Promise<string> {
    try {
      return await this.deps.fs.readFile(path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
      throw new AppError('known-hosts-unreadable', { path }, { cause: error });
    }
  }
}
