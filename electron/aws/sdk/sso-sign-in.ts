import {
  AuthorizationPendingException,
  CreateTokenCommand,
  ExpiredTokenException,
  RegisterClientCommand,
  SlowDownException,
  SSOOIDCClient,
  StartDeviceAuthorizationCommand,
} from '@aws-sdk/client-sso-oidc';
import { AppError } from '../../../shared/errors/app-error';
import type { AwsAccount } from '../../../shared/model/aws-account';
import type { Clock } from '../../system/clock';
import { pause } from '../../system/pause';
import { classifyAwsError } from '../classify-aws-error';
import { type SsoSession, ssoSessionOf } from '../profiles';
import { readSharedConfig, usualProfile } from './shared-config';
import { writeToken } from './sso-token-file';
import { WireWitness } from './wire-witness';

const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';
const usualIntervalSeconds = 5;
/** Added to the interval when the server says that it is asked too often (RFC 8628, 3.5). */
const slowDownSeconds = 5;

/** What the user needs to confirm a sign-in. */
export interface BrowserQuestion {
  readonly userCode: string;
  readonly url: string;
  readonly untilMs: number;
}

export interface SsoSignInOptions {
  readonly account: AwsAccount;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Takes the user to the page where they confirm. */
  readonly onQuestion: (question: BrowserQuestion) => void;
}

/**
 * Signs in through the browser (OAuth 2.0 device authorization, RFC 8628) and keeps the token where the AWS tools
 * keep theirs. Resolves when the user has confirmed.
 * @throws aws-sign-in-unsupported, aws-sign-in-refused, aws-sign-in-too-late, cancelled, or why AWS was not reached
 */
export async function signInByBrowser(options: SsoSignInOptions): Promise<void> {
  const { account, clock, signal } = options;
  const profile = account.profile === '' ? usualProfile() : account.profile;
  const session = ssoSessionOf(await readSharedConfig(), profile);
  if (session === null) throw new AppError('aws-sign-in-unsupported', { profile });
  const wire = new WireWitness();
  const client = new SSOOIDCClient({
    region: session.region,
    requestHandler: wire,
    ...(account.endpoint === '' ? {} : { endpoint: account.endpoint }),
  });
  try {
    await authorize(client, session, options);
  } catch (thrown) {
    if (signal.aborted) throw new AppError('cancelled');
    throw classifyAwsError(thrown, {
      ...{
        call: 'credentials',
        profile,
        profileKind: 'sso',
        region: session.region,
        isRegionKnown: true,
        s3: null,
        instance: null,
      },
      ...{ wasCodeGiven: false, wire: wire.last, nowMs: clock.nowMs() },
    });
  } finally {
    wire.destroy();
  }
}

async function authorize(
  client: SSOOIDCClient,
  { startUrl, region, scopes, cacheKey }: SsoSession,
  { clock, signal, onQuestion }: SsoSignInOptions,
): Promise<void> {
  const abort = { abortSignal: signal };
  const registration = await client.send(
    new RegisterClientCommand({
      clientName: 'Nuvem',
      clientType: 'public',
      scopes: [...scopes],
      grantTypes: [deviceGrant, 'refresh_token'],
    }),
    abort,
  );
  const { clientId = '', clientSecret = '', clientSecretExpiresAt = 0 } = registration;
  const device = await client.send(
    new StartDeviceAuthorizationCommand({ clientId, clientSecret, startUrl }),
    abort,
  );
  const { deviceCode, userCode = '', verificationUriComplete, verificationUri = '' } = device;
  const untilMs = clock.nowMs() + (device.expiresIn ?? 600) * 1000;
  onQuestion({ userCode, url: verificationUriComplete ?? verificationUri, untilMs });
  const request = new CreateTokenCommand({ clientId, clientSecret, deviceCode, grantType: deviceGrant });
  for (let intervalSeconds = device.interval || usualIntervalSeconds; ; ) {
    await pause(clock, intervalSeconds * 1000, signal);
    try {
      const token = await client.send(request, abort);
      return await writeToken(cacheKey, {
        startUrl,
        region,
        accessToken: token.accessToken ?? '',
        expiresAt: new Date(clock.nowMs() + (token.expiresIn ?? 0) * 1000).toISOString(),
        clientId,
        clientSecret,
        registrationExpiresAt: new Date(clientSecretExpiresAt * 1000).toISOString(),
        ...(token.refreshToken === undefined ? {} : { refreshToken: token.refreshToken }),
      });
    } catch (error) {
      if (error instanceof SlowDownException) intervalSeconds += slowDownSeconds;
      else if (!(error instanceof AuthorizationPendingException)) throw refusal(error);
    }
  }
}

function refusal(error: unknown): unknown {
  if (error instanceof ExpiredTokenException) return new AppError('aws-sign-in-too-late');
  const isRefused = error instanceof Error && error.name === 'AccessDeniedException';
  return isRefused ? new AppError('aws-sign-in-refused') : error;
}
