import { AppWindow, Moon, NotebookText, TriangleAlert } from 'lucide-react';
import { useStore } from 'zustand';
import { canConnect } from '../../../shared/model/connection';
import type { WebTab } from '../../../shared/model/tab';
import { Spinner } from '../../components/spinner';
import { connectionStateOf, connectionsStore } from '../../stores/connections-store';
import { isTabBusy, kernelsStore } from '../../stores/kernels-store';
import { pageStatesStore } from '../../stores/page-states-store';
import { statusOf } from '../connection/status';
import { StatusIcon } from '../connection/status-icon';
import styles from './tab-icon.module.css';

/** What a page is at, or its connection while that is not in order; else the page's own icon, marked while it works. */
export function TabIcon({ tab }: { readonly tab: WebTab }) {
  const state = useStore(connectionsStore, (connections) => connectionStateOf(connections, tab.machineId));
  const page = useStore(pageStatesStore, (pages) => pages[tab.id]);
  const isBusy = useStore(kernelsStore, (kernels) => isTabBusy(kernels, tab));
  const { hindrance } = tab;
  if (hindrance.kind === 'waking') return <Spinner size={15} />;
  if (hindrance.kind === 'asleep') return <Moon aria-hidden size={15} />;
  if (hindrance.kind !== 'none' || page === 'failed') return <TriangleAlert aria-hidden size={15} />;
  if (state.kind === 'ready' || (canConnect(state) && state.kind !== 'failed')) {
    if (page === 'loading') return <Spinner size={15} />;
    return (
      <span className={isBusy ? styles.busy : styles.still}>
        {tab.serverId === null ? <AppWindow aria-hidden size={15} /> : <NotebookText aria-hidden size={15} />}
      </span>
    );
  }
  return <StatusIcon tone={statusOf(state).tone} size={15} />;
}
