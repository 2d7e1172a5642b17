import { LayoutGrid, PanelLeft, X } from 'lucide-react';
import { type KeyboardEvent, type MouseEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { isAwake, type TabId, type WebTab } from '../../../shared/model/tab';
import { ColourMark } from '../../components/colour-mark';
import { IconButton } from '../../components/icon-button';
import { isTabBusy, kernelsStore } from '../../stores/kernels-store';
import { findMachine, machinesStore } from '../../stores/machines-store';
import { tabsStore } from '../../stores/tabs-store';
import { toggleSidebar, viewStore } from '../../stores/view-store';
import { DownloadsButton } from '../downloads/downloads-button';
import { Tab } from './tab';
import { activateTab, closeTab } from './tab-actions';
import { TabIcon } from './tab-icon';
import { tabElementId } from './tab-ids';
import { TabMenu } from './tab-menu';
import { neighbourTab } from './tab-order';
import styles from './tab-strip.module.css';
import { useTabDrag } from './use-tab-drag';

const focusTab = (tabId: TabId | null) => document.getElementById(tabElementId(tabId))?.focus();

/** Closes by keyboard: the focus, which was on the closed tab, goes to the one that came to the front. */
async function closeAndFocusNext(tabId: TabId): Promise<void> {
  await closeTab(tabId);
  requestAnimationFrame(() => focusTab(tabsStore.getState().activeTabId));
}

/**
 * The open pages, the machines page first. Arrow keys, Home and End move, Delete closes (WAI-ARIA tabs pattern).
 * The close buttons stand beside the tab list, not in it, because a tab may hold no other control; the grid puts
 * each onto its tab.
 */
export function TabStrip() {
  const { t } = useTranslation();
  const { tabs, activeTabId } = useStore(tabsStore);
  const isSidebarHidden = useStore(viewStore, (view) => view.isSidebarHidden);
  const { nameOf, machineOf } = useTabNames();
  const { markOf, handlersOf } = useTabDrag(tabs);
  const [menu, setMenu] = useState<{ readonly tab: WebTab; readonly x: number; readonly y: number } | null>(
    null,
  );
  const openMenu = (event: MouseEvent, tab: WebTab) => {
    event.preventDefault();
    const { left, bottom } = event.currentTarget.getBoundingClientRect();
    // By keyboard there is no place of a mouse.
    const isByMouse = event.button === 2;
    setMenu({ tab, x: isByMouse ? event.clientX : left, y: isByMouse ? event.clientY : bottom });
  };

  const move = (tabId: TabId | null) => {
    activateTab(tabId);
    focusTab(tabId);
  };
  const onKeyDown = (event: KeyboardEvent, tabId: TabId | null) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const last = tabs.at(-1)?.id ?? null;
    if (event.key === 'ArrowRight') move(neighbourTab(tabs, tabId, 1));
    else if (event.key === 'ArrowLeft') move(neighbourTab(tabs, tabId, -1));
    else if (event.key === 'Home') move(null);
    else if (event.key === 'End') move(last);
    else if (event.key === 'Enter' || event.key === ' ') activateTab(tabId);
    else if (event.key === 'Delete' && tabId !== null) closeAndFocusNext(tabId);
    else return;
    event.preventDefault();
  };
  return (
    <div className={styles.strip}>
      <IconButton
        label={isSidebarHidden ? t('shell.showSidebar') : t('shell.hideSidebar')}
        onPress={toggleSidebar}
      >
        <PanelLeft aria-hidden />
      </IconButton>
      <div className={styles.grid}>
        <div role="tablist" aria-label={t('tabs.list')} className={styles.list}>
          <Tab
            tabId={null}
            name={t('tabs.home')}
            isInFront={activeTabId === null}
            column={1}
            onActivate={() => activateTab(null)}
            onKeyDown={(event) => onKeyDown(event, null)}
          >
            <LayoutGrid aria-hidden size={15} />
            <span className={styles.title}>{t('tabs.home')}</span>
          </Tab>
          {tabs.map((tab, index) => (
            <Tab
              key={tab.id}
              tabId={tab.id}
              name={nameOf(tab)}
              isInFront={tab.id === activeTabId}
              column={index + 2}
              isAsleep={!isAwake(tab)}
              mark={markOf(tab.id)}
              drag={handlersOf(tab.id)}
              onMenu={(event) => openMenu(event, tab)}
              onActivate={() => activateTab(tab.id)}
              onKeyDown={(event) => onKeyDown(event, tab.id)}
              onMiddleClick={() => closeTab(tab.id)}
            >
              <ColourMark colour={machineOf(tab)?.colour ?? null} />
              <TabIcon tab={tab} />
              <span className={styles.title}>{tab.title}</span>{' '}
              <span className={styles.machine}>{machineOf(tab)?.name}</span>
            </Tab>
          ))}
        </div>
        {tabs.map((tab, index) => (
          <div key={tab.id} className={styles.close} style={{ gridColumn: index + 2 }}>
            <IconButton label={t('tabs.close', { name: nameOf(tab) })} onPress={() => closeTab(tab.id)}>
              <X aria-hidden />
            </IconButton>
          </div>
        ))}
      </div>
      <DownloadsButton />
      {menu && <TabMenu {...menu} name={nameOf(menu.tab)} onClose={() => setMenu(null)} />}
    </div>
  );
}

function useTabNames() {
  const machines = useStore(machinesStore);
  const kernels = useStore(kernelsStore);
  const { t } = useTranslation();
  const machineOf = (tab: WebTab) => findMachine(machines, tab.machineId);
  const nameOf = (tab: WebTab) => {
    const name = `${tab.title}, ${machineOf(tab)?.name ?? ''}`;
    if (!isAwake(tab)) return t('tabs.asleepName', { name });
    return isTabBusy(kernels, tab) ? t('tabs.busyName', { name }) : name;
  };
  return { machineOf, nameOf };
}
