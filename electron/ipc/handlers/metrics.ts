import type { AppContract } from '../../../shared/contract/contract';
import type { HandlersOf } from '../../../shared/contract/define-contract';
import type { AlarmService } from '../../aws/metrics/alarm-service';
import type { MetricReader } from '../../aws/metrics/metric-reader';

interface MetricsHandlersDependencies {
  readonly reader: MetricReader;
  readonly alarms: AlarmService;
  /** Writes where the user says; false when they cancel. */
  readonly saveFile: (suggestedName: string, content: string | Uint8Array) => Promise<boolean>;
}

export function metricsHandlers(deps: MetricsHandlersDependencies): HandlersOf<AppContract>['metrics'] {
  const { reader, alarms, saveFile } = deps;
  return {
    resources: ({ accountId, source }) => reader.resources(accountId, source),
    read: ({ accountId, metric, resourceIds, range }) => reader.read(accountId, metric, resourceIds, range),
    save: ({ name, file }) =>
      saveFile(name, file.kind === 'csv' ? file.text : Buffer.from(file.base64, 'base64')),
    alarms: () => alarms.snapshot(),
    lookAtAlarms: ({ accountId }) => alarms.look(accountId),
    refreshAlarms: () => alarms.refresh(),
    createAlarm: ({ accountId, alarm }) => alarms.create(accountId, alarm),
    deleteAlarm: ({ accountId, name }) => alarms.delete(accountId, name),
    setAlarmsTold: ({ accountId, isTold }) => alarms.setTold(accountId, isTold),
  };
}
