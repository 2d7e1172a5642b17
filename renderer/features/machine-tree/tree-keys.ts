import type { TreeRow } from './tree-rows';

/** What a key means in the tree, as the WAI-ARIA tree pattern and file lists have it. */
export type TreeCommand =
  | { readonly kind: 'go'; readonly index: number; readonly mode: 'only' | 'range' | 'focus' }
  | { readonly kind: 'fold'; readonly index: number; readonly isCollapsed: boolean }
  | { readonly kind: 'shift'; readonly steps: -1 | 1 }
  | { readonly kind: 'activate' | 'edit' | 'remove' | 'toggle' | 'selectAll' | 'menu' | 'unselect' };

type KeyPress = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>;

/** Null for a key that means nothing here. `pageLength`: how many rows are in view. */
export function commandFor(
  press: KeyPress,
  rows: readonly TreeRow[],
  index: number,
  pageLength: number,
): TreeCommand | null {
  const row = rows[index];
  const hasMod = press.ctrlKey || press.metaKey;
  const go = (to: number): TreeCommand => ({
    kind: 'go',
    index: Math.max(0, Math.min(rows.length - 1, to)),
    mode: press.shiftKey ? 'range' : hasMod ? 'focus' : 'only',
  });
  if (press.altKey) {
    if (press.key === 'ArrowUp') return { kind: 'shift', steps: -1 };
    return press.key === 'ArrowDown' ? { kind: 'shift', steps: 1 } : null;
  }
  switch (press.key) {
    case 'ArrowDown':
      return go(index + 1);
    case 'ArrowUp':
      return go(index - 1);
    case 'Home':
      return go(0);
    case 'End':
      return go(rows.length - 1);
    case 'PageDown':
      return go(index + pageLength);
    case 'PageUp':
      return go(index - pageLength);
    case 'ArrowRight':
      if (row === undefined || row.kind === 'machine') return null;
      return row.isExpanded ? go(index + 1) : { kind: 'fold', index, isCollapsed: false };
    case 'ArrowLeft':
      if (row === undefined) return null;
      if (row.kind !== 'machine' && row.isExpanded) return { kind: 'fold', index, isCollapsed: true };
      return go(parentIndex(rows, index));
    case 'Enter':
      return { kind: 'activate' };
    case ' ':
      return { kind: 'toggle' };
    case 'F2':
      return { kind: 'edit' };
    case 'Delete':
      return { kind: 'remove' };
    case 'ContextMenu':
      return { kind: 'menu' };
    case 'F10':
      return press.shiftKey ? { kind: 'menu' } : null;
    case 'Escape':
      return { kind: 'unselect' };
    case 'a':
      return hasMod ? { kind: 'selectAll' } : null;
    default:
      return null;
  }
}

/** The next row after `index`, around the end, whose name begins with what was typed. */
export function rowNamed(rows: readonly TreeRow[], index: number, typed: string): number | null {
  const start = typed.length > 1 ? index : index + 1;
  const wanted = typed.toLocaleLowerCase();
  for (let step = 0; step < rows.length; step += 1) {
    const place = (start + step) % rows.length;
    const row = rows[place];
    const name = row?.kind === 'machine' ? row.machine.name : row?.kind === 'group' ? row.group.name : '';
    if (name.toLocaleLowerCase().startsWith(wanted)) return place;
  }
  return null;
}

function parentIndex(rows: readonly TreeRow[], index: number): number {
  const level = rows[index]?.level ?? 1;
  for (let above = index - 1; above >= 0; above -= 1) if ((rows[above]?.level ?? 1) < level) return above;
  return index;
}
