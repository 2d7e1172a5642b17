import { nuvem } from '../api/nuvem';
import { focusConnectBox } from './connect-box-focus';
import { openExport, openImport, viewStore } from './view-store';

/** Starts doing what the user chooses of the window's menu; a dialog that is open already stays. */
export function followMenu(): void {
  nuvem.app.menuChosen((choice) => {
    if (viewStore.getState().dialog.kind !== 'none') return;
    switch (choice) {
      case 'connect':
        return focusConnectBox();
      case 'import':
        return openImport();
      case 'export':
        return openExport();
    }
  });
}
