import { type EmrCluster, isActive } from '../../../shared/model/emr-cluster';

/** Newest first; what has no date comes last. */
export const newestFirst = (clusters: readonly EmrCluster[]): readonly EmrCluster[] =>
  clusters.toSorted((a, b) => (b.createdAtMs ?? 0) - (a.createdAtMs ?? 0) || a.id.localeCompare(b.id));

/** Takes newer knowledge over; clusters that were unknown are added. */
export function withClusters(
  known: readonly EmrCluster[],
  newer: readonly EmrCluster[],
): readonly EmrCluster[] {
  const byId = new Map(known.map((cluster) => [cluster.id, cluster]));
  for (const cluster of newer) byId.set(cluster.id, cluster);
  return newestFirst([...byId.values()]);
}

/** Those that were active and are no more among the active ones: how they ended is to be asked. */
export function ended(known: readonly EmrCluster[], active: readonly EmrCluster[]): readonly EmrCluster[] {
  const ids = new Set(active.map(({ id }) => id));
  return known.filter(({ id, state }) => isActive(state) && !ids.has(id));
}
