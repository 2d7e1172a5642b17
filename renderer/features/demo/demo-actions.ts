import { nuvem } from '../../api/nuvem';
import { showFailure } from '../../stores/notices-store';
import { selectDemo, selectNothing } from '../../stores/view-store';

/** Prepares the demo machine and shows how far that is. */
export function startDemo(): void {
  selectDemo();
  nuvem.demo.start().catch(showFailure);
}

/** Calls the preparation off and goes back to where one starts. */
export function cancelDemo(): void {
  selectNothing();
  nuvem.demo.cancel().catch(showFailure);
}
