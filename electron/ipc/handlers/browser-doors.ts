import type { AppContract } from '../../../shared/contract/contract';
import type { HandlersOf } from '../../../shared/contract/define-contract';
import type { TabId } from '../../../shared/model/tab';
import type { BrowserAccess } from '../../gateway/browser-access/browser-access';

interface BrowserDoorsHandlersDependencies {
  readonly browserAccess: BrowserAccess;
  readonly openTabInBrowser: (tabId: TabId) => Promise<void>;
}

export function browserDoorsHandlers({
  browserAccess,
  openTabInBrowser,
}: BrowserDoorsHandlersDependencies): HandlersOf<AppContract>['browserDoors'] {
  return {
    list: () => browserAccess.list(),
    open: ({ tabId }) => openTabInBrowser(tabId),
    openAgain: ({ doorId }) => browserAccess.openAgain(doorId),
    close: ({ doorId }) => browserAccess.close(doorId),
  };
}
