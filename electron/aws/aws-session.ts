import type { MadeCall } from '../../shared/model/aws-call';
import type { operations } from './sdk/operations';

export type AwsInput<Call extends MadeCall> = Parameters<(typeof operations)[Call]>[1];
export type AwsOutput<Call extends MadeCall> = (typeof operations)[Call] extends (
  ...args: never[]
) => Promise<infer Output>
  ? Output
  : never;

/** When something that proves who the user is ends, in ms since the epoch; null: it does not, or does not say. */
export interface CredentialTimes {
  readonly expiresAtMs: number | null;
  readonly signInEndsAtMs: number | null;
}

/** What an account may do at AWS: its credentials, region and addresses. */
export interface AwsSession {
  readonly region: string;
  /** Named by the account; empty: what is usual. */
  readonly profile: string;
  /** Where a service of AWS is asked, as programs of AWS want to be told it. */
  endpointOf(service: string): string;
  /**
   * Gets credentials, new ones where those at hand have expired.
   * @throws what `classifyAwsError` makes of why there are none
   */
  authenticate(): Promise<CredentialTimes>;
  /** @throws what `classifyAwsError` makes of a refusal; AppError `cancelled` after `signal` */
  call<Call extends MadeCall>(
    call: Call,
    input: AwsInput<Call>,
    signal?: AbortSignal,
  ): Promise<AwsOutput<Call>>;
  /**
   * An address by which whoever has it gets an object of S3 for so long, or until the credentials end.
   * @throws what `classifyAwsError` makes of why there is none
   */
  presign(bucket: string, key: string, expiresInSeconds: number): Promise<string>;
  /** Ends idle connections. */
  close(): void;
}
