import { createStore } from 'zustand/vanilla';
import type { TabId } from '../../shared/model/tab';

/** What a tab's page is at, as far as only the window knows it. */
export type PageState = 'loading' | 'shown' | 'failed';

/** The pages that are in the window. */
export const pageStatesStore = createStore<Readonly<Record<TabId, PageState>>>(() => ({}));

export const setPageState = (tabId: TabId, state: PageState): void =>
  pageStatesStore.setState({ [tabId]: state });

export const forgetPageState = (tabId: TabId): void =>
  pageStatesStore.setState(({ [tabId]: _, ...others }) => others, true);
