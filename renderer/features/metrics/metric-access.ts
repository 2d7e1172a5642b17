import type { AwsAccountId } from '../../../shared/model/aws-account';
import type { MetricName, MetricReading, MetricResource, MetricSource } from '../../../shared/model/metric';
import { type MetricRange, metricWindow } from '../../../shared/model/metric-window';
import { simulatedReading, simulatedResources } from '../../../shared/model/simulated-metrics';
import { nuvem } from '../../api/nuvem';

/** Where metrics come from. Both reject with AppError. */
export interface MetricAccess {
  resources(source: MetricSource): Promise<readonly MetricResource[]>;
  read(metric: MetricName, resourceIds: readonly string[], range: MetricRange): Promise<MetricReading>;
}

/** CloudWatch's, of an account. */
export const measuredMetrics = (accountId: AwsAccountId): MetricAccess => ({
  resources: (source) => nuvem.metrics.resources({ accountId, source }),
  read: (metric, resourceIds, range) => nuvem.metrics.read({ accountId, metric, resourceIds, range }),
});

/** Invented ones, to learn with: nobody is asked. */
export const simulatedMetrics = (nowMs: () => number): MetricAccess => ({
  resources: async (source) => simulatedResources[source],
  read: async (metric, resourceIds, range) =>
    simulatedReading(metric, resourceIds, metricWindow(metric, range, nowMs())),
});
