import { z } from 'zod';
import { AwsAccountId } from '../../../shared/model/aws-account';
import { EmrClusterId } from '../../../shared/model/emr-cluster';
import type { RecoverableStore } from '../../system/recoverable-store';
import type { ClusterPlace } from '../emr/steps/step-service';

const Choice = z.strictObject({ accountId: AwsAccountId, clusterId: EmrClusterId, isCounted: z.boolean() });

/** What `counted-clusters.json` holds. */
export const CountedClustersData = z.strictObject({ clusters: z.array(Choice).readonly() });
export type CountedClustersData = Readonly<z.infer<typeof CountedClustersData>>;

export const countedClustersVersion = 1;
export const noCountedClusters: CountedClustersData = { clusters: [] };

const isSameCluster = (one: ClusterPlace, other: ClusterPlace): boolean =>
  one.accountId === other.accountId && one.clusterId === other.clusterId;

interface CountedClustersDependencies {
  readonly store: Pick<RecoverableStore<CountedClustersData>, 'value' | 'replace'>;
  /** Those whose primary node is a machine: the user's own unless they say otherwise. */
  readonly bound: () => readonly ClusterPlace[];
}

/** Whose costs are the user's own: clusters that they started or connected to in Nuvem, or said so of. */
export class CountedClusters {
  constructor(private readonly deps: CountedClustersDependencies) {}

  list(): readonly ClusterPlace[] {
    const { clusters } = this.deps.store.value();
    const bound = this.deps.bound().filter((place) => !clusters.some((one) => isSameCluster(one, place)));
    return [...clusters.filter(({ isCounted }) => isCounted), ...bound].map(({ accountId, clusterId }) => ({
      accountId,
      clusterId,
    }));
  }

  has(place: ClusterPlace): boolean {
    return this.list().some((counted) => isSameCluster(counted, place));
  }

  /** @throws store-disk-full, store-write-failed */
  set({ accountId, clusterId }: ClusterPlace, isCounted: boolean): void {
    const place = { accountId, clusterId };
    const others = this.deps.store.value().clusters.filter((one) => !isSameCluster(one, place));
    this.deps.store.replace({ clusters: [...others, { ...place, isCounted }] });
  }

  /** A cluster that has ended. @throws store-disk-full, store-write-failed */
  forget(place: ClusterPlace): void {
    const { clusters } = this.deps.store.value();
    const others = clusters.filter((one) => !isSameCluster(one, place));
    if (others.length < clusters.length) this.deps.store.replace({ clusters: others });
  }
}
