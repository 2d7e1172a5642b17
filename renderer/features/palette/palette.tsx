import {
  type KeyboardEvent,
  type MouseEvent,
  memo,
  useDeferredValue,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { Dialog as AriaDialog, Modal, ModalOverlay } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { shortcut, shortcutText } from '../../../shared/model/shortcut';
import { machinesStore } from '../../stores/machines-store';
import { notebooksStore } from '../../stores/notebooks-store';
import { recentMachinesStore } from '../../stores/recent-machines-store';
import { settingsStore } from '../../stores/settings-store';
import { tabsStore } from '../../stores/tabs-store';
import { closeDialog, type PaletteScope } from '../../stores/view-store';
import { frontFacts } from '../actions/front-facts';
import { keyboardHere } from '../actions/handle-key';
import { Highlighted } from '../machine-tree/highlighted';
import { entryFinder } from './find-entries';
import styles from './palette.module.css';
import type { FoundEntry } from './palette-entry';

/** More than are in sight: the others are drawn once these are seen. */
const drawnAtOnce = 16;

/** How far Page Up and Page Down go. */
const pageSteps = 8;

/**
 * Everything that can be reached, by its name: an editable combobox with a listbox (ARIA APG). Arrows choose, Enter
 * does it, Control or Command with Enter opens the notebook of a machine, Escape closes.
 */
export function Palette({ scope }: { readonly scope: PaletteScope }) {
  const { t, i18n } = useTranslation('actions');
  const [search, setSearch] = useState('');
  const [chosen, setChosen] = useState(0);
  const listId = useId();
  const list = useStore(machinesStore);
  const { machineIds: recentIds } = useStore(recentMachinesStore);
  const { tabs } = useStore(tabsStore);
  const notebooks = useStore(notebooksStore);
  const { shortcuts } = useStore(settingsStore, ({ settings }) => settings);
  const keyboard = keyboardHere();
  const finder = useMemo(() => {
    const { language } = i18n;
    return entryFinder({
      scope,
      texts: { t: i18n.getFixedT(language), other: i18n.getFixedT(language === 'en' ? 'pt-BR' : 'en') },
      list,
      recentIds,
      tabs,
      notebooks: Object.values(notebooks),
      facts: frontFacts(),
      shortcuts,
      keyboard,
    });
  }, [scope, i18n, list, recentIds, tabs, notebooks, shortcuts, keyboard]);
  const { shown, more } = useMemo(() => finder.find(search), [finder, search]);
  // Until then those out of sight stay as they were.
  const before = useDeferredValue(shown);
  const drawn =
    before === shown ? shown : [...shown.slice(0, drawnAtOnce), ...before.slice(drawnAtOnce, shown.length)];
  const lines = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // After the palette is seen, before the first key.
    const timer = setTimeout(finder.prepare);
    return () => clearTimeout(timer);
  }, [finder]);
  const at = Math.min(chosen, shown.length - 1);

  const run = (found: FoundEntry | undefined, isOther: boolean) => {
    if (found === undefined) return;
    const { entry } = found;
    // First, for what opens a dialog itself.
    closeDialog();
    if (isOther && entry.runOther !== undefined) entry.runOther();
    else entry.run();
  };
  const move = (steps: number, wraps = false) => {
    const next = at + steps;
    const last = shown.length - 1;
    setChosen(wraps ? (next + shown.length) % shown.length : Math.max(0, Math.min(last, next)));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') run(shown[at], event.ctrlKey || event.metaKey);
    else if (shown.length > 0 && event.key === 'ArrowDown') move(1, true);
    else if (shown.length > 0 && event.key === 'ArrowUp') move(-1, true);
    else if (event.key === 'PageDown') move(pageSteps);
    else if (event.key === 'PageUp') move(-pageSteps);
    else return;
    event.preventDefault();
  };
  const onLinePress = (event: MouseEvent) => {
    const line = event.target instanceof Element ? event.target.closest('[role="option"]') : null;
    const index = [...(lines.current?.children ?? [])].indexOf(line as Element);
    run(drawn[index], event.ctrlKey || event.metaKey);
  };
  const modEnter = shortcutText(shortcut('Mod+Enter', keyboard), keyboard);
  const isForAll = scope === 'everything';
  return (
    <ModalOverlay
      isOpen
      isDismissable
      onOpenChange={(isOpen) => !isOpen && closeDialog()}
      className={styles.overlay ?? ''}
    >
      <Modal className={styles.modal ?? ''}>
        <AriaDialog aria-label={t('palette.title')} className={styles.palette ?? ''}>
          <input
            // biome-ignore lint/a11y/noAutofocus: it is what the palette was opened for.
            autoFocus
            type="text"
            role="combobox"
            aria-label={t(isForAll ? 'palette.box' : 'palette.quickBox')}
            aria-autocomplete="list"
            aria-expanded={shown.length > 0}
            aria-controls={listId}
            aria-activedescendant={shown.length > 0 ? `${listId}-${at}` : undefined}
            placeholder={t(isForAll ? 'palette.placeholder' : 'palette.quickPlaceholder')}
            spellCheck={false}
            autoComplete="off"
            className={styles.box}
            value={search}
            onChange={(event) => {
              lines.current?.scrollTo({ top: 0 });
              setSearch(event.target.value);
              setChosen(0);
            }}
            onKeyDown={onKeyDown}
          />
          {/* biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the input, which keeps the focus. */}
          <div
            ref={lines}
            role="listbox"
            id={listId}
            aria-label={t('palette.results')}
            tabIndex={-1}
            className={styles.list}
            // Before the input loses the focus to it.
            onPointerDown={(event) => event.preventDefault()}
            onClick={onLinePress}
          >
            {drawn.map((found, index) => {
              const id = `${listId}-${index}`;
              return <PaletteLine key={id} id={id} found={found} isChosen={index === at} />;
            })}
          </div>
          {shown.length === 0 && <p className={styles.none}>{t('palette.none')}</p>}
          {more > 0 && <p className={styles.none}>{t('palette.more', { count: more })}</p>}
          <span role="status" className="visuallyHidden">
            {search.trim() === '' ? '' : t('palette.found', { count: shown.length + more })}
          </span>
          <p className={styles.hints}>
            <span>{t('palette.hintMove')}</span>
            <span>{t('palette.hintEnter')}</span>
            <span>{t('palette.hintNotebook', { keys: modEnter })}</span>
          </p>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

interface PaletteLineProps {
  readonly id: string;
  readonly found: FoundEntry;
  readonly isChosen: boolean;
}

const PaletteLine = memo(function PaletteLine({ id, found: { entry, ranges }, isChosen }: PaletteLineProps) {
  const { t } = useTranslation('actions');
  const { kind, title, detail, shortcut: keys } = entry;
  const line = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (isChosen) line.current?.scrollIntoView({ block: 'nearest' });
  }, [isChosen]);
  return (
    <div ref={line} role="option" id={id} aria-selected={isChosen} tabIndex={-1} className={styles.line}>
      <span className={styles.title}>
        <Highlighted text={title} ranges={ranges} />
      </span>
      <span className={styles.detail}>{detail}</span>
      {keys !== undefined && <kbd className={styles.keys}>{shortcutText(keys, keyboardHere())}</kbd>}
      <span className={styles.kind}>{t(`palette.kind.${kind}`)}</span>
    </div>
  );
});
