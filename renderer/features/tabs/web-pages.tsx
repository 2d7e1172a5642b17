import { useStore } from 'zustand';
import { tabsStore } from '../../stores/tabs-store';
import { WebPage } from './web-page';

/**
 * Every open page, mounted for as long as its tab exists. They are drawn in an order that never changes, because
 * a `<webview>` that moves in the document loads anew.
 */
export function WebPages() {
  const { tabs, activeTabId } = useStore(tabsStore);
  const inFixedOrder = [...tabs].sort((a, b) => (a.id < b.id ? -1 : 1));
  return inFixedOrder.map((tab) => <WebPage key={tab.id} tab={tab} isInFront={tab.id === activeTabId} />);
}
