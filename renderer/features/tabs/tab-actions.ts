import type { TabId } from '../../../shared/model/tab';
import { nuvem } from '../../api/nuvem';
import { showFailure } from '../../stores/notices-store';

/** What users do with tabs; with null the machines page is meant. */
export const activateTab = (tabId: TabId | null) => nuvem.tabs.activate({ tabId }).catch(showFailure);
export const closeTab = (tabId: TabId) => nuvem.tabs.close({ tabId }).catch(showFailure);
export const closeOtherTabs = (tabId: TabId) => nuvem.tabs.closeOthers({ tabId }).catch(showFailure);
export const reopenClosedTab = () => nuvem.tabs.reopenClosed().catch(showFailure);
export const duplicateTab = (tabId: TabId) => nuvem.tabs.duplicate({ tabId }).catch(showFailure);
export const wakeTab = (tabId: TabId) => nuvem.tabs.wake({ tabId }).catch(showFailure);
/** Before another tab or, with null, to the end. */
export const moveTab = (tabId: TabId, before: TabId | null) =>
  nuvem.tabs.move({ tabId, before }).catch(showFailure);
/** Gives a page that does not respond more time. */
export const waitForPage = (tabId: TabId) => nuvem.tabs.waitFor({ tabId }).catch(showFailure);
/** Loads a page anew that has crashed or does not respond. */
export const reloadPage = (tabId: TabId) => nuvem.tabs.reload({ tabId }).catch(showFailure);
/** Shows a tab's page in the system's browser. */
export const openTabInBrowser = (tabId: TabId) => nuvem.browserDoors.open({ tabId }).catch(showFailure);
