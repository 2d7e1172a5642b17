import { partition } from '@aws-sdk/core/client';
import { fromIni } from '@aws-sdk/credential-provider-ini';
import { defaultProvider } from '@aws-sdk/credential-provider-node';
import { memoize } from '@smithy/core/config';
import { AppError } from '../../../shared/errors/app-error';
import type { AwsAccount } from '../../../shared/model/aws-account';
import type { MadeCall } from '../../../shared/model/aws-call';
import type { AwsInput, AwsOutput, AwsSession, CredentialTimes } from '../aws-session';
import { type AwsFailureFacts, classifyAwsError } from '../classify-aws-error';
import { profileKind, ssoSessionOf } from '../profiles';
import { type AwsClients, type CallOptions, type ClientConfig, makeClients } from './clients';
import { operations } from './operations';
import { S3Clients } from './s3-clients';
import { readSharedConfig, usualProfile } from './shared-config';
import { readTokenEnd } from './sso-token-file';
import { WireWitness } from './wire-witness';

/** Five tries, as the AWS tools have in their standard mode with two more for a busy account. */
const mostAttempts = 5;

/** What ends sooner than this is got anew before it is used. */
const renewedBeforeEndMs = 5 * 60_000;

export interface OpenSessionOptions {
  readonly account: AwsAccount;
  /** Asks the user for the code of an MFA device. Rejects with `cancelled` when they have none. */
  readonly askCode: (device: string) => Promise<string>;
  readonly nowMs: () => number;
}

/**
 * Prepares the calls of an account by the standard chain of the AWS tools; asks AWS nothing yet. What is in the
 * tools' files counts as it is now.
 * @throws aws-profile-missing, aws-region-missing
 */
export async function openAwsSession(options: OpenSessionOptions): Promise<AwsSession> {
  const { account, nowMs } = options;
  const config = await readSharedConfig();
  const profile = account.profile === '' ? usualProfile() : account.profile;
  const section = config.profiles[profile];
  if (account.profile !== '' && section === undefined) throw new AppError('aws-profile-missing', { profile });
  const region = account.region || section?.region || environmentRegion();
  if (region === '') throw new AppError('aws-region-missing', { profile });

  let wasCodeGiven = false;
  const wire = new WireWitness();
  const endpoint = account.endpoint === '' ? {} : { endpoint: account.endpoint };
  // Who names a profile wants no other credentials than its own, and why it has none if so.
  const isNamed = account.profile !== '' || process.env.AWS_PROFILE !== undefined;
  const provide = (isNamed ? fromIni : defaultProvider)({
    ...(isNamed ? { profile } : {}),
    clientConfig: { ...endpoint, requestHandler: wire },
    parentClientConfig: { region },
    mfaCodeProvider: async (device) => {
      const code = await options.askCode(device);
      wasCodeGiven = true;
      return code;
    },
  });
  const provider = memoize(
    provide,
    ({ expiration }) => expiration !== undefined && expiration.getTime() - nowMs() < renewedBeforeEndMs,
    ({ expiration }) => expiration !== undefined,
  );
  const failure = (thrown: unknown, call: MadeCall | 'credentials', input: object = {}) =>
    classifyAwsError(thrown, {
      ...{ call, profile, region, wasCodeGiven, wire: wire.last, nowMs: nowMs() },
      profileKind: ssoSessionOf(config, profile) ? 'sso' : profileKind(section ?? {}),
      isRegionKnown: 'description' in partition(region),
      s3: s3ObjectOf(input, partition(region).name),
      instance: instanceOf(input, partition(region).name),
    });
  const credentials = async () => {
    wasCodeGiven = false;
    wire.last = { host: '', status: null, failure: '', dateMs: null };
    try {
      return await provider();
    } catch (thrown) {
      throw failure(thrown, 'credentials');
    }
  };
  const clientConfig: ClientConfig = {
    ...{ region, credentials, requestHandler: wire, ...endpoint, maxAttempts: mostAttempts },
    ...(account.profile === '' ? {} : { profile: account.profile }),
    customUserAgent: 'nuvem',
  };
  // What stands in for AWS seldom has a name for each bucket.
  const isElsewhere = [account.endpoint, process.env.AWS_ENDPOINT_URL, section?.endpoint_url].some(Boolean);
  const s3 = new S3Clients({ ...clientConfig, forcePathStyle: isElsewhere });
  const clients = makeClients(clientConfig, (bucket) => s3.of(bucket));
  const sso = ssoSessionOf(config, profile);
  return {
    region,
    profile: account.profile,
    endpointOf: (service) =>
      account.endpoint || `https://${service}.${region}.${partition(region).dnsSuffix}`,
    authenticate: async (): Promise<CredentialTimes> => {
      const { expiration } = await credentials();
      return {
        expiresAtMs: expiration?.getTime() ?? null,
        signInEndsAtMs: sso === null ? null : await readTokenEnd(sso.cacheKey),
      };
    },
    call: <Call extends MadeCall>(call: Call, input: AwsInput<Call>, signal?: AbortSignal) => {
      const operation = operations[call] as unknown as Operation<Call>;
      return operation(clients, input, signal ? { abortSignal: signal } : {}).catch((thrown: unknown) => {
        throw failure(thrown, call, input);
      });
    },
    presign: (bucket, key, expiresInSeconds) =>
      s3.presign(bucket, key, expiresInSeconds).catch((thrown: unknown) => {
        throw failure(thrown, 's3.getObject', { Bucket: bucket, Key: key });
      }),
    close: () => wire.destroy(),
  };
}

/** What the compiler can't see of a table that is looked up by a type variable. */
type Operation<Call extends MadeCall> = (
  clients: AwsClients,
  input: AwsInput<Call>,
  options: CallOptions,
) => Promise<AwsOutput<Call>>;

/** What a call of S3 is about; null: no bucket. */
function s3ObjectOf(input: object, partitionName: string): AwsFailureFacts['s3'] {
  const { Bucket, Key = '' } = input as { readonly Bucket?: string; readonly Key?: string };
  return Bucket === undefined ? null : { bucket: Bucket, key: Key, partitionName };
}

/** The instance that a call is about; null: none, or several. */
function instanceOf(input: object, partitionName: string): AwsFailureFacts['instance'] {
  const { InstanceId, Target } = input as { readonly InstanceId?: string; readonly Target?: string };
  const id = InstanceId ?? Target;
  return id === undefined ? null : { id, partitionName };
}

function environmentRegion(): string {
  return process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION ?? '';
}
