import type { AppContract } from '../../../shared/contract/contract';
import type { HandlersOf } from '../../../shared/contract/define-contract';
import type { CostWatch } from '../../aws/costs/cost-watch';

export function costsHandlers(costs: CostWatch): HandlersOf<AppContract>['costs'] {
  return {
    get: () => costs.snapshot(),
    setCounted: ({ isCounted, ...place }) => costs.setCounted(place, isCounted),
  };
}
