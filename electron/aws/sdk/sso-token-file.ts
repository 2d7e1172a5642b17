import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { getSSOTokenFilepath, getSSOTokenFromFile } from '@smithy/core/config';

/** What the AWS tools keep of a sign-in through the browser, in `~/.aws/sso/cache`. */
export interface SsoToken {
  readonly startUrl: string;
  readonly region: string;
  readonly accessToken: string;
  /** ISO 8601. */
  readonly expiresAt: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly registrationExpiresAt: string;
  readonly refreshToken?: string;
}

/** When the sign-in ends, in ms since the epoch; null: there is none, or its file is not understood. */
export async function readTokenEnd(cacheKey: string): Promise<number | null> {
  try {
    const endsAtMs = Date.parse((await getSSOTokenFromFile(cacheKey)).expiresAt);
    return Number.isNaN(endsAtMs) ? null : endsAtMs;
  } catch {
    // Whatever is wrong with the file, a new sign-in replaces it.
    return null;
  }
}

/** Keeps a token where every AWS tool finds it, readable by its owner alone. @throws the system's error */
export async function writeToken(cacheKey: string, token: SsoToken): Promise<void> {
  const path = getSSOTokenFilepath(cacheKey);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const pathToBe = `${path}.nuvem`;
  try {
    await writeFile(pathToBe, JSON.stringify(token, null, 2), { mode: 0o600 });
    await rename(pathToBe, path);
  } catch (error) {
    await rm(pathToBe, { force: true });
    throw error;
  }
}
