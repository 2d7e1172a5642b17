import type { AppContract } from '../../../shared/contract/contract';
import type { HandlersOf } from '../../../shared/contract/define-contract';
import type { MeterService } from '../../meter/meter-service';

export function metersHandlers(meters: MeterService): HandlersOf<AppContract>['meters'] {
  return {
    list: () => meters.snapshots(),
    look: ({ machineIds }) => meters.look(machineIds),
  };
}
