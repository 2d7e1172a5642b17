import { describe, expect, test } from 'vitest';
import { accountForm, readAccount, withProfile } from '../../../../renderer/features/aws/account-form';
import { awsProfiles, sampleAccount } from '../../../support/aws-samples';

const form = { name: 'Lab', profile: '', region: '', endpoint: '' };

describe('a new account', () => {
  test('takes the only profile there is', () => {
    expect(accountForm(null, awsProfiles.slice(1, 2))).toMatchObject({
      name: 'research',
      profile: 'research',
    });
    expect(accountForm(null, awsProfiles)).toMatchObject({ name: '', profile: '' });
  });

  test('is called as its profile until the user calls it otherwise', () => {
    const chosen = withProfile({ ...form, name: '' }, 'research');
    expect(chosen.name).toBe('research');
    expect(withProfile(chosen, 'default').name).toBe('default');
    expect(withProfile({ ...chosen, name: 'Mine' }, 'default').name).toBe('Mine');
  });
});

test('an account that is edited keeps its id', () => {
  const account = sampleAccount(1);
  expect(readAccount(accountForm(account, []), account)).toEqual({ draft: account });
});

test.each([
  ['name', '  ', 'name-empty'],
  ['name', 'x'.repeat(101), 'name-too-long'],
  ['profile', 'a]b', 'profile-invalid'],
  ['region', 'Virginia', 'region-invalid'],
  ['endpoint', 'localhost:4566', 'endpoint-invalid'],
  ['endpoint', 'ftp://localhost', 'endpoint-invalid'],
  ['endpoint', 'http://ana:secret@localhost', 'endpoint-invalid'],
] as const)('%s "%s" is complained about', (field, value, problem) => {
  expect(readAccount({ ...form, [field]: value }, null)).toEqual({ problems: { [field]: problem } });
});

test.each(['us-east-1', 'us-gov-west-1', 'eusc-de-east-1', ''])('the region "%s" is one', (region) => {
  expect(readAccount({ ...form, region }, null)).toHaveProperty('draft');
});
