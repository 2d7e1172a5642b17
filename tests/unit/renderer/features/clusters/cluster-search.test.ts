import { expect, test } from 'vitest';
import { searchClusters } from '../../../../../renderer/features/clusters/cluster-search';
import { sampleCluster } from '../../../../support/emr-samples';

const clusters = [
  sampleCluster(1, { name: 'Nightly report', state: 'WAITING' }),
  sampleCluster(2, { name: 'Nightly train', state: 'TERMINATED_WITH_ERRORS' }),
  sampleCluster(3, { name: 'Report', state: 'TERMINATED' }),
];
const names = (...args: [Parameters<typeof searchClusters>[1], string]) =>
  searchClusters(clusters, ...args).map(({ name }) => name);

test('a cluster is found by every word of its name, or by its id', () => {
  expect(names('all', 'REPORT nightly')).toEqual(['Nightly report']);
  expect(names('all', 'j-000002')).toEqual(['Nightly train']);
});

test('clusters are shown by how they are', () => {
  expect(names('active', '')).toEqual(['Nightly report']);
  expect(names('failed', 'nightly')).toEqual(['Nightly train']);
  expect(names('ended', '')).toEqual(['Report']);
});
