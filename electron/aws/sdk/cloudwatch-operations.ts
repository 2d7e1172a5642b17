import {
  DeleteAlarmsCommand,
  type DeleteAlarmsCommandInput,
  DescribeAlarmsCommand,
  type DescribeAlarmsCommandInput,
  GetMetricDataCommand,
  type GetMetricDataCommandInput,
  ListMetricsCommand,
  type ListMetricsCommandInput,
  PutMetricAlarmCommand,
  type PutMetricAlarmCommandInput,
} from '@aws-sdk/client-cloudwatch';
import type { AwsClients, CallOptions } from './clients';

/** How the calls of CloudWatch are made. */
export const cloudWatchOperations = {
  'cloudwatch.listMetrics': (
    { cloudWatch }: AwsClients,
    input: ListMetricsCommandInput,
    options: CallOptions,
  ) => cloudWatch().send(new ListMetricsCommand(input), options),
  'cloudwatch.getMetricData': (
    { cloudWatch }: AwsClients,
    input: GetMetricDataCommandInput,
    options: CallOptions,
  ) => cloudWatch().send(new GetMetricDataCommand(input), options),
  'cloudwatch.describeAlarms': (
    { cloudWatch }: AwsClients,
    input: DescribeAlarmsCommandInput,
    options: CallOptions,
  ) => cloudWatch().send(new DescribeAlarmsCommand(input), options),
  'cloudwatch.putMetricAlarm': (
    { cloudWatch }: AwsClients,
    input: PutMetricAlarmCommandInput,
    options: CallOptions,
  ) => cloudWatch().send(new PutMetricAlarmCommand(input), options),
  'cloudwatch.deleteAlarms': (
    { cloudWatch }: AwsClients,
    input: DeleteAlarmsCommandInput,
    options: CallOptions,
  ) => cloudWatch().send(new DeleteAlarmsCommand(input), options),
};
