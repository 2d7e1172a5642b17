import type { AppContract } from '../../../shared/contract/contract';
import type { HandlersOf } from '../../../shared/contract/define-contract';
import type { TabId } from '../../../shared/model/tab';
import type { TabService } from '../../desktop/tabs';

interface TabsHandlersDependencies {
  readonly tabs: TabService;
  /** Closes a tab unless its page has unsaved changes that the user wants to keep. */
  readonly closeTab: (tabId: TabId) => Promise<void>;
  readonly go: (tabId: TabId, url: string) => void;
  readonly trustCertificate: (tabId: TabId, fingerprint: string) => void;
}

export function tabsHandlers(deps: TabsHandlersDependencies): HandlersOf<AppContract>['tabs'] {
  const { tabs } = deps;
  return {
    list: () => tabs.list(),
    activate: ({ tabId }) => tabs.activate(tabId),
    close: ({ tabId }) => deps.closeTab(tabId),
    go: ({ tabId, address }) => deps.go(tabId, address),
    trustCertificate: ({ tabId, fingerprint }) => deps.trustCertificate(tabId, fingerprint),
  };
}
