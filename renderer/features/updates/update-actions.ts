import { nuvem } from '../../api/nuvem';
import { showFailure } from '../../stores/notices-store';

export function checkForUpdate(): void {
  nuvem.updates.check().catch(showFailure);
}

/** Gets the version that was found, for when Nuvem quits. */
export function installUpdate(): void {
  nuvem.updates.install().catch(showFailure);
}

export function cancelUpdate(): void {
  nuvem.updates.cancel().catch(showFailure);
}
