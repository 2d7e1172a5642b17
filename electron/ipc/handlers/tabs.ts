import type { AppContract } from '../../../shared/contract/contract';
import type { HandlersOf } from '../../../shared/contract/define-contract';
import type { TabId } from '../../../shared/model/tab';
import type { TabService } from '../../desktop/tabs';

export function tabsHandlers(
  tabs: TabService,
  /** Closes a tab unless its page has unsaved changes that the user wants to keep. */
  closeTab: (tabId: TabId) => Promise<void>,
): HandlersOf<AppContract>['tabs'] {
  return {
    list: () => tabs.list(),
    activate: ({ tabId }) => tabs.activate(tabId),
    close: ({ tabId }) => closeTab(tabId),
  };
}
