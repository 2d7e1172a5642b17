import { type DragEvent, useState } from 'react';
import type { TabId, WebTab } from '../../../shared/model/tab';
import { moveTab } from './tab-actions';

/** Where a dragged tab would go: before this one; null: to the end. */
interface Drop {
  readonly before: TabId | null;
}

/** The handlers by which a tab is dragged to another place of the strip. */
export function useTabDrag(tabs: readonly WebTab[]) {
  const [dragged, setDragged] = useState<TabId | null>(null);
  const [drop, setDrop] = useState<Drop | null>(null);
  const end = () => {
    setDragged(null);
    setDrop(null);
  };
  return {
    /** The mark between two tabs: on the left edge of this one, or on the right edge of the last. */
    markOf: (tabId: TabId): 'before' | 'after' | null => {
      if (drop === null) return null;
      if (drop.before === tabId) return 'before';
      return drop.before === null && tabs.at(-1)?.id === tabId ? 'after' : null;
    },
    handlersOf: (tabId: TabId) => ({
      draggable: true,
      onDragStart: (event: DragEvent) => {
        event.dataTransfer.effectAllowed = 'move';
        setDragged(tabId);
      },
      onDragOver: (event: DragEvent<HTMLElement>) => {
        if (dragged === null) return;
        event.preventDefault();
        const { left, width } = event.currentTarget.getBoundingClientRect();
        const at = tabs.findIndex(({ id }) => id === tabId);
        setDrop({ before: event.clientX < left + width / 2 ? tabId : (tabs[at + 1]?.id ?? null) });
      },
      onDrop: (event: DragEvent) => {
        event.preventDefault();
        if (dragged !== null && drop !== null) moveTab(dragged, drop.before);
        end();
      },
      onDragEnd: end,
    }),
  };
}
