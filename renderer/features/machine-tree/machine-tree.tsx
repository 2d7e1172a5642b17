import {
  type KeyboardEvent,
  type MouseEvent,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { MachineId } from '../../../shared/model/machine';
import type { MachineGroup } from '../../../shared/model/machine-group';
import { setCollapsed } from '../../stores/collapsed-store';
import styles from './machine-tree.module.css';
import type { TreeHandlers } from './tree-handlers';
import { commandFor, rowNamed } from './tree-keys';
import { TreeRowView } from './tree-row';
import type { TreeRow } from './tree-rows';
import { machinesToActOn } from './tree-selection';
import { choose, chooseAll, chooseNone, focusRow, selectionStore, selectionWith } from './tree-store';
import { useTreeDrag } from './use-tree-drag';
import { RowPlaces } from './visible-rows';

interface MachineTreeProps {
  readonly rows: readonly TreeRow[];
  readonly groups: readonly MachineGroup[];
  /** The machine on the page in front; undefined while that is something else. */
  readonly shownId: MachineId | undefined;
  readonly handlers: TreeHandlers;
}

/** How long what was typed counts as the beginning of one name. */
const typingMs = 700;

/**
 * The machines to choose from, as a tree. Only the rows in view are drawn, so that ten thousand cost no more than
 * ten; rows are handled here and not one by one for the same reason.
 */
export function MachineTree({ rows, groups, shownId, handlers }: MachineTreeProps) {
  const { t } = useTranslation();
  const places = useMemo(() => new RowPlaces(rows), [rows]);
  const box = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 0 });
  const stored = useStore(selectionStore);
  const selection = useMemo(() => selectionWith(stored, shownId), [stored, shownId]);
  const selected = useMemo(() => new Set(selection.machineIds), [selection.machineIds]);
  const drag = useTreeDrag({ rows, groups, places, box, shownId });
  const typed = useRef({ text: '', atMs: 0 });
  const wantsFocus = useRef(false);
  const revealedId = useRef<MachineId | undefined>(undefined);

  const focusIndex = useMemo(() => tabStop(rows, selection.focusKey, shownId), [rows, selection, shownId]);

  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const measure = () => setView({ top: element.scrollTop, height: element.clientHeight });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, []);

  // What the user goes to must be drawn before it can have the focus.
  useLayoutEffect(() => {
    if (!wantsFocus.current) return;
    wantsFocus.current = false;
    box.current?.querySelector<HTMLElement>(`[data-index="${focusIndex}"]`)?.focus({ preventScroll: true });
  });

  // A machine that was just made or found by another way is brought into view, once: the user may scroll it away.
  useEffect(() => {
    const element = box.current;
    if (element === null || shownId === revealedId.current) return;
    const lines = rows.flatMap((row, index) =>
      row.kind === 'machine' && row.machine.id === shownId ? [index] : [],
    );
    const [first] = lines;
    if (first === undefined) return;
    revealedId.current = shownId;
    const { scrollTop, clientHeight } = element;
    const isInSight = lines.some(
      (index) => places.scrollTopFor(index, scrollTop, clientHeight) === scrollTop,
    );
    if (!isInSight) element.scrollTop = places.scrollTopFor(first, scrollTop, clientHeight);
  });

  const rowOf = ({ target }: { readonly target: EventTarget }): number => {
    const line = target instanceof Element ? target.closest('[data-index]') : null;
    return line === null ? -1 : Number(line.getAttribute('data-index'));
  };
  const goTo = (index: number, mode: 'only' | 'range' | 'focus') => {
    const row = rows[index];
    const element = box.current;
    if (!row || !element) return;
    wantsFocus.current = true;
    element.scrollTop = places.scrollTopFor(index, element.scrollTop, element.clientHeight);
    if (mode === 'focus' || (mode === 'only' && row.kind !== 'machine')) focusRow(row.key);
    else choose(rows, row, mode, shownId);
  };

  const openMenu = (index: number, x?: number, y?: number) => {
    const row = rows[index];
    const line = box.current?.querySelector(`[data-index="${index}"]`)?.getBoundingClientRect();
    focusRow(row?.key ?? '');
    const machineIds = row?.kind === 'machine' ? machinesToActOn(selection, row) : [];
    if (row?.kind === 'machine' && machineIds.length === 1) choose(rows, row, 'only', shownId);
    handlers.openMenu({
      row: row ?? null,
      machineIds,
      x: x ?? (line?.left ?? 0) + 40,
      y: y ?? line?.bottom ?? 0,
    });
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const index = rowOf(event);
    const row = rows[index];
    if (row === undefined) return;
    const pageLength = Math.max(1, Math.floor(view.height / 44) - 1);
    const command = commandFor(event, rows, index, pageLength);
    if (command === null) {
      if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) return;
      const nowMs = event.timeStamp;
      const text = nowMs - typed.current.atMs < typingMs ? typed.current.text + event.key : event.key;
      typed.current = { text, atMs: nowMs };
      const named = rowNamed(rows, index, text);
      if (named !== null) goTo(named, 'only');
      return;
    }
    event.preventDefault();
    switch (command.kind) {
      case 'go':
        return goTo(command.index, command.mode);
      case 'fold':
        wantsFocus.current = true;
        focusRow(row.key);
        return setCollapsed([row.key], command.isCollapsed);
      case 'toggle':
        return row.kind === 'machine'
          ? choose(rows, row, 'toggle', shownId)
          : setCollapsed([row.key], row.isExpanded);
      case 'selectAll':
        return chooseAll(rows);
      case 'unselect':
        return chooseNone();
      case 'menu':
        return openMenu(index);
      case 'shift':
        return handlers.shift(row, command.steps);
      case 'activate':
        return row.kind === 'machine' ? handlers.activate(row) : setCollapsed([row.key], row.isExpanded);
      case 'edit':
        return handlers.edit(row);
      case 'remove':
        return handlers.remove(row, row.kind === 'machine' ? machinesToActOn(selection, row) : []);
    }
  };

  const onClick = (event: MouseEvent) => {
    const row = rows[rowOf(event)];
    if (row === undefined) return;
    const mode = event.shiftKey ? 'range' : event.ctrlKey || event.metaKey ? 'toggle' : 'only';
    choose(rows, row, mode, shownId);
    if (row.kind !== 'machine' && mode === 'only') setCollapsed([row.key], row.isExpanded);
  };

  const [first, last] = places.inView(view.top, view.height);
  const drawn = Array.from({ length: Math.max(0, last - first + 1) }, (_, place) => first + place);
  // The row with the keyboard stays, else the focus would be lost by scrolling.
  if (focusIndex >= 0 && (focusIndex < first || focusIndex > last)) drawn.push(focusIndex);

  return (
    <div
      ref={box}
      role="tree"
      aria-label={t('machine.list')}
      aria-multiselectable
      data-drop={drag.isOverEmpty ? 'inside' : undefined}
      className={styles.tree}
      onScroll={({ currentTarget }) =>
        setView({ top: currentTarget.scrollTop, height: currentTarget.clientHeight })
      }
      onFocus={(event) => {
        const row = rows[rowOf(event)];
        if (row !== undefined && row.key !== stored.focusKey) focusRow(row.key);
      }}
      onKeyDown={onKeyDown}
      onClick={onClick}
      onDoubleClick={(event) => {
        const row = rows[rowOf(event)];
        if (row?.kind === 'machine') handlers.activate(row);
      }}
      onContextMenu={(event) => {
        event.preventDefault();
        openMenu(rowOf(event), event.clientX, event.clientY);
      }}
      {...drag.events}
    >
      <div role="presentation" className={styles.rows} style={{ height: places.totalHeight }}>
        {drawn.map((index) => {
          const row = rows[index];
          if (row === undefined) return null;
          return (
            <TreeRowView
              key={row.key}
              row={row}
              index={index}
              top={places.topOf(index)}
              height={places.heightOf(index)}
              isSelected={row.kind === 'machine' && selected.has(row.machine.id)}
              hasTabStop={index === focusIndex}
              dropMark={drag.target?.index === index ? drag.target.mark : null}
            />
          );
        })}
      </div>
    </div>
  );
}

/** The row that Tab leads to: the one used last, that of the machine shown, or the first. */
function tabStop(rows: readonly TreeRow[], focusKey: string | null, shownId: MachineId | undefined): number {
  const focused = rows.findIndex(({ key }) => key === focusKey);
  if (focused >= 0) return focused;
  const shown = rows.findIndex((row) => row.kind === 'machine' && row.machine.id === shownId);
  return shown >= 0 ? shown : Math.min(0, rows.length - 1);
}
