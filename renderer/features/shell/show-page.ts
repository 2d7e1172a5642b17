import { nuvem } from '../../api/nuvem';
import { showFailure } from '../../stores/notices-store';

/** Selects a page of the window itself and brings it before the notebook pages. */
export function showPage(select: () => void): void {
  select();
  nuvem.tabs.activate({ tabId: null }).catch(showFailure);
}
