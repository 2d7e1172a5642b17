import type { WebContents } from 'electron';
import type { TabId } from '../../shared/model/tab';
import type { TabService } from './tabs';

interface TabRescueDependencies {
  readonly tabs: Pick<TabService, 'find' | 'hinder' | 'reload'>;
  readonly pages: { pageOf(tabId: TabId): Pick<WebContents, 'once'> | undefined };
}

/** What can be done with a page that does not respond, or has crashed. */
export class TabRescue {
  constructor(private readonly deps: TabRescueDependencies) {}

  /** Gives the page more time; if it still does not respond, Chromium says so again. */
  wait(tabId: TabId): void {
    const { tabs } = this.deps;
    if (tabs.find(tabId)?.hindrance.kind === 'unresponsive') tabs.hinder(tabId, { kind: 'none' });
  }

  /**
   * Loads such a page anew. In its old web contents Chromium 130 could not: asked to load anything in a `<webview>`
   * whose process is gone, the whole app ends. So the window first takes these away.
   */
  reload(tabId: TabId): void {
    const { tabs, pages } = this.deps;
    const kind = tabs.find(tabId)?.hindrance.kind;
    if (kind !== 'unresponsive' && kind !== 'crashed') return;
    tabs.hinder(tabId, { kind: 'crashed' });
    const old = pages.pageOf(tabId);
    if (old === undefined) tabs.reload(tabId);
    else old.once('destroyed', () => tabs.reload(tabId));
  }
}
