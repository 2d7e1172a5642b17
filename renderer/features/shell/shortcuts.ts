import { isAwake } from '../../../shared/model/tab';
import { nuvem } from '../../api/nuvem';
import { focusConnectBox } from '../../stores/connect-box-focus';
import { openFind } from '../../stores/find-store';
import { showFailure } from '../../stores/notices-store';
import { tabsStore } from '../../stores/tabs-store';
import { openMachineEditor, openSettings } from '../../stores/view-store';
import { neighbourTab } from '../tabs/tab-order';

/**
 * Handles the window's keyboard shortcuts while the focus is in the window itself; a focused notebook page has
 * its own keys. `Mod` is Command on a Mac and Control elsewhere.
 */
export function handleShortcut(event: KeyboardEvent, isMac: boolean): void {
  const hasMod = isMac ? event.metaKey : event.ctrlKey;
  const isDialogOpen = document.querySelector('[role="dialog"], [role="alertdialog"]') !== null;
  if (event.defaultPrevented || isDialogOpen) return;
  const { tabs, activeTabId } = tabsStore.getState();
  const inFront = tabs.find(({ id }) => id === activeTabId);

  if (event.ctrlKey && event.key === 'Tab') {
    event.preventDefault();
    const tabId = neighbourTab(tabs, activeTabId, event.shiftKey ? -1 : 1);
    nuvem.tabs.activate({ tabId }).catch(showFailure);
  } else if (hasMod && event.key === 'w' && activeTabId !== null) {
    event.preventDefault();
    nuvem.tabs.close({ tabId: activeTabId }).catch(showFailure);
  } else if (hasMod && event.key === 'n') {
    event.preventDefault();
    openMachineEditor(null);
  } else if (hasMod && event.key === ',') {
    event.preventDefault();
    openSettings();
  } else if (hasMod && event.key === 'f' && inFront !== undefined && isAwake(inFront)) {
    event.preventDefault();
    openFind(inFront.id);
  } else if (hasMod && (event.key === 'f' || event.key === 'k')) {
    event.preventDefault();
    focusConnectBox();
  }
}
