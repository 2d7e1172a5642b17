import { File, Folder } from 'lucide-react';
import { type KeyboardEvent, type MouseEvent, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type S3Entry, s3NameOf } from '../../../shared/model/s3';
import { byteText } from '../tunnels/byte-text';
import styles from './s3.module.css';

const rowPx = 32;
/** Rendered above and below what is seen. */
const spareRows = 8;
/** The next page is asked for when so few rows are left below. */
const rowsBeforeEnd = 200;

interface EntryTableProps {
  readonly entries: readonly S3Entry[];
  readonly selected: ReadonlySet<string>;
  readonly isWhole: boolean;
  readonly onSelect: (keys: ReadonlySet<string>) => void;
  readonly onOpen: (entry: S3Entry) => void;
  /** To the folder above. */
  readonly onUp: () => void;
  readonly onDelete: () => void;
  /** The end is near, and there may be more. */
  readonly onEnd: () => void;
}

/** Any number of entries, of which only those are rendered that are seen. The arrow keys move, space selects. */
export function EntryTable(props: EntryTableProps) {
  const { entries, selected, isWhole, onSelect, onOpen, onEnd } = props;
  const { t, i18n } = useTranslation('s3');
  const id = useId();
  const viewport = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(0);
  const [active, setActive] = useState(0);
  const anchor = useRef(0);

  useEffect(() => {
    const element = viewport.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => setHeight(element.clientHeight));
    observer.observe(element);
    // Who came here by opening a folder goes on with the keyboard.
    if (document.activeElement === document.body) element.focus({ preventScroll: true });
    return () => observer.disconnect();
  }, []);
  const first = Math.max(0, Math.floor(top / rowPx) - spareRows);
  const last = Math.min(entries.length, Math.ceil((top + height) / rowPx) + spareRows);
  const isEndNear = !isWhole && height > 0 && last + rowsBeforeEnd > entries.length;
  useEffect(() => {
    if (isEndNear) onEnd();
  });

  const pick = (index: number, { shiftKey, ctrlKey, metaKey }: MouseEvent | KeyboardEvent) => {
    const key = entries[index]?.key;
    if (key === undefined) return;
    if (shiftKey) {
      const [from, to] = [Math.min(anchor.current, index), Math.max(anchor.current, index)];
      onSelect(new Set(entries.slice(from, to + 1).map((entry) => entry.key)));
    } else {
      anchor.current = index;
      if (ctrlKey || metaKey) onSelect(toggled(selected, key));
      else onSelect(new Set([key]));
    }
  };
  const move = (to: number, event: KeyboardEvent) => {
    const index = Math.max(0, Math.min(entries.length - 1, to));
    setActive(index);
    if (!event.ctrlKey && !event.metaKey) pick(index, event);
    const element = viewport.current;
    if (element === null) return;
    const above = index * rowPx;
    if (above < element.scrollTop) element.scrollTop = above;
    // The head of the table stays in place, above the rows.
    else if (above + 2 * rowPx > element.scrollTop + height) element.scrollTop = above + 2 * rowPx - height;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const pageRows = Math.max(1, Math.floor(height / rowPx) - 2);
    const isModified = event.ctrlKey || event.metaKey;
    const actions: Readonly<Record<string, (() => void) | undefined>> = {
      ArrowDown: () => move(active + 1, event),
      ArrowUp: event.altKey ? props.onUp : () => move(active - 1, event),
      PageDown: () => move(active + pageRows, event),
      PageUp: () => move(active - pageRows, event),
      Home: () => move(0, event),
      End: () => move(entries.length - 1, event),
      ' ': () => {
        const key = entries[active]?.key;
        anchor.current = active;
        if (key !== undefined) onSelect(toggled(selected, key));
      },
      Enter: () => {
        const entry = entries[active];
        if (entry) onOpen(entry);
      },
      Backspace: props.onUp,
      Delete: props.onDelete,
      a: isModified ? () => onSelect(new Set(entries.map(({ key }) => key))) : undefined,
      Escape: selected.size > 0 ? () => onSelect(new Set()) : undefined,
    };
    const action = actions[event.key];
    if (action === undefined) return;
    event.preventDefault();
    action();
  };
  const date = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'short', timeStyle: 'short' });
  const rowId = (index: number) => `${id}-${index}`;
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a table has no rows that are chosen by keys. */}
      <div
        ref={viewport}
        role="grid"
        tabIndex={0}
        aria-label={t('contents')}
        aria-multiselectable
        aria-rowcount={isWhole ? entries.length + 1 : -1}
        aria-activedescendant={active >= first && active < last ? rowId(active) : undefined}
        className={styles.viewport}
        onScroll={(event) => setTop(event.currentTarget.scrollTop)}
        onKeyDown={onKeyDown}
      >
        {/* biome-ignore lint/a11y/useSemanticElements: see above. */}
        <div role="row" tabIndex={-1} aria-rowindex={1} className={`${styles.entry} ${styles.head}`}>
          {(['name', 'size', 'modified', 'storageClass'] as const).map((column) => (
            // biome-ignore lint/a11y/useSemanticElements: see above.
            <span key={column} role="columnheader" tabIndex={-1}>
              {t(column)}
            </span>
          ))}
        </div>
        <div
          role="presentation"
          style={{ paddingTop: first * rowPx, paddingBottom: (entries.length - last) * rowPx }}
        >
          {entries.slice(first, last).map((entry, offset) => {
            const index = first + offset;
            return (
              // biome-ignore lint/a11y/useSemanticElements: see above.
              <div
                key={entry.key}
                id={rowId(index)}
                role="row"
                tabIndex={-1}
                aria-rowindex={index + 2}
                aria-selected={selected.has(entry.key)}
                data-active={index === active || undefined}
                className={styles.entry}
                onMouseDown={(event) => event.shiftKey && event.preventDefault()}
                onClick={(event) => {
                  setActive(index);
                  pick(index, event);
                  viewport.current?.focus({ preventScroll: true });
                }}
                onDoubleClick={() => onOpen(entry)}
                onKeyDown={() => undefined}
              >
                <Cells entry={entry} language={i18n.language} dateText={(ms) => date.format(ms)} />
              </div>
            );
          })}
        </div>
      </div>
      <p className={styles.count} role="status">
        {t(isWhole ? 'count' : 'countMore', { count: entries.length })}
        {selected.size > 0 && ` · ${t('selectedCount', { count: selected.size })}`}
      </p>
    </>
  );
}

interface CellsProps {
  readonly entry: S3Entry;
  readonly language: string;
  readonly dateText: (ms: number) => string;
}

function Cells({ entry, language, dateText }: CellsProps) {
  const Icon = entry.kind === 'folder' ? Folder : File;
  const isObject = entry.kind === 'object';
  const texts = isObject
    ? [
        byteText(language, entry.sizeBytes),
        entry.modifiedAtMs === null ? '' : dateText(entry.modifiedAtMs),
        entry.storageClass,
      ]
    : ['', '', ''];
  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: see above. */}
      <span role="gridcell" tabIndex={-1} className={styles.name} title={s3NameOf(entry.key)}>
        <Icon aria-hidden size={16} />
        <span>
          {s3NameOf(entry.key)}
          {!isObject && '/'}
        </span>
      </span>
      {texts.map((text, column) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its column.
        // biome-ignore lint/a11y/useSemanticElements: see above.
        <span key={column} role="gridcell" tabIndex={-1} className={styles.cell}>
          {text}
        </span>
      ))}
    </>
  );
}

function toggled(selected: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const next = new Set(selected);
  if (!next.delete(key)) next.add(key);
  return next;
}
