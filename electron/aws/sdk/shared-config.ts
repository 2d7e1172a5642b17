import { getProfileName, loadSsoSessionData, parseKnownFiles } from '@smithy/core/config';
import type { SharedConfig } from '../profiles';

/**
 * Reads the AWS tools' files, wherever the environment says they are. A missing file counts as an empty one. The
 * library takes what it has read once for ever; reading it anew here renews that too.
 */
export async function readSharedConfig(): Promise<SharedConfig> {
  const profiles = await parseKnownFiles({ ignoreCache: true });
  return { profiles, ssoSessions: await loadSsoSessionData({}) };
}

/** The profile in force where none is named: that of the environment, or `default`. */
export const usualProfile = (): string => getProfileName({});
