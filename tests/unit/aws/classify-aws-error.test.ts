import { describe, expect, test } from 'vitest';
import { type AwsFailureFacts, classifyAwsError } from '../../../electron/aws/classify-aws-error';
import { AppError } from '../../../shared/errors/app-error';

const nobodyAnswered = { host: '', status: null, failure: '', dateMs: null };
const facts: AwsFailureFacts = {
  call: 'sts.getCallerIdentity',
  profile: 'lab',
  profileKind: 'keys',
  region: 'us-east-1',
  isRegionKnown: true,
  s3: null,
  instance: null,
  wasCodeGiven: false,
  wire: nobodyAnswered,
  nowMs: 0,
};
const codeOf = (thrown: unknown, part: Partial<AwsFailureFacts> = {}) =>
  classifyAwsError(thrown, { ...facts, ...part }).code;
const refusal = (name: string, status: number) =>
  Object.assign(new Error('No.'), { name, $metadata: { httpStatusCode: status } });

describe('an address without anybody', () => {
  const wire = { ...nobodyAnswered, failure: 'ENOTFOUND', host: 'sts.us-eats-1.amazonaws.com' };
  const part = { wire, region: 'us-eats-1' };

  test('in a region that nobody knows is blamed on the region', () => {
    expect(codeOf(new Error('x'), { ...part, isRegionKnown: false })).toBe('aws-region-unknown');
  });

  test('in a region that is known is blamed on the network', () => {
    expect(codeOf(new Error('x'), part)).toBe('aws-unreachable');
  });

  test("at an endpoint of the user's is blamed on the network", () => {
    const elsewhere = { ...wire, host: 'aws.example.org' };
    expect(codeOf(new Error('x'), { ...part, wire: elsewhere, isRegionKnown: false })).toBe(
      'aws-unreachable',
    );
  });
});

describe('credentials that are not to be had', () => {
  const part = { call: 'credentials' } as const;

  test.each([
    ['sso', 403, 'aws-sign-in-not-allowed'],
    ['sso', 401, 'aws-sign-in-needed'],
    ['sso', 429, 'aws-throttled'],
    ['sso', null, 'aws-sign-in-needed'],
    ['process', null, 'aws-process-failed'],
    ['keys', null, 'aws-credentials-missing'],
  ] as const)('by %s after status %s', (profileKind, status, code) => {
    const wire = { ...nobodyAnswered, status };
    expect(codeOf(new Error('no credentials'), { ...part, profileKind, wire })).toBe(code);
  });

  test('by a role: the role is refused, or the code that was given for it', () => {
    const thrown = refusal('AccessDenied', 403);
    expect(codeOf(thrown, part)).toBe('aws-role-refused');
    expect(codeOf(thrown, { ...part, wasCodeGiven: true })).toBe('aws-code-refused');
  });
});

test('a refused call names the permission that the call needs', () => {
  const error = classifyAwsError(refusal('AccessDeniedException', 400), { ...facts, call: 'sts.assumeRole' });
  expect(error).toMatchObject({
    code: 'aws-denied',
    params: { permissions: 'sts:AssumeRole', resource: '*' },
  });
});

test('what was called off is not told as a failure of AWS', () => {
  expect(codeOf(Object.assign(new Error('aborted'), { name: 'AbortError' }))).toBe('cancelled');
  expect(codeOf(new AppError('cancelled'))).toBe('cancelled');
});

test('secrets in what a program said are left out', () => {
  const { details } = classifyAwsError(new Error('password=hunter2'), facts);
  expect(details.join()).not.toContain('hunter2');
});
