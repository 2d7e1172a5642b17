import type { AppContract } from '../../../shared/contract/contract';
import type { HandlersOf } from '../../../shared/contract/define-contract';
import type { Ec2Service } from '../../aws/ec2/ec2-service';

export function ec2Handlers(ec2: Ec2Service): HandlersOf<AppContract>['ec2'] {
  return {
    instances: () => ec2.snapshot(),
    look: ({ accountId }) => ec2.look(accountId),
    refresh: () => ec2.refresh(),
    order: ({ accountId, instanceId, order }) => ec2.order(accountId, instanceId, order),
  };
}
