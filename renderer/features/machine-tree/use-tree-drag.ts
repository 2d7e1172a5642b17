import { type DragEvent, type RefObject, useRef, useState } from 'react';
import type { MachineId } from '../../../shared/model/machine';
import type { MachineGroup } from '../../../shared/model/machine-group';
import { setCollapsed } from '../../stores/collapsed-store';
import { perform } from './tree-actions';
import { type Dragged, type DropMark, dropOn, type RowPart } from './tree-drop';
import type { TreeRow } from './tree-rows';
import { machinesToActOn } from './tree-selection';
import { selectionStore, selectionWith } from './tree-store';
import type { RowPlaces } from './visible-rows';

/** Tells our own drags from files and texts that are dragged over the window. */
const dragType = 'application/x-nuvem-machines';
/** A folded group that is hovered so long unfolds. */
const unfoldAfterMs = 600;

interface TreeDragOptions {
  readonly rows: readonly TreeRow[];
  readonly groups: readonly MachineGroup[];
  readonly places: RowPlaces;
  readonly box: RefObject<HTMLDivElement | null>;
  readonly shownId: MachineId | undefined;
}

/** Dragging rows of the tree with the pointer: the events of its box, and where the mark of the drop is. */
export function useTreeDrag({ rows, groups, places, box, shownId }: TreeDragOptions) {
  const dragged = useRef<Dragged | null>(null);
  const hovered = useRef<{ readonly key: string; readonly timer: number } | null>(null);
  const [target, setTarget] = useState<{ readonly index: number; readonly mark: DropMark } | null>(null);

  const hover = (row: TreeRow | null) => {
    if (hovered.current?.key === row?.key) return;
    if (hovered.current !== null) clearTimeout(hovered.current.timer);
    hovered.current = null;
    if (row === null || row.kind === 'machine' || row.isExpanded) return;
    const unfold = () => setCollapsed([row.key], false);
    hovered.current = { key: row.key, timer: window.setTimeout(unfold, unfoldAfterMs) };
  };
  const end = () => {
    dragged.current = null;
    hover(null);
    setTarget(null);
  };

  const place = (event: DragEvent) => {
    if (dragged.current === null || box.current === null) return null;
    const y = event.clientY - box.current.getBoundingClientRect().top + box.current.scrollTop;
    const index = y < places.totalHeight ? places.at(y) : -1;
    const row = rows[index] ?? null;
    const part = row === null ? 'middle' : partOf(row, (y - places.topOf(index)) / places.heightOf(index));
    const found = dropOn(dragged.current, row, part, rows, groups);
    return found === null ? null : { index, row, ...found };
  };

  return {
    target,
    isOverEmpty: target !== null && target.index < 0,
    events: {
      onDragStart: (event: DragEvent) => {
        const line = event.target instanceof Element ? event.target.closest('[data-index]') : null;
        const row = rows[Number(line?.getAttribute('data-index') ?? -1)];
        if (row === undefined || row.kind === 'section') return;
        const selection = selectionWith(selectionStore.getState(), shownId);
        dragged.current =
          row.kind === 'group'
            ? { kind: 'group', groupId: row.group.id }
            : { kind: 'machines', machineIds: machinesToActOn(selection, row) };
        event.dataTransfer.setData(dragType, row.key);
        event.dataTransfer.effectAllowed = 'move';
      },
      onDragOver: (event: DragEvent) => {
        const found = place(event);
        hover(found?.row ?? null);
        setTarget((known) =>
          known?.index === found?.index && known?.mark === found?.mark
            ? known
            : found && { index: found.index, mark: found.mark },
        );
        if (found === null) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'move';
      },
      onDragLeave: (event: DragEvent) => {
        if (event.relatedTarget instanceof Node && box.current?.contains(event.relatedTarget)) return;
        hover(null);
        setTarget(null);
      },
      onDrop: (event: DragEvent) => {
        const found = place(event);
        end();
        if (found === null) return;
        event.preventDefault();
        perform(found.drop);
      },
      onDragEnd: end,
    },
  };
}

/** Machines are dropped between machines; groups also into groups. `share`: from the upper edge, 0 to 1. */
function partOf(row: TreeRow, share: number): RowPart {
  if (row.kind === 'machine') return share < 0.5 ? 'upper' : 'lower';
  if (share < 0.25) return 'upper';
  return share > 0.75 ? 'lower' : 'middle';
}
