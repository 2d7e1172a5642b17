import { GetCallerIdentityCommand, type GetCallerIdentityCommandInput } from '@aws-sdk/client-sts';
import type { MadeCall } from '../../../shared/model/aws-call';
import type { AwsClients, CallOptions } from './clients';

/** How each call of `awsCalls` that Nuvem makes itself is made. */
export const operations = {
  'sts.getCallerIdentity': (
    { sts }: AwsClients,
    input: GetCallerIdentityCommandInput,
    options: CallOptions,
  ) => sts().send(new GetCallerIdentityCommand(input), options),
} satisfies Readonly<Record<MadeCall, unknown>>;
