import { AppError } from '../../../../shared/errors/app-error';
import type { AwsAccountId } from '../../../../shared/model/aws-account';
import type { PersistentUi } from '../../../../shared/model/emr-primary-node';
import type { Clock } from '../../../system/clock';
import type { AwsSession } from '../../aws-session';
import type { ClusterPlace } from '../steps/step-service';

/** AWS makes such a page in about a minute when it is asked for the first time. */
const pauseMs = 3_000;
const mostLooks = 60;

interface PersistentUisDependencies {
  readonly session: (accountId: AwsAccountId) => Promise<AwsSession>;
  readonly clock: Pick<Clock, 'after'>;
  readonly openExternally: (url: string) => Promise<void>;
}

/** As EMR names them (API Reference, GetPersistentAppUIPresignedURL). */
const types = { spark: 'SHS', tez: 'TEZ', yarn: 'YTS' } as const satisfies Record<PersistentUi, string>;

/**
 * The pages that AWS keeps of a cluster outside of it, for 30 days after its end (EMR Management Guide, "View
 * persistent application user interfaces").
 */
export class PersistentUis {
  constructor(private readonly deps: PersistentUisDependencies) {}

  /**
   * Opens one in the system's browser: its address is signed and counts for a short time.
   * @throws emr-ui-not-ready, or what AWS said against it
   */
  async open({ accountId, clusterId }: ClusterPlace, ui: PersistentUi): Promise<void> {
    const session = await this.deps.session(accountId);
    const { Cluster } = await session.call('emr.describeCluster', { ClusterId: clusterId });
    const { PersistentAppUIId } = await session.call('emr.createPersistentAppUI', {
      TargetResourceArn: Cluster?.ClusterArn ?? '',
    });
    if (PersistentAppUIId === undefined) throw new AppError('emr-ui-not-ready');
    const of = { PersistentAppUIId };
    await this.#until(async () => {
      const { PersistentAppUI } = await session.call('emr.describePersistentAppUI', of);
      return PersistentAppUI?.PersistentAppUIStatus === 'ATTACHED' ? true : null;
    });
    const url = await this.#until(async () => {
      const answer = await session.call('emr.getPersistentAppUIPresignedURL', {
        ...of,
        PersistentAppUIType: types[ui],
      });
      return answer.PresignedURLReady ? (answer.PresignedURL ?? null) : null;
    });
    if (!URL.canParse(url) || new URL(url).protocol !== 'https:') throw new AppError('emr-ui-not-ready');
    await this.deps.openExternally(url);
  }

  async #until<Found>(look: () => Promise<Found | null>): Promise<Found> {
    for (let looks = 0; looks < mostLooks; looks += 1) {
      const found = await look();
      if (found !== null) return found;
      await new Promise<void>((resolve) => void this.deps.clock.after(pauseMs, resolve));
    }
    throw new AppError('emr-ui-not-ready');
  }
}
