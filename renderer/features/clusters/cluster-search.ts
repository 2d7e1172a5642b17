import { type EmrCluster, isActive } from '../../../shared/model/emr-cluster';

export const clusterFilters = ['all', 'active', 'ended', 'failed'] as const;
export type ClusterFilter = (typeof clusterFilters)[number];

const belongs: Readonly<Record<ClusterFilter, (cluster: EmrCluster) => boolean>> = {
  all: () => true,
  active: ({ state }) => isActive(state),
  ended: ({ state }) => state === 'TERMINATED',
  failed: ({ state }) => state === 'TERMINATED_WITH_ERRORS',
};

/** Those of a kind in whose name or id every word of the search is. */
export function searchClusters(
  clusters: readonly EmrCluster[],
  filter: ClusterFilter,
  search: string,
): readonly EmrCluster[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return clusters.filter((cluster) => {
    const text = `${cluster.name} ${cluster.id}`.toLowerCase();
    return belongs[filter](cluster) && words.every((word) => text.includes(word));
  });
}
