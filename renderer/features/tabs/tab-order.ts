import type { TabId, WebTab } from '../../../shared/model/tab';

/** The tab `step` places further in the strip, which starts with the machines page (null) and goes round. */
export function neighbourTab(tabs: readonly WebTab[], from: TabId | null, step: 1 | -1): TabId | null {
  const order = [null, ...tabs.map((tab) => tab.id)];
  const index = order.indexOf(from);
  return order[(index + step + order.length) % order.length] ?? null;
}
