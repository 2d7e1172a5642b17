import {
  DescribeClusterCommand,
  type DescribeClusterCommandInput,
  ListBootstrapActionsCommand,
  type ListBootstrapActionsCommandInput,
  ListClustersCommand,
  type ListClustersCommandInput,
  ListInstanceGroupsCommand,
  type ListInstanceGroupsCommandInput,
  RunJobFlowCommand,
  type RunJobFlowCommandInput,
  SetTerminationProtectionCommand,
  type SetTerminationProtectionCommandInput,
  TerminateJobFlowsCommand,
  type TerminateJobFlowsCommandInput,
} from '@aws-sdk/client-emr';
import { GetProductsCommand, type GetProductsCommandInput } from '@aws-sdk/client-pricing';
import { GetCallerIdentityCommand, type GetCallerIdentityCommandInput } from '@aws-sdk/client-sts';
import type { MadeCall } from '../../../shared/model/aws-call';
import type { AwsClients, CallOptions } from './clients';
import { ec2Operations } from './ec2-operations';
import { s3Operations } from './s3-operations';

/** How each call of `awsCalls` that Nuvem makes itself is made. */
export const operations = {
  'emr.listClusters': ({ emr }: AwsClients, input: ListClustersCommandInput, options: CallOptions) =>
    emr().send(new ListClustersCommand(input), options),
  'emr.describeCluster': ({ emr }: AwsClients, input: DescribeClusterCommandInput, options: CallOptions) =>
    emr().send(new DescribeClusterCommand(input), options),
  'emr.listInstanceGroups': (
    { emr }: AwsClients,
    input: ListInstanceGroupsCommandInput,
    options: CallOptions,
  ) => emr().send(new ListInstanceGroupsCommand(input), options),
  'emr.listBootstrapActions': (
    { emr }: AwsClients,
    input: ListBootstrapActionsCommandInput,
    options: CallOptions,
  ) => emr().send(new ListBootstrapActionsCommand(input), options),
  'emr.runJobFlow': ({ emr }: AwsClients, input: RunJobFlowCommandInput, options: CallOptions) =>
    emr().send(new RunJobFlowCommand(input), options),
  'emr.setTerminationProtection': (
    { emr }: AwsClients,
    input: SetTerminationProtectionCommandInput,
    options: CallOptions,
  ) => emr().send(new SetTerminationProtectionCommand(input), options),
  'emr.terminateJobFlows': (
    { emr }: AwsClients,
    input: TerminateJobFlowsCommandInput,
    options: CallOptions,
  ) => emr().send(new TerminateJobFlowsCommand(input), options),
  ...ec2Operations,
  'pricing.getProducts': ({ pricing }: AwsClients, input: GetProductsCommandInput, options: CallOptions) =>
    pricing().send(new GetProductsCommand(input), options),
  ...s3Operations,
  'sts.getCallerIdentity': (
    { sts }: AwsClients,
    input: GetCallerIdentityCommandInput,
    options: CallOptions,
  ) => sts().send(new GetCallerIdentityCommand(input), options),
} satisfies Readonly<Record<MadeCall, unknown>>;
