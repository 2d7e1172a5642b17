import type { AppContract } from '../../shared/contract/contract';
import type { HandlersOf } from '../../shared/contract/define-contract';
import { AppError, type ErrorReport } from '../../shared/errors/app-error';
import { type MetricResource, metricTraits } from '../../shared/model/metric';
import { type AlarmsSnapshot, type MetricAlarm, noAlarms } from '../../shared/model/metric-alarm';
import { metricWindow } from '../../shared/model/metric-window';
import { simulatedReading, simulatedResources } from '../../shared/model/simulated-metrics';

/** Stands in for CloudWatch: its values are the simulated ones, under the ids that a test puts in. */
export class FakeMetrics {
  /** Null: the simulated ones of each service. */
  resources: readonly MetricResource[] | null = null;
  /** When it is. */
  nowMs = Date.UTC(2026, 3, 1, 12, 34);
  /** Why nothing can be had. */
  refusal: ErrorReport | null = null;
  #alarms: AlarmsSnapshot = { ...noAlarms, revision: 0 };

  constructor(private readonly tell: (snapshot: AlarmsSnapshot) => void) {}

  setAlarms(alarms: readonly MetricAlarm[]): void {
    this.#enter({ alarms, atMs: this.nowMs });
  }

  handlers(): HandlersOf<AppContract>['metrics'] {
    return {
      resources: ({ source }) => {
        this.#refuse();
        return this.resources ?? simulatedResources[source];
      },
      read: ({ metric, resourceIds, range }) => {
        this.#refuse();
        const simulated = simulatedResources[metricTraits(metric).source].map(({ id }) => id);
        const reading = simulatedReading(metric, simulated, metricWindow(metric, range, this.nowMs));
        const series = resourceIds.map((resourceId, index) => ({
          resourceId,
          points: reading.series[index % simulated.length]?.points ?? [],
        }));
        return { ...reading, series };
      },
      save: () => true,
      alarms: () => this.#alarms,
      lookAtAlarms: ({ accountId }) => this.#enter({ accountId }),
      refreshAlarms: () => undefined,
      createAlarm: () => {
        throw new AppError('aws-denied', { permissions: 'cloudwatch:PutMetricAlarm', resource: '*' });
      },
      deleteAlarm: ({ name }) =>
        this.#enter({ alarms: this.#alarms.alarms.filter((alarm) => alarm.name !== name) }),
      setAlarmsTold: ({ isTold }) => this.#enter({ isTold }),
    };
  }

  #enter(change: Partial<AlarmsSnapshot>): void {
    this.#alarms = { ...this.#alarms, ...change, revision: this.#alarms.revision + 1 };
    this.tell(this.#alarms);
  }

  #refuse(): void {
    if (this.refusal !== null) throw AppError.fromReport(this.refusal);
  }
}
