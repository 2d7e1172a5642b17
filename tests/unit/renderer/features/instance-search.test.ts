import { expect, test } from 'vitest';
import { labelOf, searchInstances } from '../../../../renderer/features/ec2/instance-search';
import { sampleInstance } from '../../../support/ec2-samples';

const instances = [
  sampleInstance(1, { name: 'GPU', tags: [{ key: 'team', value: 'vision' }] }),
  sampleInstance(2, { name: '', state: 'stopped', privateAddress: '10.1.2.3' }),
];
const found = (...args: [Parameters<typeof searchInstances>[1], string]) =>
  searchInstances(instances, ...args).map(labelOf);

test('instances are found by name, id, address, tag and state; those without a name go by their id', () => {
  const id = 'i-00000000000000002';
  expect(found('all', '')).toEqual(['GPU', id]);
  expect(found('all', 'gpu')).toEqual(['GPU']);
  expect(found('all', '0002')).toEqual([id]);
  expect(found('all', '10.1.2')).toEqual([id]);
  expect(found('all', 'team=VISION m5')).toEqual(['GPU']);
  expect(found('stopped', '')).toEqual([id]);
  expect(found('running', '10.1.2')).toEqual([]);
});
