import type { HTMLAttributes, KeyboardEvent, MouseEvent, ReactNode } from 'react';
import type { TabId } from '../../../shared/model/tab';
import { panelElementId, tabElementId } from './tab-ids';
import styles from './tab-strip.module.css';

interface TabProps {
  /** Null: the machines page. */
  readonly tabId: TabId | null;
  readonly name: string;
  readonly isInFront: boolean;
  readonly isAsleep?: boolean;
  /** The place in the strip's grid, 1 for the first. */
  readonly column: number;
  readonly onActivate: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onMiddleClick?: () => void;
  /** The right button, Shift+F10 or the menu key. */
  readonly onMenu?: (event: MouseEvent) => void;
  /** What makes it movable. */
  readonly drag?: HTMLAttributes<HTMLElement>;
  /** On which edge a dragged tab would go. */
  readonly mark?: 'before' | 'after' | null;
  readonly children: ReactNode;
}

/** One tab of the strip. Only the one in front can be tabbed to; arrow keys reach the others. */
export function Tab({
  tabId,
  name,
  isInFront,
  isAsleep = false,
  column,
  onMiddleClick,
  drag,
  mark,
  children,
  ...events
}: TabProps) {
  return (
    <div
      role="tab"
      id={tabElementId(tabId)}
      aria-selected={isInFront}
      aria-controls={panelElementId(tabId)}
      aria-label={name}
      title={name}
      tabIndex={isInFront ? 0 : -1}
      className={`${styles.tab} ${isAsleep ? styles.asleep : ''} ${mark ? styles[mark] : ''}`}
      style={{ gridColumn: column }}
      onClick={events.onActivate}
      onAuxClick={(event) => event.button === 1 && onMiddleClick?.()}
      onContextMenu={events.onMenu}
      onKeyDown={events.onKeyDown}
      {...drag}
    >
      {children}
    </div>
  );
}
