import {
  DescribeInstancesCommand,
  type DescribeInstancesCommandInput,
  GetConsoleOutputCommand,
  type GetConsoleOutputCommandInput,
  RebootInstancesCommand,
  type RebootInstancesCommandInput,
  StartInstancesCommand,
  type StartInstancesCommandInput,
  StopInstancesCommand,
  type StopInstancesCommandInput,
} from '@aws-sdk/client-ec2';
import {
  SendSSHPublicKeyCommand,
  type SendSSHPublicKeyCommandInput,
} from '@aws-sdk/client-ec2-instance-connect';
import type { AwsClients, CallOptions } from './clients';

/** How the calls of EC2 are made, and of what brings keys to its instances. */
export const ec2Operations = {
  'ec2.describeInstances': (
    { ec2 }: AwsClients,
    input: DescribeInstancesCommandInput,
    options: CallOptions,
  ) => ec2().send(new DescribeInstancesCommand(input), options),
  'ec2.getConsoleOutput': ({ ec2 }: AwsClients, input: GetConsoleOutputCommandInput, options: CallOptions) =>
    ec2().send(new GetConsoleOutputCommand(input), options),
  'ec2.startInstances': ({ ec2 }: AwsClients, input: StartInstancesCommandInput, options: CallOptions) =>
    ec2().send(new StartInstancesCommand(input), options),
  'ec2.stopInstances': ({ ec2 }: AwsClients, input: StopInstancesCommandInput, options: CallOptions) =>
    ec2().send(new StopInstancesCommand(input), options),
  'ec2.rebootInstances': ({ ec2 }: AwsClients, input: RebootInstancesCommandInput, options: CallOptions) =>
    ec2().send(new RebootInstancesCommand(input), options),
  'ec2InstanceConnect.sendSshPublicKey': (
    { ec2InstanceConnect }: AwsClients,
    input: SendSSHPublicKeyCommandInput,
    options: CallOptions,
  ) => ec2InstanceConnect().send(new SendSSHPublicKeyCommand(input), options),
};
