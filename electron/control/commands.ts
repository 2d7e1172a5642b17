import { AppError } from '../../shared/errors/app-error';
import type { ConnectionState } from '../../shared/model/connection';
import type { Machine, MachineId } from '../../shared/model/machine';
import type { NotebookSnapshot } from '../../shared/model/notebook';
import type { PromptId } from '../../shared/model/prompt';
import type { Tunnel, TunnelId } from '../../shared/model/tunnel';
import { clientAddress } from '../../shared/model/tunnel-address';
import type { TunnelsSnapshot } from '../../shared/model/tunnel-status';
import { assertNever } from '../../shared/util/assert-never';
import type { MachineLink } from '../connection/machine-link';
import { findMachine } from './find-machine';
import type { ControlCommand, ControlReply, ListedMachine, ListedTunnel } from './protocol';

/** What commands are done by. */
export interface ControlCommandsDependencies {
  readonly version: string;
  /** The saved machines. */
  readonly machines: () => readonly Machine[];
  readonly link: (machineId: MachineId) => MachineLink;
  readonly connect: (machineId: MachineId) => void;
  readonly disconnect: (machineId: MachineId) => void;
  readonly notebooks: {
    snapshotOf(machineId: MachineId): NotebookSnapshot | undefined;
    openOrStart(machineId: MachineId): Promise<void>;
  };
  readonly tunnels: {
    snapshots(): readonly TunnelsSnapshot[];
    turn(machineId: MachineId, tunnelId: TunnelId, isOn: boolean): void;
  };
  readonly showWindow: () => void;
}

type Say = (reply: ControlReply) => void;

/** Does what a user asks for outside the window: as the window would, and with its questions asked there. */
export class ControlCommands {
  readonly #tunnelListeners = new Set<() => void>();

  constructor(private readonly deps: ControlCommandsDependencies) {}

  /** To be called when a tunnel's state changed. */
  tunnelsChanged(): void {
    for (const listener of [...this.#tunnelListeners]) listener();
  }

  /** @throws AppError as the work does */
  async run(command: ControlCommand, say: Say, signal: AbortSignal): Promise<ControlReply> {
    switch (command.kind) {
      case 'list':
        return { kind: 'machines', machines: this.deps.machines().map((machine) => this.#listed(machine)) };
      case 'status':
        return this.#status();
      case 'connect':
        return this.#with(command.machine, async (machine) => {
          await this.#connected(machine, say, signal);
          return { kind: 'connected', machine: machine.name };
        });
      case 'notebook':
        return this.#with(command.machine, async (machine) => {
          await this.#connected(machine, say, signal);
          this.deps.showWindow();
          await this.deps.notebooks.openOrStart(machine.id);
          const activity = this.deps.notebooks.snapshotOf(machine.id)?.activity;
          if (activity?.kind === 'failed') return { kind: 'failed', error: activity.error };
          return { kind: 'notebookOpened', machine: machine.name };
        });
      case 'tunnel':
        return this.#with(command.machine, (machine) => this.#open(machine, command.tunnel, say, signal));
      case 'disconnect':
        return this.#with(command.machine, async (machine) => {
          this.deps.disconnect(machine.id);
          return { kind: 'disconnected', machine: machine.name };
        });
      default:
        return assertNever(command);
    }
  }

  async #with(name: string, act: (machine: Machine) => Promise<ControlReply>): Promise<ControlReply> {
    const found = findMachine(this.deps.machines(), name);
    return found.kind === 'found' ? act(found.value) : found;
  }

  #status(): ControlReply {
    const { version, machines, notebooks } = this.deps;
    const all = machines().map((machine) => ({
      ...this.#listed(machine),
      tunnels: machine.tunnels.map((tunnel) => this.#listedTunnel(machine, tunnel)),
      notebooks: notebooks.snapshotOf(machine.id)?.servers?.length ?? 0,
    }));
    return { kind: 'status', version, machines: all };
  }

  async #connected({ id, name }: Machine, say: Say, signal: AbortSignal): Promise<void> {
    const link = this.deps.link(id);
    let toldOf: PromptId | null = null;
    const tellIfAsked = (state: ConnectionState): void => {
      const promptId = openPrompt(state);
      if (promptId === null || promptId === toldOf) return;
      toldOf = promptId;
      this.deps.showWindow();
      say({ kind: 'asks', machine: name });
    };
    const stop = link.onStateChanged(tellIfAsked);
    try {
      this.deps.connect(id);
      tellIfAsked(link.state());
      await link.whenReady(signal);
    } finally {
      stop();
    }
  }

  async #open(machine: Machine, name: string | null, say: Say, signal: AbortSignal): Promise<ControlReply> {
    const tunnels = machine.tunnels.filter((tunnel) => name === null || isCalled(tunnel, name));
    if (tunnels.length === 0) return { kind: 'tunnelUnknown', machine: machine.name, name: name ?? '' };
    for (const tunnel of tunnels) this.deps.tunnels.turn(machine.id, tunnel.id, true);
    await this.#connected(machine, say, signal);
    const listed = (): readonly ListedTunnel[] =>
      tunnels.map((tunnel) => this.#listedTunnel(machine, tunnel));
    await this.#untilTunnels(
      () => listed().every(({ state }) => state === 'active' || state === 'failed'),
      signal,
    );
    return { kind: 'tunnels', tunnels: listed() };
  }

  #untilTunnels(areDone: () => boolean, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const end = (finish: () => void): void => {
        this.#tunnelListeners.delete(look);
        signal.removeEventListener('abort', giveUp);
        finish();
      };
      const look = (): void => {
        if (areDone()) end(resolve);
      };
      const giveUp = (): void => end(() => reject(new AppError('not-connected')));
      this.#tunnelListeners.add(look);
      signal.addEventListener('abort', giveUp);
      if (signal.aborted) giveUp();
      else look();
    });
  }

  #listed({ id, name, route }: Machine): ListedMachine {
    const port = route.port === 22 ? '' : `:${route.port}`;
    const host = port !== '' && route.host.includes(':') ? `[${route.host}]` : route.host;
    const address = `${route.user}@${host}${port}`;
    return { id, name, address, state: this.deps.link(id).state().kind };
  }

  #listedTunnel(machine: Machine, { id, name, forward }: Tunnel): ListedTunnel {
    const state = this.deps.tunnels
      .snapshots()
      .find(({ machineId }) => machineId === machine.id)
      ?.tunnels.find(({ tunnelId }) => tunnelId === id)?.state;
    return {
      name,
      address: clientAddress(forward),
      state: state?.kind ?? 'off',
      error: state?.kind === 'failed' ? state.error : null,
    };
  }
}

function openPrompt(state: ConnectionState): PromptId | null {
  if (state.kind === 'awaitingHostKey') return state.prompt.promptId;
  return state.kind === 'authenticating' ? (state.prompt?.promptId ?? null) : null;
}

const isCalled = ({ id, name, forward }: Tunnel, asked: string): boolean =>
  id === asked || name === asked || clientAddress(forward) === asked;
