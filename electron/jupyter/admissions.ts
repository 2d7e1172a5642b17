import { AppError } from '../../shared/errors/app-error';
import type { MachineId } from '../../shared/model/machine';
import type { ServerId } from '../../shared/model/notebook';
import type { Transport } from '../connection/transport';
import { notebookSecretKey, type Vault } from '../vault/vault';
import { askAgain, type KnownServer } from './find';
import type { RunningJupyter } from './runtime-file';
import { signInTo } from './sign-in';

type Pass = Pick<RunningJupyter, 'token' | 'session'>;

/**
 * What lets Nuvem into servers whose token it can't read: the user gave a token or a password, once. A login lasts
 * for this run; a secret that the user wants remembered is in the vault and used for servers of their own processes.
 */
export class Admissions {
  readonly #passes = new Map<ServerId, Pass>();
  readonly #refused = new Set<ServerId>();

  constructor(
    private readonly machineId: MachineId,
    private readonly vault: Pick<Vault, 'get' | 'set' | 'remove'>,
  ) {}

  /**
   * The server with what is known to let one in; as it was when nothing does.
   * @param hostOf the name by which pages ask for the server
   * @throws AppError why the connection failed
   */
  async admit(transport: Transport, known: KnownServer, hostOf: () => string): Promise<KnownServer> {
    const { id, canOpen } = known.server;
    if (canOpen) return known;
    const held = this.#passes.get(id);
    if (held !== undefined) {
      const again = await askAgain(transport, known, { ...known.running, ...held });
      if (again.server.canOpen) return again;
      this.#passes.delete(id);
    }
    if (!mayRemember(known) || this.#refused.has(id)) return known;
    // A vault that can't be read is told of when the user gives the secret again to be remembered.
    const secret = await this.vault.get(this.#keyOf(known)).catch(() => null);
    if (secret === null) return known;
    const running = await signInTo(transport, known.running, secret, hostOf());
    if (running === null) {
      this.#refused.add(id);
      return known;
    }
    return this.#let(transport, known, running);
  }

  /** @throws AppError `notebook-secret-wrong`, why it can't be remembered, or why the connection failed */
  async signIn(
    transport: Transport,
    known: KnownServer,
    given: { readonly secret: string; readonly isRemembered: boolean; readonly host: string },
  ): Promise<KnownServer> {
    const running = await signInTo(transport, known.running, given.secret, given.host);
    if (running === null) throw new AppError('notebook-secret-wrong');
    if (mayRemember(known)) {
      const key = this.#keyOf(known);
      if (given.isRemembered) await this.vault.set(key, given.secret);
      else if (this.#refused.has(known.server.id)) await this.vault.remove(key);
    }
    this.#refused.delete(known.server.id);
    return this.#let(transport, known, running);
  }

  /** The server has ended: what let one in there is worth nothing any more. */
  drop(serverId: ServerId): void {
    this.#passes.delete(serverId);
  }

  #let(transport: Transport, known: KnownServer, running: RunningJupyter): Promise<KnownServer> {
    const { token, session } = running;
    this.#passes.set(known.server.id, { token, ...(session === undefined ? {} : { session }) });
    return askAgain(transport, known, running);
  }

  #keyOf({ server, running }: KnownServer) {
    return notebookSecretKey(this.machineId, `${server.address}${running.baseUrl}`);
  }
}

/** Who listens at an address that was typed is not known: nothing is sent there without being asked. */
const mayRemember = ({ server }: KnownServer): boolean => server.asks?.canBeRemembered === true;
