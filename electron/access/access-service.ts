import { AppError } from '../../shared/errors/app-error';
import type { AccessList, AuthorizedEntry, InstallReport, OfferedKey } from '../../shared/model/access';
import type { Machine, MachineId } from '../../shared/model/machine';
import type { Way } from '../../shared/model/way';
import type { Connections } from '../connection/machine-link';
import type { Transport } from '../connection/transport';
import { withTransport } from '../connection/with-transport';
import { entriesOf, findKey, withLine, withoutEntry } from './authorized-keys';
import { AuthorizedKeysFile } from './authorized-keys-file';
import { HeldConnections } from './held-connections';
import type { KeyToInstall } from './key-to-install';
import { describeOfferedKey, lineOf, readOfferedKeys } from './offered-keys';
import type { ProveLogin } from './prove-login';
import { examineBelief } from './sshd-belief';

export interface AccessServiceDeps {
  readonly connections: Connections;
  /** @throws machine-not-found */
  readonly machineOf: (machineId: MachineId) => Machine;
  readonly wayTo: (machineId: MachineId) => Way;
  /** Tells of which keys the machine's own login may be. */
  readonly isOwnKey: (machine: Machine) => Promise<(fingerprint: string) => boolean>;
  readonly openKey: (name: string, passphrase: string) => Promise<KeyToInstall>;
  readonly proveLogin: ProveLogin;
  readonly random: (sizeBytes: number) => Buffer;
}

/**
 * Who can log in to machines: reads and changes their `authorized_keys` over the connections that they have, which
 * are made if need be. Every method rejects with what `AuthorizedKeysFile` throws, or why the connection failed.
 */
export class AccessService {
  readonly #held: HeldConnections;

  constructor(private readonly deps: AccessServiceDeps) {
    this.#held = new HeldConnections(deps.connections);
  }

  list(machineId: MachineId): Promise<AccessList> {
    return this.#with(machineId, async (transport) => this.#listOf(machineId, transport));
  }

  /** What is in a text that somebody sent. @throws access-key-private, access-key-invalid, access-key-missing */
  inspect(text: string): readonly OfferedKey[] {
    return readOfferedKeys(text).map(describeOfferedKey);
  }

  /**
   * Lets the holders of these public keys in, those who can log in already left out. A given name takes the place of
   * the comment of a single key. @throws access-key-private, access-key-invalid, access-key-missing
   */
  add(machineId: MachineId, text: string, name: string): Promise<AccessList> {
    const keys = readOfferedKeys(text);
    return this.#with(machineId, async (transport) => {
      await this.#file(transport).edit((before) =>
        keys
          .filter(({ blob }) => findKey(before, blob) === null)
          .reduce((after, key) => withLine(after, lineOf(key, keys.length === 1 ? name : '')), before),
      );
      return this.#listOf(machineId, transport);
    });
  }

  /**
   * Removes one line; one that has changed since it was listed stays.
   * @throws access-key-in-use unless that was confirmed, access-entry-changed
   */
  remove(machineId: MachineId, entryId: string, isConfirmed: boolean): Promise<AccessList> {
    return this.#with(machineId, async (transport) => {
      const isOwn = await this.deps.isOwnKey(this.deps.machineOf(machineId));
      await this.#file(transport).edit((before) => {
        const entry = entriesOf(before, isOwn).find(({ id }) => id === entryId);
        if (entry === undefined) throw new AppError('access-entry-changed');
        if (entry.kind === 'key' && entry.isInUse && !isConfirmed) throw new AppError('access-key-in-use');
        return withoutEntry(before, entryId);
      });
      return this.#listOf(machineId, transport);
    });
  }

  /** Takes the right to write from others where it makes sshd ignore the file. */
  mend(machineId: MachineId): Promise<AccessList> {
    return this.#with(machineId, (transport) => this.#listOf(machineId, transport, true));
  }

  /**
   * Lets a key of the user's in, unless it is there already, and proves it by a login of its own. A machine that is
   * to be signed in to by that very key, and refuses it as yet, is signed in to by password.
   * @throws key-passphrase-wrong and other errors of key files, before anything is changed
   */
  async install(machineId: MachineId, keyName: string, passphrase: string): Promise<InstallReport> {
    const { openKey, proveLogin, wayTo, random } = this.deps;
    const key = await openKey(keyName, passphrase);
    let isAdded = false;
    let addedEntryId: string | null = null;
    const { mended, warnings } = await this.#withOrWithoutKey(machineId, key, async (transport) => {
      const { text } = await this.#file(transport).edit((before) => {
        if (findKey(before, key.blob) !== null) return null;
        isAdded = true;
        return withLine(before, key.line);
      });
      const isIt = (entry: AuthorizedEntry) => entry.kind === 'key' && entry.fingerprint === key.fingerprint;
      addedEntryId = isAdded ? (entriesOf(text, () => false).findLast(isIt)?.id ?? null) : null;
      return examineBelief(transport, true, random);
    });
    const report = { addedEntryId, mended };
    try {
      const proof = await proveLogin(wayTo(machineId), key.path, key.credential);
      if (proof.kind === 'proven') return { ...report, proof };
      const others = warnings.filter(({ kind }) => kind !== 'keysOff');
      const because = proof.takesKeys ? others : [{ kind: 'keysOff' } as const, ...others];
      return { ...report, proof: { kind: 'failed', failure: { kind: 'refused', because } } };
    } catch (thrown) {
      const error = AppError.from(thrown).toReport();
      return { ...report, proof: { kind: 'failed', failure: { kind: 'notTried', error } } };
    }
  }

  #file(transport: Transport): AuthorizedKeysFile {
    return new AuthorizedKeysFile(transport, this.deps.random);
  }

  async #listOf(machineId: MachineId, transport: Transport, isMending = false): Promise<AccessList> {
    const isOwn = await this.deps.isOwnKey(this.deps.machineOf(machineId));
    const { warnings } = await examineBelief(transport, isMending, this.deps.random);
    const { path, text } = await this.#file(transport).read();
    return { machineId, path, entries: entriesOf(text, isOwn), warnings };
  }

  async #withOrWithoutKey<Result>(
    machineId: MachineId,
    { fingerprint }: KeyToInstall,
    work: (transport: Transport) => Promise<Result>,
  ): Promise<Result> {
    try {
      return await this.#with(machineId, work);
    } catch (thrown) {
      const error = AppError.from(thrown);
      if (error.code !== 'key-refused' || error.params.jumpHost !== undefined) throw error;
      const isOwn = await this.deps.isOwnKey(this.deps.machineOf(machineId));
      if (!isOwn(fingerprint)) throw error;
      return withTransport(this.#held.linkByPassword(machineId), work);
    }
  }

  async #with<Result>(
    machineId: MachineId,
    work: (transport: Transport) => Promise<Result>,
  ): Promise<Result> {
    return withTransport(this.#held.link(machineId), work);
  }
}
