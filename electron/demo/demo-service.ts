import { AppError } from '../../shared/errors/app-error';
import type { DemoSnapshot, DemoState, DemoStep } from '../../shared/model/demo';
import {
  directRoute,
  emptyMachineDraft,
  type Machine,
  type MachineDraft,
  type MachineId,
} from '../../shared/model/machine';
import type { DemoServer, StartDemoServer } from '../ssh/demo-server';
import type { DemoShell } from '../ssh/demo-server-session';
import type { DemoFolder } from './demo-folder';
import type { DemoTexts } from './demo-texts';
import { type DemoEvent, transition } from './demo-transition';
import type { EnvironmentWork } from './python-environment';

export const demoHost = '127.0.0.1';

export interface DemoServiceDeps {
  readonly isSupported: boolean;
  readonly folder: DemoFolder;
  /** Login name of this user; the demo machine's user. */
  readonly user: string;
  readonly shell: DemoShell;
  readonly prepareEnvironment: (work: Pick<EnvironmentWork, 'report' | 'signal'>) => Promise<string>;
  readonly startSshServer: StartDemoServer;
  /** Null: there is none. */
  readonly demoMachine: () => Machine | null;
  /** Creates or replaces the one demo machine. */
  readonly saveMachine: (draft: MachineDraft) => Machine;
  readonly trustHostKey: (host: string, port: number, key: Buffer) => Promise<void>;
  /** Connects and opens the notebook; rejects with an `AppError` when it can't. */
  readonly openNotebook: (machineId: MachineId) => Promise<void>;
  readonly disconnect: (machineId: MachineId) => void;
  readonly texts: () => DemoTexts;
  readonly onChanged: (snapshot: DemoSnapshot) => void;
}

/** The demo machine: an SSH server of Nuvem's own on loopback and a JupyterLab in a private environment. */
export class DemoService {
  #state: DemoState;
  #revision = 0;
  /** Set while preparing. */
  #cancellation: AbortController | null = null;
  #server: Promise<DemoServer> | null = null;

  constructor(private readonly deps: DemoServiceDeps) {
    this.#state = deps.isSupported ? { kind: 'absent' } : { kind: 'unsupported' };
  }

  snapshot(): DemoSnapshot {
    return { revision: this.#revision, state: this.#state };
  }

  /**
   * Prepares the demo machine, connects to it and opens its notebook. Resolves when that is done, has failed or
   * was cancelled: which of them is in the snapshot. Does nothing while it is at it already.
   */
  async start(): Promise<void> {
    if (this.#cancellation !== null || !this.deps.isSupported) return;
    const cancellation = new AbortController();
    this.#cancellation = cancellation;
    this.#dispatch({ kind: 'startRequested' });
    try {
      const machineId = await this.#prepare(cancellation.signal);
      this.#dispatch({ kind: 'opened', machineId });
    } catch (error) {
      const machineId = this.deps.demoMachine()?.id ?? null;
      if (cancellation.signal.aborted) this.#dispatch({ kind: 'cancelled', machineId });
      else this.#dispatch({ kind: 'failed', error: AppError.from(error).toReport() });
    } finally {
      this.#cancellation = null;
      await this.machinesChanged();
    }
  }

  /** Stops `start` at whatever it does. What is not complete by then is removed. */
  cancel(): void {
    if (this.#cancellation === null) return;
    this.#cancellation.abort();
    const machine = this.deps.demoMachine();
    const isOpening = this.#state.kind === 'preparing' && this.#state.step === 'opening-notebook';
    // Opening the notebook can be stopped only by taking the connection away.
    if (isOpening && machine !== null) this.deps.disconnect(machine.id);
  }

  /** At app start: gives a saved demo machine its SSH server back, with the same host key and, if free, port. */
  resumeIfSaved(): Promise<void> {
    return this.machinesChanged();
  }

  /** To be called when the saved machines changed: the SSH server runs exactly while a demo machine is saved. */
  async machinesChanged(): Promise<void> {
    if (this.#cancellation !== null || !this.deps.isSupported) return;
    const machine = this.deps.demoMachine();
    this.#dispatch({ kind: 'machineSeen', machineId: machine?.id ?? null });
    if (machine === null) return this.stop();
    if (this.#server !== null) return;
    const server = await this.#runningServer(machine.route.port);
    if (server.port !== machine.route.port) {
      this.deps.saveMachine({ ...draftOf(machine), route: { ...machine.route, port: server.port } });
    }
  }

  /** Closes the SSH server; idempotent. */
  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (server !== null) await (await server).close();
  }

  async #prepare(signal: AbortSignal): Promise<MachineId> {
    const { deps } = this;
    const report = (step: DemoStep, detail: string): void =>
      this.#dispatch({ kind: 'progressed', step, detail });
    const environment = await deps.prepareEnvironment({ report, signal });
    report('starting-server', '');
    const server = await this.#runningServer(deps.demoMachine()?.route.port ?? 0);
    await deps.folder.addWelcomeNotebook(deps.texts());
    signal.throwIfAborted();
    const { id } = deps.saveMachine(this.#draft(server.port, environment));
    report('opening-notebook', '');
    await Promise.race([deps.openNotebook(id), rejectedOnAbort(signal)]);
    signal.throwIfAborted();
    return id;
  }

  #draft(port: number, environment: string): MachineDraft {
    const saved = this.deps.demoMachine();
    const { user, folder } = this.deps;
    return {
      ...emptyMachineDraft,
      id: saved?.id ?? null,
      name: saved?.name ?? this.deps.texts().machineName,
      route: directRoute({ host: demoHost, port, user }),
      identity: { kind: 'keyFile', path: folder.clientKeyPath },
      forwardsAgent: false,
      allowsOldAlgorithms: false,
      workingFolder: saved?.workingFolder ?? folder.notebookFolder,
      notebook: { kind: 'environment', path: environment },
      idlePolicy: saved?.idlePolicy ?? { kind: 'nothing' },
      keepsCookies: saved?.keepsCookies ?? false,
    };
  }

  #runningServer(preferredPort: number): Promise<DemoServer> {
    this.#server ??= this.#startServer(preferredPort).catch((error: unknown) => {
      this.#server = null;
      throw error;
    });
    return this.#server;
  }

  async #startServer(preferredPort: number): Promise<DemoServer> {
    const { user, shell, folder } = this.deps;
    const server = await this.deps.startSshServer({ ...(await folder.keys()), preferredPort, user, shell });
    try {
      await this.deps.trustHostKey(demoHost, server.port, server.hostKey);
    } catch (error) {
      await server.close();
      throw error;
    }
    return server;
  }

  #dispatch(event: DemoEvent): void {
    const next = transition(this.#state, event);
    if (next === this.#state) return;
    this.#state = next;
    this.#revision += 1;
    this.deps.onChanged(this.snapshot());
  }
}

function rejectedOnAbort(signal: AbortSignal): Promise<never> {
  return new Promise((_, fail) => {
    if (signal.aborted) fail(new AppError('cancelled'));
    signal.addEventListener('abort', () => fail(new AppError('cancelled')), { once: true });
  });
}

function draftOf({ isDemo: _, tunnels: __, ...draft }: Machine): MachineDraft {
  return draft;
}
