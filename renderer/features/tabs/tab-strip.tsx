import { AppWindow, LayoutGrid, NotebookText, PanelLeft, X } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { canConnect } from '../../../shared/model/connection';
import type { TabId, WebTab } from '../../../shared/model/tab';
import { nuvem } from '../../api/nuvem';
import { IconButton } from '../../components/icon-button';
import { connectionStateOf, connectionsStore } from '../../stores/connections-store';
import { findMachine, machinesStore } from '../../stores/machines-store';
import { showFailure } from '../../stores/notices-store';
import { tabsStore } from '../../stores/tabs-store';
import { toggleSidebar, viewStore } from '../../stores/view-store';
import { statusOf } from '../connection/status';
import { StatusIcon } from '../connection/status-icon';
import { Tab } from './tab';
import { tabElementId } from './tab-ids';
import { neighbourTab } from './tab-order';
import styles from './tab-strip.module.css';

const activate = (tabId: TabId | null) => nuvem.tabs.activate({ tabId }).catch(showFailure);
const close = (tabId: TabId) => nuvem.tabs.close({ tabId }).catch(showFailure);
const focusTab = (tabId: TabId | null) => document.getElementById(tabElementId(tabId))?.focus();

/** Closes by keyboard: the focus, which was on the closed tab, goes to the one that came to the front. */
async function closeAndFocusNext(tabId: TabId): Promise<void> {
  await close(tabId);
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
  const { nameOf, machineNameOf } = useTabNames();

  const move = (tabId: TabId | null) => {
    activate(tabId);
    focusTab(tabId);
  };
  const onKeyDown = (event: KeyboardEvent, tabId: TabId | null) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const last = tabs.at(-1)?.id ?? null;
    if (event.key === 'ArrowRight') move(neighbourTab(tabs, tabId, 1));
    else if (event.key === 'ArrowLeft') move(neighbourTab(tabs, tabId, -1));
    else if (event.key === 'Home') move(null);
    else if (event.key === 'End') move(last);
    else if (event.key === 'Enter' || event.key === ' ') activate(tabId);
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
            onActivate={() => activate(null)}
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
              onActivate={() => activate(tab.id)}
              onKeyDown={(event) => onKeyDown(event, tab.id)}
              onMiddleClick={() => close(tab.id)}
            >
              <TabIcon tab={tab} />
              <span className={styles.title}>{tab.title}</span>{' '}
              <span className={styles.machine}>{machineNameOf(tab)}</span>
            </Tab>
          ))}
        </div>
        {tabs.map((tab, index) => (
          <div key={tab.id} className={styles.close} style={{ gridColumn: index + 2 }}>
            <IconButton label={t('tabs.close', { name: nameOf(tab) })} onPress={() => close(tab.id)}>
              <X aria-hidden />
            </IconButton>
          </div>
        ))}
      </div>
    </div>
  );
}

function useTabNames() {
  const machines = useStore(machinesStore);
  const machineNameOf = (tab: WebTab) => findMachine(machines, tab.machineId)?.name ?? '';
  return { machineNameOf, nameOf: (tab: WebTab) => `${tab.title}, ${machineNameOf(tab)}` };
}

/** A page's own icon, or its connection's while that is not in order. */
function TabIcon({ tab }: { readonly tab: WebTab }) {
  const state = useStore(connectionsStore, (connections) => connectionStateOf(connections, tab.machineId));
  if (state.kind === 'ready' || (canConnect(state) && state.kind !== 'failed')) {
    return tab.serverId === null ? (
      <AppWindow aria-hidden size={15} />
    ) : (
      <NotebookText aria-hidden size={15} />
    );
  }
  return <StatusIcon tone={statusOf(state).tone} size={15} />;
}
