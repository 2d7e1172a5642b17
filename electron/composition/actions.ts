import {
  type ActionId,
  isMainAction,
  type MainActionId,
  type WindowActionId,
} from '../../shared/model/action';
import type { TabId } from '../../shared/model/tab';
import type { FrontPage } from '../desktop/front-page';
import type { TabWaking } from '../desktop/tab-waking';
import type { TabService } from '../desktop/tabs';

interface ActionsDependencies {
  readonly tabs: TabService;
  readonly waking: TabWaking;
  readonly front: FrontPage;
  readonly closeTab: (tabId: TabId) => Promise<unknown>;
  readonly closeOtherTabs: (tabId: TabId) => Promise<unknown>;
  readonly openTabInBrowser: (tabId: TabId) => Promise<void>;
  readonly setPaused: (isPaused: boolean) => void;
  readonly showLogs: () => void;
  readonly quit: () => void;
  readonly showWindow: () => void;
  /** The window's page does it. */
  readonly tellWindow: (id: WindowActionId) => void;
  /** For work whose failure the user sees elsewhere. */
  readonly startInBackground: (work: Promise<unknown>) => void;
  /** What can't be done although it was asked for. */
  readonly tellFailure: (error: unknown) => void;
}

/** Makes what does the user's actions, whether chosen by menu, palette or keys. */
export function makeActions(deps: ActionsDependencies): (id: ActionId) => void {
  const { tabs, waking, front, startInBackground } = deps;
  const withTab = (act: (tabId: TabId) => void) => () => {
    const { activeTabId } = tabs.list();
    if (activeTabId !== null) act(activeTabId);
  };
  const goBy = (steps: number) => () => {
    tabs.activateNeighbour(steps);
    waking.wakeActive();
  };
  const ofMain: Readonly<Record<MainActionId, () => void>> = {
    machines: () => tabs.activate(null),
    nextTab: goBy(1),
    previousTab: goBy(-1),
    moveTabRight: () => tabs.moveActive(1),
    moveTabLeft: () => tabs.moveActive(-1),
    closeTab: withTab((tabId) => startInBackground(deps.closeTab(tabId))),
    reopenTab: () => waking.reopenClosed(),
    duplicateTab: withTab((tabId) => tabs.duplicate(tabId)),
    closeOtherTabs: withTab((tabId) => startInBackground(deps.closeOtherTabs(tabId))),
    openInBrowser: withTab((tabId) => void deps.openTabInBrowser(tabId).catch(deps.tellFailure)),
    savePdf: () => void front.saveAsPdf().catch(deps.tellFailure),
    print: () => startInBackground(front.print()),
    reloadPage: () => front.reload(),
    zoomIn: () => front.zoom(1),
    zoomOut: () => front.zoom(-1),
    actualSize: () => front.zoom(0),
    pauseReconnecting: () => deps.setPaused(true),
    resumeReconnecting: () => deps.setPaused(false),
    showLogs: deps.showLogs,
    quit: deps.quit,
  };
  return (id) => {
    if (isMainAction(id)) return ofMain[id]();
    deps.showWindow();
    deps.tellWindow(id);
  };
}
