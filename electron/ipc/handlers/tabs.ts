import type { AppContract } from '../../../shared/contract/contract';
import type { HandlersOf } from '../../../shared/contract/define-contract';
import type { TabId } from '../../../shared/model/tab';
import type { TabRescue } from '../../desktop/tab-rescue';
import type { TabWaking } from '../../desktop/tab-waking';
import type { TabService } from '../../desktop/tabs';

interface TabsHandlersDependencies {
  readonly tabs: TabService;
  readonly waking: TabWaking;
  readonly rescue: TabRescue;
  /** Closes a tab unless its page has unsaved changes that the user wants to keep. */
  readonly closeTab: (tabId: TabId) => Promise<void>;
  /** The same of all other tabs. */
  readonly closeOthers: (tabId: TabId) => Promise<void>;
  readonly go: (tabId: TabId, url: string) => void;
  readonly trustCertificate: (tabId: TabId, fingerprint: string) => void;
}

export function tabsHandlers(deps: TabsHandlersDependencies): HandlersOf<AppContract>['tabs'] {
  const { tabs, waking } = deps;
  return {
    list: () => tabs.list(),
    activate: ({ tabId }) => waking.activate(tabId),
    close: ({ tabId }) => deps.closeTab(tabId),
    closeOthers: ({ tabId }) => deps.closeOthers(tabId),
    reopenClosed: () => waking.reopenClosed(),
    duplicate: ({ tabId }) => {
      tabs.duplicate(tabId);
      waking.wakeActive();
    },
    move: ({ tabId, before }) => tabs.move(tabId, before),
    wake: ({ tabId }) => waking.wake(tabId),
    go: ({ tabId, address }) => deps.go(tabId, address),
    waitFor: ({ tabId }) => deps.rescue.wait(tabId),
    reload: ({ tabId }) => deps.rescue.reload(tabId),
    trustCertificate: ({ tabId, fingerprint }) => deps.trustCertificate(tabId, fingerprint),
  };
}
