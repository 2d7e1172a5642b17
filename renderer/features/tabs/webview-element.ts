import type { WebTab } from '../../../shared/model/tab';

/** The part of Electron's `<webview>` that Nuvem uses. */
export interface WebviewElement extends HTMLElement {
  reload(): void;
  stop(): void;
  canGoBack(): boolean;
  canGoForward(): boolean;
  goBack(): void;
  goForward(): void;
  /** `findNext: true` begins a new search; false goes on with the one before. */
  findInPage(text: string, options: { readonly forward?: boolean; readonly findNext: boolean }): void;
  stopFindInPage(action: 'clearSelection' | 'keepSelection'): void;
}

/** What Electron's `found-in-page` tells. */
export interface FoundInPage {
  /** From 1. */
  readonly activeMatchOrdinal: number;
  readonly matches: number;
}

/** Where a page can go from where it is. */
export interface PageHistory {
  readonly canGoBack: boolean;
  readonly canGoForward: boolean;
}

export interface WebviewEvents {
  readonly onLoadingChanged: (isLoading: boolean) => void;
  readonly onHistoryChanged: (history: PageHistory) => void;
  /** The page itself, not a part of it, could not be loaded. */
  readonly onFailed: () => void;
}

/** Chromium's code for a load that another one replaced. */
const abortedErrorCode = -3;

/** Makes the element that shows a tab's page. What its attributes say is settled for its whole life. */
export function createWebview(tab: WebTab, events: WebviewEvents): WebviewElement {
  const element = document.createElement('webview') as WebviewElement;
  element.setAttribute('partition', tab.partition);
  element.setAttribute('allowpopups', '');
  element.setAttribute('data-tab-id', tab.id);
  // The main process checks by this that the page is shown in its own tab.
  element.setAttribute('webpreferences', `tabId=${tab.id}`);
  element.setAttribute('src', tab.url);
  element.addEventListener('did-start-loading', () => events.onLoadingChanged(true));
  element.addEventListener('did-stop-loading', () => events.onLoadingChanged(false));
  for (const navigation of ['did-navigate', 'did-navigate-in-page']) {
    element.addEventListener(navigation, () =>
      events.onHistoryChanged({ canGoBack: element.canGoBack(), canGoForward: element.canGoForward() }),
    );
  }
  element.addEventListener('did-fail-load', (event) => {
    const { isMainFrame, errorCode } = event as Event & { isMainFrame: boolean; errorCode: number };
    if (isMainFrame && errorCode !== abortedErrorCode) events.onFailed();
  });
  return element;
}
