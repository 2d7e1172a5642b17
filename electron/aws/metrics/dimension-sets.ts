import { type MetricSource, sourceTraits } from '../../../shared/model/metric';
import type { AwsOutput } from '../aws-session';

export type ListedMetric = NonNullable<AwsOutput<'cloudwatch.listMetrics'>['Metrics']>[number];

/** Dimensions by which CloudWatch has one series. */
export type DimensionSet = readonly { readonly Name: string; readonly Value: string }[];

/**
 * The series that together are a metric of a resource, by the resources' ids. A service may tell the same once more by
 * fewer dimensions, as a whole of what the others are parts of: only the finest count, or values would count twice.
 */
export function dimensionSets(
  source: MetricSource,
  listed: readonly ListedMetric[],
): ReadonlyMap<string, readonly DimensionSet[]> {
  const { dimension, furtherDimensions } = sourceTraits[source];
  const sets = new Map<string, readonly DimensionSet[]>();
  for (const { Dimensions = [] } of listed) {
    const set = Dimensions.map(({ Name = '', Value = '' }) => ({ Name, Value }));
    const id = set.find(({ Name }) => Name === dimension)?.Value;
    const isOurs = set.every(({ Name }) => Name === dimension || furtherDimensions.includes(Name));
    if (id === undefined || id === '' || !isOurs) continue;
    const known = sets.get(id) ?? [];
    const finest = known[0]?.length ?? 0;
    if (set.length > finest) sets.set(id, [set]);
    else if (set.length === finest && !known.some((other) => isSame(set, other)))
      sets.set(id, [...known, set]);
  }
  return sets;
}

const isSame = (one: DimensionSet, other: DimensionSet): boolean =>
  one.every(({ Name, Value }) => other.some((known) => known.Name === Name && known.Value === Value));
