import type { Machine, MachineId } from '../../shared/model/machine';
import type { NotebookServer, NotebookSnapshot, ServerId } from '../../shared/model/notebook';
import type { ConnectionLog } from '../connection/connection-log';
import type { Connections } from '../connection/machine-link';
import type { Gateways } from '../gateway/gateway';
import type { IdleEnd } from '../keeper/idle-ends';
import type { KeepOutput } from '../keeper/output-keepers';
import type { Clock } from '../system/clock';
import type { Vault } from '../vault/vault';

export interface NotebookTab {
  readonly machineId: MachineId;
  readonly serverId: ServerId;
  /** As the far side would write it; holds no token. */
  readonly url: string;
  readonly title: string;
}

/** A server that has ended, by the user's order or by itself. */
export interface EndedServer {
  readonly server: NotebookServer;
  /** By which the machine's tabs knew it. */
  readonly host: string;
}

export interface NotebookDependencies {
  readonly connections: Connections;
  readonly gateways: Gateways;
  /** @throws AppError `machine-not-found` */
  readonly machineOf: (machineId: MachineId) => Machine;
  readonly log: ConnectionLog;
  readonly clock: Clock;
  /** Cryptographically strong bytes. */
  readonly random: (sizeBytes: number) => Buffer;
  readonly keepOutput: KeepOutput;
  readonly vault: Pick<Vault, 'get' | 'set' | 'remove'>;
  /** The gateway's route to the server is in place when it is called. What it throws is told as a failure. */
  readonly openTab: (tab: NotebookTab) => void | Promise<void>;
  /** A keeper has ended a server because nobody used it; told once. */
  readonly onIdleEnd: (machineId: MachineId, end: IdleEnd) => void;
  readonly onEnded: (machineId: MachineId, ended: EndedServer) => void;
  readonly closeTabsOf: (machineId: MachineId, serverId: ServerId) => void;
  readonly onChanged: (snapshot: NotebookSnapshot) => void;
}
