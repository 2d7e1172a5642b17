import type { TabId } from '../../../shared/model/tab';

export const homeTabId = 'tab-home';
export const homePanelId = 'panel-home';

/** The element ids of a tab and of its page: each names the other. */
export const tabElementId = (tabId: TabId | null): string => (tabId === null ? homeTabId : `tab-${tabId}`);
export const panelElementId = (tabId: TabId | null): string =>
  tabId === null ? homePanelId : `panel-${tabId}`;
