import type { AppContract } from '../../../shared/contract/contract';
import type { HandlersOf } from '../../../shared/contract/define-contract';
import type { UpdateService } from '../../updates/update-service';

export function updatesHandlers(
  updates: UpdateService,
  startInBackground: (work: Promise<unknown>) => void,
): HandlersOf<AppContract>['updates'] {
  return {
    get: () => updates.snapshot(),
    check: () => startInBackground(updates.check()),
    install: () => startInBackground(updates.install()),
    cancel: () => updates.cancel(),
  };
}
