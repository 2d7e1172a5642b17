import { createStore } from 'zustand/vanilla';
import type { TabId } from '../../shared/model/tab';

/** Finding in a page: in which tab, and what was asked of its bar. */
export interface Find {
  /** Null: the bar is closed. */
  readonly tabId: TabId | null;
  /** Grows each time the bar is asked to come to the front. */
  readonly opened: number;
  /** The last step asked for by menu; `number` tells it from an earlier one of the same kind. */
  readonly step: { readonly number: number; readonly isForward: boolean };
}

export const findStore = createStore<Find>(() => ({
  tabId: null,
  opened: 0,
  step: { number: 0, isForward: true },
}));

export const openFind = (tabId: TabId): void =>
  findStore.setState(({ opened }) => ({ tabId, opened: opened + 1 }));
export const closeFind = (): void => findStore.setState({ tabId: null });
/** Goes to the next or the previous match; opens the bar where it is closed. */
export const stepFind = (tabId: TabId, isForward: boolean): void => {
  if (findStore.getState().tabId !== tabId) openFind(tabId);
  else findStore.setState(({ step }) => ({ step: { number: step.number + 1, isForward } }));
};
