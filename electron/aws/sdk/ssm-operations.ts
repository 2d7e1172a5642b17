import {
  StartSessionCommand,
  type StartSessionCommandInput,
  TerminateSessionCommand,
  type TerminateSessionCommandInput,
} from '@aws-sdk/client-ssm';
import type { AwsClients, CallOptions } from './clients';

/** How the calls of Systems Manager are made. */
export const ssmOperations = {
  'ssm.startSession': ({ ssm }: AwsClients, input: StartSessionCommandInput, options: CallOptions) =>
    ssm().send(new StartSessionCommand(input), options),
  'ssm.terminateSession': ({ ssm }: AwsClients, input: TerminateSessionCommandInput, options: CallOptions) =>
    ssm().send(new TerminateSessionCommand(input), options),
};
