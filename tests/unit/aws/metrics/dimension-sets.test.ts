import { expect, test } from 'vitest';
import { dimensionSets } from '../../../../electron/aws/metrics/dimension-sets';

const listed = (dimensions: Readonly<Record<string, string>>) => ({
  Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
});

test('the storage types of a bucket are its series', () => {
  const sets = dimensionSets('s3', [
    listed({ StorageType: 'StandardStorage', BucketName: 'data' }),
    listed({ StorageType: 'GlacierStorage', BucketName: 'data' }),
    listed({ StorageType: 'StandardStorage', BucketName: 'logs' }),
  ]);
  expect([...sets].map(([id, series]) => [id, series.length])).toEqual([
    ['data', 2],
    ['logs', 1],
  ]);
});

test.each([false, true])(
  'a whole that is told beside its parts does not count twice (told first: %s)',
  (isFirst) => {
    const whole = listed({ WorkGroup: 'primary' });
    const parts = [
      listed({ WorkGroup: 'primary', QueryType: 'DML', QueryState: 'SUCCEEDED' }),
      listed({ WorkGroup: 'primary', QueryType: 'DDL', QueryState: 'FAILED' }),
    ];
    const sets = dimensionSets('athena', isFirst ? [whole, ...parts] : [...parts, whole]);
    expect(sets.get('primary')).toHaveLength(2);
  },
);

test('metrics by other dimensions than ours are of nothing that can be chosen', () => {
  const others = [
    listed({}),
    listed({ AutoScalingGroupName: 'a' }),
    listed({ InstanceId: 'i-1', Extra: 'x' }),
  ];
  expect(dimensionSets('ec2', others).size).toBe(0);
});

test('a series that is listed twice counts once', () => {
  const twice = [
    listed({ BucketName: 'data', StorageType: 'StandardStorage' }),
    listed({ StorageType: 'StandardStorage', BucketName: 'data' }),
  ];
  expect(dimensionSets('s3', twice).get('data')).toHaveLength(1);
});
