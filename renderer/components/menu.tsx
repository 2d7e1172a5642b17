import { Check, ChevronRight } from 'lucide-react';
import type { ReactNode, RefObject } from 'react';
import { Menu as AriaMenu, MenuItem, Popover, Separator, SubmenuTrigger } from 'react-aria-components';
import styles from './menu.module.css';

/** A line of a menu: something to do, more lines, or a rule between groups of lines. */
export type MenuEntry =
  | {
      readonly kind: 'action';
      readonly id: string;
      readonly text: string;
      /** Before the text. */
      readonly icon?: ReactNode;
      /** Of several that exclude each other, the one that holds. */
      readonly isChosen?: boolean;
      readonly isDisabled?: boolean;
      readonly run: () => void;
    }
  | {
      readonly kind: 'submenu';
      readonly id: string;
      readonly text: string;
      readonly icon?: ReactNode;
      readonly entries: readonly MenuEntry[];
    }
  | { readonly kind: 'separator'; readonly id: string };

interface MenuProps {
  readonly label: string;
  readonly entries: readonly MenuEntry[];
  /** What the menu opens beside. */
  readonly triggerRef: RefObject<HTMLElement | null>;
  readonly onClose: () => void;
}

/** An open menu for as long as it is rendered; focus goes back to where it was. */
export function OpenMenu({ label, entries, triggerRef, onClose }: MenuProps) {
  return (
    <Popover
      isOpen
      trigger="MenuTrigger"
      triggerRef={triggerRef}
      placement="bottom start"
      offset={2}
      onOpenChange={(isOpen) => !isOpen && onClose()}
      aria-label={label}
      className={styles.popover ?? ''}
    >
      <AriaMenu aria-label={label} autoFocus="first" onClose={onClose} className={styles.menu ?? ''}>
        {entries.map((entry) => lineOf(entry, onClose))}
      </AriaMenu>
    </Popover>
  );
}

function lineOf(entry: MenuEntry, onClose: () => void) {
  if (entry.kind === 'separator') return <Separator key={entry.id} className={styles.separator ?? ''} />;
  const { id, text, icon } = entry;
  if (entry.kind === 'submenu')
    return (
      <SubmenuTrigger key={id}>
        <MenuItem id={id} textValue={text} className={styles.item ?? ''}>
          {icon}
          <span className={styles.text}>{text}</span>
          <ChevronRight aria-hidden />
        </MenuItem>
        <Popover aria-label={text} className={styles.popover ?? ''} offset={-2}>
          <AriaMenu aria-label={text} className={styles.menu ?? ''}>
            {entry.entries.map((inner) => lineOf(inner, onClose))}
          </AriaMenu>
        </Popover>
      </SubmenuTrigger>
    );
  return (
    <MenuItem
      key={id}
      id={id}
      textValue={text}
      isDisabled={entry.isDisabled === true}
      onAction={() => {
        onClose();
        entry.run();
      }}
      className={styles.item ?? ''}
    >
      {icon}
      <span className={styles.text}>{text}</span>
      {entry.isChosen === true && <Check aria-hidden />}
    </MenuItem>
  );
}
