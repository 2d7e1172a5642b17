import { expect, test } from 'vitest';
import { awsCalls, awsPermissions, minimalPolicy } from '../../../shared/model/aws-call';

test('the list of permissions has each permission of each call once', () => {
  const used = Object.values(awsCalls).flatMap(({ permissions }) => permissions as readonly string[]);
  expect(awsPermissions.map(({ permission }) => permission)).toEqual([...new Set(used)].sort());
});

test('every permission is written as IAM has it', () => {
  for (const { permission } of awsPermissions) expect(permission).toMatch(/^[a-z0-9-]+:[A-Z][A-Za-z]+$/);
});

test('a policy allows what it was made for and nothing else', () => {
  expect(JSON.parse(minimalPolicy(['sts:AssumeRole'], '*'))).toEqual({
    Version: '2012-10-17',
    Statement: [{ Sid: 'Nuvem', Effect: 'Allow', Action: ['sts:AssumeRole'], Resource: '*' }],
  });
});
