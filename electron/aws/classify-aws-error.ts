import { AppError } from '../../shared/errors/app-error';
import type { ErrorCode } from '../../shared/errors/error-codes';
import type { AwsProfile } from '../../shared/model/aws-account';
import { type AwsCall, permissionsOf } from '../../shared/model/aws-call';
import { redactSecrets } from '../../shared/util/redact-secrets';

/** How the last request went. */
export interface WireFacts {
  /** With its port, if that is not the usual one. Empty: there was no request. */
  readonly host: string;
  readonly status: number | null;
  /** The system's code of why there was no answer, e.g. `ECONNREFUSED`; empty: there was one. */
  readonly failure: string;
  /** What time it was at the other end. */
  readonly dateMs: number | null;
}

/** What there is to know about a refusal besides what was thrown. */
export interface AwsFailureFacts {
  /** What was being done: a call, or getting the credentials for it. */
  readonly call: AwsCall | 'credentials';
  readonly profile: string;
  readonly profileKind: AwsProfile['kind'];
  readonly region: string;
  readonly isRegionKnown: boolean;
  /** The object of S3 that it was about, or with an empty key the bucket; null: neither. */
  readonly s3: { readonly bucket: string; readonly key: string; readonly partitionName: string } | null;
  /** The instance of EC2 that it was about; null: none. */
  readonly instance: { readonly id: string; readonly partitionName: string } | null;
  /** The user was asked for an MFA code on the way. */
  readonly wasCodeGiven: boolean;
  readonly wire: WireFacts;
  readonly nowMs: number;
}

/** Beyond this AWS refuses what was signed with a wrong time (Signature Version 4). */
const mostClockErrorMs = 5 * 60_000;

const clockNames = ['RequestTimeTooSkewed', 'RequestExpired', 'RequestInTheFuture'];
/** These may be a wrong clock too: the difference tells. */
const signatureNames = ['InvalidSignatureException', 'SignatureDoesNotMatch', 'AuthFailure'];
const refusedNames = [
  ...signatureNames,
  'InvalidClientTokenId',
  'InvalidClientTokenIdException',
  'UnrecognizedClientException',
  'InvalidAccessKeyId',
  'IncompleteSignature',
  'MissingAuthenticationToken',
];
const expiredNames = ['ExpiredToken', 'ExpiredTokenException', 'TokenRefreshRequired'];
const deniedNames = [
  'AccessDenied',
  'AccessDeniedException',
  'UnauthorizedOperation',
  'NotAuthorized',
  'AuthException',
];
const throttledNames = [
  'Throttling',
  'ThrottlingException',
  'ThrottledException',
  'RequestThrottled',
  'RequestThrottledException',
  'RequestLimitExceeded',
  'BandwidthLimitExceeded',
  'TooManyRequestsException',
  'SlowDown',
];
const notAcceptedNames = [
  'ValidationException',
  'InvalidRequestException',
  'ValidationError',
  'InvalidArgsException',
];
const objectMissingNames = ['NoSuchKey', 'NotFound'];
const instanceMissingNames = [
  'InvalidInstanceID.NotFound',
  'InvalidInstanceID.Malformed',
  'EC2InstanceNotFoundException',
];
const instanceStateNames = [
  'IncorrectInstanceState',
  'UnsupportedOperation',
  'IncorrectState',
  'EC2InstanceStateInvalidException',
  'EC2InstanceUnavailableException',
];
const hostMissing = ['ENOTFOUND', 'EAI_AGAIN'];

interface Thrown {
  readonly name?: string;
  readonly code?: string;
  readonly message?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly $retryable?: { readonly throttling?: boolean };
}

/** Whatever AWS's library throws, as an error that Nuvem has words for. What AWS said goes into the details. */
export function classifyAwsError(thrown: unknown, facts: AwsFailureFacts): AppError {
  if (thrown instanceof AppError) return thrown;
  const error = (typeof thrown === 'object' && thrown !== null ? thrown : {}) as Thrown;
  const { profile, region, wire } = facts;
  const { name = '', message = '' } = error;
  const fail = (code: ErrorCode, params: Record<string, string | number> = {}) =>
    new AppError(
      code,
      { profile, region, ...params },
      { cause: thrown, details: message === '' ? [] : [redactSecrets(message)] },
    );
  const status = error.$metadata?.httpStatusCode ?? null;

  if (name === 'AbortError') return fail('cancelled');
  const failure = wire.failure || wireFailureOf(error);
  if (status === null && failure !== '') return unreachable({ ...facts, wire: { ...wire, failure } }, fail);
  if (error.$retryable?.throttling === true || throttledNames.includes(name) || status === 429)
    return fail('aws-throttled');
  const clockErrorMs = wire.dateMs === null ? 0 : Math.abs(wire.dateMs - facts.nowMs);
  if (clockNames.includes(name) || (signatureNames.includes(name) && clockErrorMs > mostClockErrorMs))
    return fail('aws-clock-wrong', { minutes: Math.round(clockErrorMs / 60_000) });
  if (expiredNames.includes(name)) return fail('aws-credentials-expired');
  if (refusedNames.includes(name)) return fail('aws-credentials-refused');
  const ofS3 = facts.s3 === null ? null : s3Failure(name, facts.s3, fail);
  if (ofS3 !== null) return ofS3;
  if (deniedNames.includes(name) || (facts.call !== 'credentials' && status === 403))
    return denied(facts, fail);
  if (instanceMissingNames.includes(name))
    return fail('instance-not-found', { instance: facts.instance?.id ?? '' });
  if (name === 'TargetNotConnected')
    return fail('session-not-connected', { instance: facts.instance?.id ?? '' });
  if (instanceStateNames.includes(name)) return fail('instance-wrong-state');
  if (notAcceptedNames.includes(name)) return fail('aws-not-accepted');
  if (facts.call === 'credentials' && status === null) return noCredentials(facts, fail);
  return fail('aws-failed', { name, status: status ?? 0, host: wire.host });
}

type Fail = (code: ErrorCode, params?: Record<string, string | number>) => AppError;

function unreachable({ wire, isRegionKnown, region }: AwsFailureFacts, fail: Fail): AppError {
  const isOfRegion = wire.host.includes(`.${region}.`);
  if (hostMissing.includes(wire.failure) && isOfRegion && !isRegionKnown) return fail('aws-region-unknown');
  return fail('aws-unreachable', { host: wire.host, reason: wire.failure });
}

function s3Failure(
  name: string,
  { bucket, key }: NonNullable<AwsFailureFacts['s3']>,
  fail: Fail,
): AppError | null {
  if (name === 'NoSuchBucket' || (name === 'NotFound' && key === ''))
    return fail('s3-bucket-missing', { bucket });
  if (objectMissingNames.includes(name)) return fail('s3-object-missing', { key });
  if (name === 'NoSuchUpload') return fail('s3-upload-missing', { key });
  if (name === 'InvalidObjectState') return fail('s3-archived', { key });
  return null;
}

/**
 * Of several requests at a time the wire's last word may be another's; a library's error has no code of the system's
 * unless it is one.
 */
function wireFailureOf({ code = '', name = '' }: Thrown): string {
  if (/^E[A-Z_]+$/.test(code)) return code;
  return name === 'TimeoutError' ? name : '';
}

function denied(facts: AwsFailureFacts, fail: Fail): AppError {
  const { call, wasCodeGiven } = facts;
  if (call !== 'credentials')
    return fail('aws-denied', { permissions: permissionsOf(call), resource: resourceOf(call, facts) });
  // Both a wrong code and a role that may not be taken are told by the same name.
  if (wasCodeGiven) return fail('aws-code-refused', { permissions: permissionsOf('sts.assumeRole') });
  return fail('aws-role-refused', { permissions: permissionsOf('sts.assumeRole'), resource: '*' });
}

/** The ARNs of what permissions are about: an instance that gets a key or a session, a bucket of S3, or the objects in it. */
function resourceOf(call: AwsCall, { s3, instance, region }: AwsFailureFacts): string {
  if (instance !== null) {
    const arn = `arn:${instance.partitionName}:ec2:${region}:*:instance/${instance.id}`;
    if (call === 'ec2InstanceConnect.sendSshPublicKey') return arn;
    if (call === 'ssm.startSession')
      return `${arn} arn:${instance.partitionName}:ssm:${region}:*:document/AWS-StartSSHSession`;
  }
  if (s3 === null) return '*';
  const objects = call === 's3.listObjects' ? '' : '/*';
  return `arn:${s3.partitionName}:s3:::${s3.bucket}${objects}`;
}

/** The providers' own errors have no code: what the profile is and how the last request went tell the reason. */
function noCredentials({ profileKind, wire }: AwsFailureFacts, fail: Fail): AppError {
  if (wire.status === 429) return fail('aws-throttled');
  if (profileKind === 'process') return fail('aws-process-failed');
  if (profileKind === 'sso' && wire.status === 403) return fail('aws-sign-in-not-allowed');
  if (profileKind === 'sso') return fail('aws-sign-in-needed');
  return fail('aws-credentials-missing');
}
