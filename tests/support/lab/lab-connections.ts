import { readFile } from 'node:fs/promises';
import type { Connections, Lease, MachineLink } from '../../../electron/connection/machine-link';
import type { Transport } from '../../../electron/connection/transport';
import { parsePrivateKey } from '../../../electron/ssh/private-key';
import { connectSsh } from '../../../electron/ssh/ssh-transport';
import { AppError } from '../../../shared/errors/app-error';
import type { ConnectionState } from '../../../shared/model/connection';
import type { MachineId } from '../../../shared/model/machine';
import type { LabSshd } from './sshd';

/**
 * One real SSH connection to a lab sshd, made again at once whenever it is lost: for tests of what uses a
 * connection, without the prompts, trust and retry plan that tests of the connection itself are about.
 */
export class LabConnections implements Connections, MachineLink {
  #state: ConnectionState = { kind: 'idle' };
  #transport: Transport | null = null;
  #isWanted = false;
  readonly #listeners = new Set<(state: ConnectionState) => void>();

  constructor(
    private readonly sshd: LabSshd,
    readonly machineId: MachineId,
  ) {}

  acquire(): Lease {
    if (!this.#isWanted) {
      this.#isWanted = true;
      this.#enter({ kind: 'connecting', isReconnect: false });
      void this.#connect();
    }
    return { link: this, release: () => undefined };
  }

  link(): MachineLink {
    return this;
  }

  state(): ConnectionState {
    return this.#state;
  }

  onStateChanged(listener: (state: ConnectionState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  whenReady(signal?: AbortSignal): Promise<Transport> {
    return new Promise((resolve, reject) => {
      const settle = (): void => {
        if (signal?.aborted === true) reject(signal.reason);
        else if (this.#transport !== null) resolve(this.#transport);
        else if (!this.#isWanted) reject(new AppError('not-connected'));
        else return;
        forget();
        signal?.removeEventListener('abort', settle);
      };
      const forget = this.onStateChanged(settle);
      signal?.addEventListener('abort', settle);
      settle();
    });
  }

  /** As the user's wish to disconnect: final. */
  disconnect(): void {
    this.#isWanted = false;
    const transport = this.#transport;
    this.#transport = null;
    transport?.close();
    this.#enter({ kind: 'closed' });
  }

  async #connect(): Promise<void> {
    const key = parsePrivateKey(await readFile(this.sshd.clientKeyPath), null);
    if (key === 'unreadable') throw new Error(`${this.sshd.clientKeyPath} is not a key`);
    while (this.#isWanted) {
      try {
        const transport = await connectSsh({
          route: { host: this.sshd.host, port: this.sshd.port, user: this.sshd.user },
          credential: { kind: 'privateKey', key },
          knownKeyTypes: [],
          judgeHostKey: async () => null,
          onAuthenticating: () => undefined,
          password: async () => '',
          answer: async () => [],
          log: () => undefined,
          signal: new AbortController().signal,
        });
        if (!this.#isWanted) return transport.close();
        this.#transport = transport;
        transport.onClosed((error) => this.#onClosed(error));
        return this.#enter({ kind: 'ready', sinceMs: 0 });
      } catch (error) {
        this.#wait(AppError.from(error));
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  }

  #onClosed(error: AppError | null): void {
    this.#transport = null;
    if (error === null || !this.#isWanted) return;
    this.#wait(error);
    void this.#connect();
  }

  #wait(error: AppError): void {
    this.#enter({ kind: 'waitingToRetry', retryNumber: 1, nextTryAtMs: 0, error: error.toReport() });
  }

  #enter(state: ConnectionState): void {
    this.#state = state;
    for (const listener of [...this.#listeners]) listener(state);
  }
}
