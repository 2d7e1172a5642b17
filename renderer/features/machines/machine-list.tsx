import { ListBox, ListBoxItem } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Machine } from '../../../shared/model/machine';
import { connectionStateOf, connectionsStore } from '../../stores/connections-store';
import { statusOf } from '../connection/status';
import { StatusIcon } from '../connection/status-icon';
import { openNotebook } from '../notebook/notebook-actions';
import { showMachine } from './machine-actions';
import styles from './machine-list.module.css';
import { routeText } from './route-text';

interface MachineListProps {
  readonly machines: readonly Machine[];
  /** The machine on the page in front; none while that is a notebook page. */
  readonly shown: Machine | undefined;
}

/** The machines to choose from; Enter or a double click opens the notebook. */
export function MachineList({ machines, shown }: MachineListProps) {
  const { t } = useTranslation();
  return (
    <ListBox
      aria-label={t('machine.list')}
      selectionMode="single"
      selectionBehavior="replace"
      disallowEmptySelection
      selectedKeys={shown ? [shown.id] : []}
      onSelectionChange={(keys) => {
        const machine = machines.find(({ id }) => keys !== 'all' && keys.has(id));
        if (machine) showMachine(machine.id);
      }}
      onAction={(key) => {
        const machine = machines.find(({ id }) => id === key);
        if (machine) openNotebook(machine.id);
      }}
      renderEmptyState={() => <p className={styles.empty}>{t('machine.noMatch')}</p>}
      className={styles.list ?? ''}
    >
      {machines.map((machine) => (
        <ListBoxItem key={machine.id} id={machine.id} textValue={machine.name} className={styles.item ?? ''}>
          <MachineItem machine={machine} />
        </ListBoxItem>
      ))}
    </ListBox>
  );
}

function MachineItem({ machine }: { readonly machine: Machine }) {
  const { t } = useTranslation();
  const state = useStore(connectionsStore, (connections) => connectionStateOf(connections, machine.id));
  const { tone } = statusOf(state);
  return (
    <>
      <StatusIcon tone={tone} />
      <span className={styles.name}>{machine.name}</span>
      <span className={styles.route}>{routeText(machine.route)}</span>
      <span className={tone === 'idle' ? 'visuallyHidden' : styles.status}>{t(`status.short.${tone}`)}</span>
    </>
  );
}
