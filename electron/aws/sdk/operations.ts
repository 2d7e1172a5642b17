import {
  AddJobFlowStepsCommand,
  type AddJobFlowStepsCommandInput,
  CancelStepsCommand,
  type CancelStepsCommandInput,
  CreatePersistentAppUICommand,
  type CreatePersistentAppUICommandInput,
  DescribeClusterCommand,
  type DescribeClusterCommandInput,
  DescribePersistentAppUICommand,
  type DescribePersistentAppUICommandInput,
  GetPersistentAppUIPresignedURLCommand,
  type GetPersistentAppUIPresignedURLCommandInput,
  ListBootstrapActionsCommand,
  type ListBootstrapActionsCommandInput,
  ListClustersCommand,
  type ListClustersCommandInput,
  ListInstanceFleetsCommand,
  type ListInstanceFleetsCommandInput,
  ListInstanceGroupsCommand,
  type ListInstanceGroupsCommandInput,
  ListInstancesCommand,
  type ListInstancesCommandInput,
  ListStepsCommand,
  type ListStepsCommandInput,
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
import { cloudWatchOperations } from './cloudwatch-operations';
import { ec2Operations } from './ec2-operations';
import { s3Operations } from './s3-operations';
import { ssmOperations } from './ssm-operations';

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
  'emr.listInstanceFleets': (
    { emr }: AwsClients,
    input: ListInstanceFleetsCommandInput,
    options: CallOptions,
  ) => emr().send(new ListInstanceFleetsCommand(input), options),
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
  'emr.listSteps': ({ emr }: AwsClients, input: ListStepsCommandInput, options: CallOptions) =>
    emr().send(new ListStepsCommand(input), options),
  'emr.addJobFlowSteps': ({ emr }: AwsClients, input: AddJobFlowStepsCommandInput, options: CallOptions) =>
    emr().send(new AddJobFlowStepsCommand(input), options),
  'emr.listInstances': ({ emr }: AwsClients, input: ListInstancesCommandInput, options: CallOptions) =>
    emr().send(new ListInstancesCommand(input), options),
  'emr.createPersistentAppUI': (
    { emr }: AwsClients,
    input: CreatePersistentAppUICommandInput,
    options: CallOptions,
  ) => emr().send(new CreatePersistentAppUICommand(input), options),
  'emr.describePersistentAppUI': (
    { emr }: AwsClients,
    input: DescribePersistentAppUICommandInput,
    options: CallOptions,
  ) => emr().send(new DescribePersistentAppUICommand(input), options),
  'emr.getPersistentAppUIPresignedURL': (
    { emr }: AwsClients,
    input: GetPersistentAppUIPresignedURLCommandInput,
    options: CallOptions,
  ) => emr().send(new GetPersistentAppUIPresignedURLCommand(input), options),
  'emr.cancelSteps': ({ emr }: AwsClients, input: CancelStepsCommandInput, options: CallOptions) =>
    emr().send(new CancelStepsCommand(input), options),
  ...ec2Operations,
  'pricing.getProducts': ({ pricing }: AwsClients, input: GetProductsCommandInput, options: CallOptions) =>
    pricing().send(new GetProductsCommand(input), options),
  ...s3Operations,
  ...cloudWatchOperations,
  ...ssmOperations,
  'sts.getCallerIdentity': (
    { sts }: AwsClients,
    input: GetCallerIdentityCommandInput,
    options: CallOptions,
  ) => sts().send(new GetCallerIdentityCommand(input), options),
} satisfies Readonly<Record<MadeCall, unknown>>;
