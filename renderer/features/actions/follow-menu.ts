import { nuvem } from '../../api/nuvem';
import { viewStore } from '../../stores/view-store';
import { runAction } from './run-action';

/** Starts doing what the user chooses of the window's menu; a dialog that is open already stays. */
export function followMenu(): void {
  nuvem.app.menuChosen((choice) => {
    if (viewStore.getState().dialog.kind === 'none') runAction(choice);
  });
}
