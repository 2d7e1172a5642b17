import { describe, expect, test } from 'vitest';
import { listProfiles, profileKind, ssoSessionOf } from '../../../electron/aws/profiles';

const keys = { aws_access_key_id: 'AKIA', aws_secret_access_key: 's' };

describe('how a profile proves who the user is', () => {
  test.each([
    ['keys', keys],
    ['role', { role_arn: 'arn:aws:iam::1:role/a', source_profile: 'base' }],
    ['role', { role_arn: 'arn:aws:iam::1:role/a', credential_source: 'Environment', ...keys }],
    ['webIdentity', { role_arn: 'arn:aws:iam::1:role/a', web_identity_token_file: '/token' }],
    ['process', { credential_process: '/bin/credentials' }],
    ['sso', { sso_session: 'work', sso_account_id: '1', sso_role_name: 'a' }],
    ['sso', { sso_start_url: 'https://work.awsapps.com/start', sso_region: 'us-east-1' }],
    ['login', { login_session: 'arn:aws:iam::1:user/ana' }],
    ['none', { region: 'sa-east-1' }],
    ['none', { aws_access_key_id: 'AKIA' }],
  ] as const)('%s', (kind, section) => {
    expect(profileKind(section)).toBe(kind);
  });
});

const work = { sso_start_url: 'https://work.awsapps.com/start', sso_region: 'eu-west-1' };

describe('the browser sign-in behind a profile', () => {
  const config = {
    profiles: {
      browser: { sso_session: 'work' },
      old: work,
      role: { role_arn: 'arn:aws:iam::1:role/a', source_profile: 'browser' },
      keys,
      loop: { role_arn: 'arn:aws:iam::1:role/a', source_profile: 'loop' },
      orphan: { sso_session: 'gone' },
    },
    ssoSessions: { work: { ...work, sso_registration_scopes: 'sso:account:access, extra' } },
  };

  test("is filed under the session's name", () => {
    expect(ssoSessionOf(config, 'browser')).toEqual({
      cacheKey: 'work',
      startUrl: work.sso_start_url,
      region: 'eu-west-1',
      scopes: ['sso:account:access', 'extra'],
    });
  });

  test('is filed under its start URL in a profile of the old kind', () => {
    expect(ssoSessionOf(config, 'old')).toMatchObject({
      cacheKey: work.sso_start_url,
      scopes: ['sso:account:access'],
    });
  });

  test("is that of a role's source", () => {
    expect(ssoSessionOf(config, 'role')?.cacheKey).toBe('work');
  });

  test.each(['keys', 'loop', 'orphan', 'unheard-of'])('is none for %s', (name) => {
    expect(ssoSessionOf(config, name)).toBeNull();
  });

  test('is told in the list of profiles, where those with settings only come last', () => {
    const listed = listProfiles({ ...config, profiles: { ...config.profiles, 'a-region': { region: 'x' } } });
    expect(listed.filter(({ isSignedInByBrowser }) => isSignedInByBrowser).map(({ name }) => name)).toEqual([
      'browser',
      'old',
      'role',
    ]);
    expect(listed.at(-1)).toMatchObject({ name: 'a-region', kind: 'none' });
  });

  test('tells no secret', () => {
    expect(JSON.stringify(listProfiles(config))).not.toContain('AKIA');
  });
});
