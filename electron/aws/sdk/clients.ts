import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { EC2Client } from '@aws-sdk/client-ec2';
import { EC2InstanceConnectClient } from '@aws-sdk/client-ec2-instance-connect';
import { EMRClient } from '@aws-sdk/client-emr';
import { PricingClient } from '@aws-sdk/client-pricing';
import type { S3Client } from '@aws-sdk/client-s3';
import { SSMClient } from '@aws-sdk/client-ssm';
import { STSClient, type STSClientConfig } from '@aws-sdk/client-sts';

export interface CallOptions {
  readonly abortSignal?: AbortSignal;
}

/** What the clients of an account have in common. */
export type ClientConfig = Required<Pick<STSClientConfig, 'region' | 'credentials' | 'requestHandler'>> &
  Pick<STSClientConfig, 'profile' | 'endpoint' | 'customUserAgent' | 'maxAttempts'>;

/** One client for each service, made when it is first asked. */
export interface AwsClients {
  readonly cloudWatch: () => CloudWatchClient;
  readonly ec2: () => EC2Client;
  readonly ec2InstanceConnect: () => EC2InstanceConnectClient;
  readonly emr: () => EMRClient;
  readonly pricing: () => PricingClient;
  readonly ssm: () => SSMClient;
  readonly sts: () => STSClient;
  /** That of a bucket's region. */
  readonly s3: (bucket: string | null | undefined) => Promise<S3Client>;
}

export function makeClients(config: ClientConfig, s3: AwsClients['s3']): AwsClients {
  return {
    cloudWatch: once(() => new CloudWatchClient(config)),
    ec2: once(() => new EC2Client(config)),
    ec2InstanceConnect: once(() => new EC2InstanceConnectClient(config)),
    emr: once(() => new EMRClient(config)),
    // The price list of all regions is served by few of them.
    pricing: once(() => new PricingClient({ ...config, region: 'us-east-1' })),
    ssm: once(() => new SSMClient(config)),
    sts: once(() => new STSClient(config)),
    s3,
  };
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
