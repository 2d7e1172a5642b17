import { z } from 'zod';
import { MachineId } from '../../shared/model/machine';
import { ServerId } from '../../shared/model/notebook';
import type { TabList } from '../../shared/model/tab';
import type { RecoverableStore } from '../system/recoverable-store';

const OpenServer = z.strictObject({ machineId: MachineId, serverId: ServerId });
type OpenServer = Readonly<z.infer<typeof OpenServer>>;

/** Servers whose pages were open when the app last ended; holds nothing secret. */
export const OpenNotebooksData = z.strictObject({ servers: z.array(OpenServer).readonly() });
export type OpenNotebooksData = Readonly<z.infer<typeof OpenNotebooksData>>;

export const openNotebooksVersion = 1;
export const noOpenNotebooks: OpenNotebooksData = { servers: [] };

/** What the next start offers to open again; `serverId` is null when several servers of the machine were open. */
export interface OfferedNotebook {
  readonly machineId: MachineId;
  readonly serverId: ServerId | null;
}

/**
 * Remembers which notebooks are open, at every change and so also for an app that is killed. The next start
 * offers to open them again; it does not connect by itself, because that may ask for a secret and sign in
 * somewhere that the user did not think of.
 */
export class OpenNotebooks {
  readonly #atStart: readonly OpenServer[];

  constructor(
    private readonly store: Pick<RecoverableStore<OpenNotebooksData>, 'value' | 'replace'>,
    private readonly onWriteFailed: (error: unknown) => void,
  ) {
    this.#atStart = store.value().servers;
  }

  /** One offer for each machine that had pages open when the app last ended. */
  offersAtStart(): readonly OfferedNotebook[] {
    const machineIds = new Set(this.#atStart.map(({ machineId }) => machineId));
    return [...machineIds].map((machineId) => {
      const ofMachine = this.#atStart.filter((server) => server.machineId === machineId);
      return { machineId, serverId: ofMachine.length === 1 ? (ofMachine[0]?.serverId ?? null) : null };
    });
  }

  /** Writes down what is open now. A failure costs no more than the offer at the next start. */
  remember({ tabs }: Pick<TabList, 'tabs'>): void {
    const servers = distinct(
      tabs.flatMap(({ machineId, serverId }) => (serverId === null ? [] : [{ machineId, serverId }])),
    );
    const known = this.store.value().servers;
    if (known.length === servers.length && servers.every((server) => includes(known, server))) return;
    try {
      this.store.replace({ servers });
    } catch (error) {
      this.onWriteFailed(error);
    }
  }
}

function distinct(servers: readonly OpenServer[]): readonly OpenServer[] {
  return servers.filter((server, index) => !includes(servers.slice(0, index), server));
}

function includes(servers: readonly OpenServer[], wanted: OpenServer): boolean {
  return servers.some(
    ({ machineId, serverId }) => machineId === wanted.machineId && serverId === wanted.serverId,
  );
}
