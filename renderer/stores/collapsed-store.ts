import { createStore } from 'zustand/vanilla';

const storageKey = 'collapsed-rows';

/** Keys of the groups and sections that the user has folded; remembered on this computer. */
export const collapsedStore = createStore<ReadonlySet<string>>(() => new Set(remembered()));

collapsedStore.subscribe((keys) => localStorage.setItem(storageKey, JSON.stringify([...keys])));

/** Folds rows, or unfolds them. */
export function setCollapsed(keys: readonly string[], isCollapsed: boolean): void {
  collapsedStore.setState((collapsed) => {
    const next = new Set(collapsed);
    for (const key of keys) {
      if (isCollapsed) next.add(key);
      else next.delete(key);
    }
    return next;
  }, true);
}

function remembered(): readonly string[] {
  try {
    const keys: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '[]');
    return Array.isArray(keys) ? keys.filter((key) => typeof key === 'string') : [];
  } catch {
    // Written by nobody but us; should it be damaged, all is unfolded.
    return [];
  }
}
