import { Ellipsis, Plus, X } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { MachineId } from '../../../shared/model/machine';
import { Button } from '../../components/button';
import { IconButton } from '../../components/icon-button';
import { collapsedStore } from '../../stores/collapsed-store';
import { machinesStore } from '../../stores/machines-store';
import { recentMachinesStore } from '../../stores/recent-machines-store';
import {
  openGroupEditor,
  openGroupRemoval,
  openMachineEditor,
  selectNothing,
  viewStore,
} from '../../stores/view-store';
import { removeMachines } from '../machines/machine-actions';
import { openNotebook } from '../notebook/notebook-actions';
import { ConnectBox } from '../quick-connect/connect-box';
import { MachineSearch } from './machine-search';
import { MachineTree } from './machine-tree';
import styles from './machine-tree.module.css';
import { shiftRow } from './shift-row';
import type { MenuRequest, TreeHandlers } from './tree-handlers';
import { TreeMenu } from './tree-menu';
import { searchRows, type TreeRow, treeRows } from './tree-rows';
import { chooseNone, selectionStore } from './tree-store';

interface MachinePanelProps {
  /** The machine on the page in front; undefined while that is something else. */
  readonly shownId: MachineId | undefined;
}

/** The saved machines as a tree, or those that a search finds, with all that can be done with them. */
export function MachinePanel({ shownId }: MachinePanelProps) {
  const { t } = useTranslation();
  const { machines, groups } = useStore(machinesStore);
  const { machineIds: recentIds } = useStore(recentMachinesStore);
  const collapsed = useStore(collapsedStore);
  const search = useStore(viewStore, (view) => view.search);
  const isSearching = search.trim() !== '';
  const searcher = useMemo(() => new MachineSearch({ machines, groups }), [machines, groups]);
  const foundRows = useRef<readonly TreeRow[]>([]);
  const rows = useMemo(() => {
    if (!isSearching) return treeRows({ machines, groups, recentIds, collapsed });
    foundRows.current = searchRows(searcher.find(search), foundRows.current);
    return foundRows.current;
  }, [isSearching, searcher, search, machines, groups, recentIds, collapsed]);
  const [first] = rows;
  const [menu, setMenu] = useState<MenuRequest | null>(null);

  const moreRef = useRef<HTMLButtonElement>(null);
  const openListMenu = () => {
    const edges = moreRef.current?.getBoundingClientRect();
    setMenu({ row: null, machineIds: [], x: edges?.left ?? 0, y: edges?.bottom ?? 0 });
  };

  const handlers: TreeHandlers = {
    openMenu: setMenu,
    activate: ({ machine }) => openNotebook(machine.id),
    edit: (row) => {
      if (row.kind === 'machine') openMachineEditor(row.machine.id);
      else if (row.kind === 'group') openGroupEditor(row.group.id);
    },
    remove: (row, machineIds) => {
      if (row.kind === 'group') openGroupRemoval(row.group.id);
      else removeMachines(machines.filter(({ id }) => machineIds.includes(id)));
    },
    shift: (row, steps) => {
      if (!isSearching) shiftRow(row, steps, machines, groups);
    },
  };

  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the key is that of the input in it. */}
      <div
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return;
          event.preventDefault();
          document.querySelector<HTMLElement>('[role="treeitem"][tabindex="0"]')?.focus();
        }}
      >
        <ConnectBox
          bestMatch={isSearching && first?.kind === 'machine' ? first.machine : undefined}
          tools={
            <>
              <IconButton label={t('machine.new')} onPress={() => openMachineEditor(null)}>
                <Plus aria-hidden />
              </IconButton>
              <IconButton ref={moreRef} label={t('tree.more')} onPress={openListMenu}>
                <Ellipsis aria-hidden />
              </IconButton>
            </>
          }
        />
      </div>
      {machines.length === 0 && groups.length === 0 ? (
        <div className={styles.empty}>
          <p>{t('tree.none')}</p>
          <Button onPress={selectNothing}>{t('tree.toWelcome')}</Button>
        </div>
      ) : (
        <MachineTree rows={rows} groups={groups} shownId={shownId} handlers={handlers} />
      )}
      <span role="status" className="visuallyHidden">
        {isSearching ? t('tree.found', { count: rows.length }) : ''}
      </span>
      <SelectionBar onMenu={setMenu} />
      {menu && <TreeMenu request={menu} onClose={() => setMenu(null)} />}
    </>
  );
}

/** Says how many machines are selected, and what to do with them for those who know no context menus. */
function SelectionBar({ onMenu }: { readonly onMenu: (request: MenuRequest) => void }) {
  const { t } = useTranslation();
  const { machineIds } = useStore(selectionStore);
  const buttonRef = useRef<HTMLButtonElement>(null);
  if (machineIds.length < 2) return null;
  const openMenu = () => {
    const edges = buttonRef.current?.getBoundingClientRect();
    onMenu({ row: null, machineIds, x: edges?.left ?? 0, y: edges?.top ?? 0 });
  };
  return (
    <div className={styles.selectionBar}>
      <span>{t('tree.selected', { count: machineIds.length })}</span>
      <span className={styles.selectionTools}>
        <IconButton ref={buttonRef} label={t('tree.machineMenu')} onPress={openMenu}>
          <Ellipsis aria-hidden />
        </IconButton>
        <IconButton label={t('tree.unselect')} onPress={chooseNone}>
          <X aria-hidden />
        </IconButton>
      </span>
    </div>
  );
}
