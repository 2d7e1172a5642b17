import type { Ec2Instance } from '../../../shared/model/ec2';

export const instanceFilters = ['all', 'running', 'stopped'] as const;
export type InstanceFilter = (typeof instanceFilters)[number];

/** What people call an instance. */
export const labelOf = ({ name, id }: Ec2Instance): string => name || id;

/** Those in a state in whose name, id, type, addresses and tags every word of the search is. */
export function searchInstances(
  instances: readonly Ec2Instance[],
  filter: InstanceFilter,
  search: string,
): readonly Ec2Instance[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return instances.filter((instance) => {
    const { name, id, instanceType, publicAddress, privateAddress, tags } = instance;
    const tagTexts = tags.map(({ key, value }) => `${key}=${value}`);
    const text = [name, id, instanceType, publicAddress, privateAddress, ...tagTexts].join(' ').toLowerCase();
    return (filter === 'all' || instance.state === filter) && words.every((word) => text.includes(word));
  });
}
