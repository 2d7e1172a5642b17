import type { AppContract } from '../../../shared/contract/contract';
import type { HandlersOf } from '../../../shared/contract/define-contract';
import type { WebAppService } from '../../web-apps/web-app-service';

export function webAppsHandlers(webApps: WebAppService): HandlersOf<AppContract>['webApps'] {
  return {
    list: () => webApps.snapshots(),
    look: ({ machineId }) => webApps.look(machineId),
    open: ({ machineId, address, title }) => webApps.open(machineId, address, title),
  };
}
