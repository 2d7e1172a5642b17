import type { WebTab } from '../../../shared/model/tab';

/** The part of Electron's `<webview>` that Nuvem uses. */
export interface WebviewElement extends HTMLElement {
  reload(): void;
}

export interface WebviewEvents {
  readonly onLoadingChanged: (isLoading: boolean) => void;
  /** The page itself, not a part of it, could not be loaded or has crashed. */
  readonly onFailed: () => void;
}

/** Chromium's code for a load that another one replaced. */
const abortedErrorCode = -3;

/** Makes the element that shows a tab's page. What its attributes say is settled for its whole life. */
export function createWebview(tab: WebTab, { onLoadingChanged, onFailed }: WebviewEvents): WebviewElement {
  const element = document.createElement('webview') as WebviewElement;
  element.setAttribute('partition', tab.partition);
  element.setAttribute('allowpopups', '');
  element.setAttribute('data-tab-id', tab.id);
  element.setAttribute('src', tab.url);
  element.addEventListener('did-start-loading', () => onLoadingChanged(true));
  element.addEventListener('did-stop-loading', () => onLoadingChanged(false));
  element.addEventListener('did-fail-load', (event) => {
    const { isMainFrame, errorCode } = event as Event & { isMainFrame: boolean; errorCode: number };
    if (isMainFrame && errorCode !== abortedErrorCode) onFailed();
  });
  element.addEventListener('render-process-gone', onFailed);
  return element;
}
