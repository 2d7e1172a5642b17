import type { AwsProfile } from '../../shared/model/aws-account';

/** Key and value of one section of the AWS tools' files; keys in lower case. */
export type ProfileSection = Readonly<Record<string, string | undefined>>;
export type ProfileSections = Readonly<Record<string, ProfileSection | undefined>>;

/** The profiles of `~/.aws/config` and `~/.aws/credentials`, and the `sso-session` sections of the former. */
export interface SharedConfig {
  readonly profiles: ProfileSections;
  readonly ssoSessions: ProfileSections;
}

/** A sign-in through the browser (AWS CLI reference, "sso-session"). */
export interface SsoSession {
  /** What its token is filed under: the session's name or, in a profile of the old kind, its start URL. */
  readonly cacheKey: string;
  readonly startUrl: string;
  readonly region: string;
  readonly scopes: readonly string[];
}

const usualScopes = ['sso:account:access'];

/** How a profile proves who the user is, in the order in which AWS's library decides. */
export function profileKind(section: ProfileSection): AwsProfile['kind'] {
  if (section.role_arn && (section.source_profile || section.credential_source)) return 'role';
  if (section.aws_access_key_id && section.aws_secret_access_key) return 'keys';
  if (section.web_identity_token_file && section.role_arn) return 'webIdentity';
  if (section.credential_process) return 'process';
  if (section.sso_session || section.sso_start_url) return 'sso';
  if (section.login_session) return 'login';
  return 'none';
}

/** All profiles, those that sign in by something first, each part by name. */
export function listProfiles(config: SharedConfig): readonly AwsProfile[] {
  const profiles = Object.keys(config.profiles).map((name): AwsProfile => {
    const section = config.profiles[name] ?? {};
    return {
      name,
      kind: profileKind(section),
      region: section.region ?? '',
      isSignedInByBrowser: ssoSessionOf(config, name) !== null,
    };
  });
  const rank = ({ kind }: AwsProfile) => (kind === 'none' ? 1 : 0);
  return profiles.toSorted((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}

/** The browser sign-in by which a profile, or the one that its role is taken with, gets credentials; null: none. */
export function ssoSessionOf(
  { profiles, ssoSessions }: SharedConfig,
  profileName: string,
): SsoSession | null {
  const visited = new Set<string>();
  for (let name: string | undefined = profileName; name !== undefined && !visited.has(name); ) {
    visited.add(name);
    const section: ProfileSection = profiles[name] ?? {};
    const kind = profileKind(section);
    if (kind === 'sso') return readSession(section, ssoSessions);
    name = kind === 'role' ? section.source_profile : undefined;
  }
  return null;
}

function readSession(profile: ProfileSection, ssoSessions: ProfileSections): SsoSession | null {
  const name = profile.sso_session;
  const section = name === undefined ? profile : ssoSessions[name];
  const { sso_start_url: startUrl, sso_region: region, sso_registration_scopes: scopes } = section ?? {};
  if (!startUrl || !region) return null;
  const listed = (scopes ?? '').split(/[\s,]+/).filter((scope) => scope !== '');
  return { cacheKey: name ?? startUrl, startUrl, region, scopes: listed.length > 0 ? listed : usualScopes };
}
