import { nuvem } from '../api/nuvem';
import { openExport, openImport, viewStore } from './view-store';

/** Starts doing what the user chooses of the window's menu; a dialog that is open already stays. */
export function followMenu(): void {
  nuvem.app.menuChosen((choice) => {
    if (viewStore.getState().dialog.kind !== 'none') return;
    if (choice === 'import') openImport();
    else openExport();
  });
}
