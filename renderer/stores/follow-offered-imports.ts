import type { OfferedImport } from '../../shared/model/import-preview';
import { nuvem } from '../api/nuvem';
import { showFailure } from './notices-store';
import { showOfferedImport, viewStore } from './view-store';

let stopWaiting: () => void = () => undefined;

/** Shows what the files hold that the desktop opens with Nuvem; whether to import it is for the user to say. */
export function followOfferedImports(): void {
  nuvem.imports.offered(offer);
  nuvem.imports
    .takeOffered()
    .then((offered) => {
      if (offered !== null) offer(offered);
    })
    .catch(showFailure);
}

/** What the user is typing into another dialog stays: the newest file waits until they are done there. */
function offer(offered: OfferedImport): void {
  stopWaiting();
  const isFree = (): boolean => ['none', 'import'].includes(viewStore.getState().dialog.kind);
  if (isFree()) {
    showOfferedImport(offered);
    return;
  }
  stopWaiting = viewStore.subscribe(() => {
    if (!isFree()) return;
    stopWaiting();
    showOfferedImport(offered);
  });
}
