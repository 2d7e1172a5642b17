import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { MachineId } from '../../shared/model/machine';
import { ServerId } from '../../shared/model/notebook';
import type { WebTab } from '../../shared/model/tab';
import type { Clock } from '../system/clock';
import type { RecoverableStore } from '../system/recoverable-store';

const OpenTab = z.strictObject({
  machineId: MachineId,
  serverId: ServerId.nullable(),
  url: z.url(),
  title: z.string(),
});

/** The tabs that were open when the app last ended, in their order; holds nothing secret. */
export const OpenTabsData = z.strictObject({ tabs: z.array(OpenTab).readonly() });
export type OpenTabsData = Readonly<z.infer<typeof OpenTabsData>>;

export const openTabsVersion = 1;
export const noOpenTabs: OpenTabsData = { tabs: [] };

/** Pages change their titles and addresses often; what is written is as old as this at most. */
const writeAfterMs = 500;

interface OpenTabsDependencies {
  readonly store: Pick<RecoverableStore<OpenTabsData>, 'value' | 'replace'>;
  readonly clock: Clock;
  readonly onWriteFailed: (error: unknown) => void;
}

/** Remembers which tabs are open, soon after every change and so also for an app that is killed. */
export class OpenTabs {
  readonly #atStart: OpenTabsData;
  #latest: OpenTabsData | null = null;

  constructor(private readonly deps: OpenTabsDependencies) {
    this.#atStart = deps.store.value();
  }

  /** The tabs that were open when the app last ended. */
  atStart(): OpenTabsData['tabs'] {
    return this.#atStart.tabs;
  }

  remember(tabs: readonly WebTab[]): void {
    const isFirst = this.#latest === null;
    this.#latest = { tabs: tabs.map(withoutSecrets) };
    if (isFirst) this.deps.clock.after(writeAfterMs, () => this.flush());
  }

  /** Writes now what is not written yet. A failure costs no more than the tabs of the next start. */
  flush(): void {
    const latest = this.#latest;
    this.#latest = null;
    if (latest === null || isDeepStrictEqual(latest, this.deps.store.value())) return;
    try {
      this.deps.store.replace(latest);
    } catch (error) {
      this.deps.onWriteFailed(error);
    }
  }
}

const secretName = /token|secret|passw|pwd|auth|code|key|sig|session|credential/i;

/** A notebook is found again where it began; another page where it is, less what may be a secret in its address. */
function withoutSecrets({ machineId, serverId, url, address, title }: WebTab): z.infer<typeof OpenTab> {
  const page = new URL(serverId === null ? address : url);
  for (const name of [...page.searchParams.keys()]) if (secretName.test(name)) page.searchParams.delete(name);
  if (/[=&]/.test(page.hash) && secretName.test(page.hash)) page.hash = '';
  return { machineId, serverId, url: page.href, title };
}
