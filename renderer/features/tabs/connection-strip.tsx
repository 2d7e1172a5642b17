import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { canConnect } from '../../../shared/model/connection';
import type { MachineId } from '../../../shared/model/machine';
import { Button } from '../../components/button';
import { errorTexts } from '../../i18n/error-texts';
import { connectionStateOf, connectionsStore } from '../../stores/connections-store';
import { findMachine, machinesStore } from '../../stores/machines-store';
import { connect } from '../connection/connection-actions';
import { StatusRow } from '../connection/status-row';
import styles from './connection-strip.module.css';

/** Says above a page why it stands still, for as long as its machine is not connected. */
export function ConnectionStrip({ machineId }: { readonly machineId: MachineId }) {
  const { t } = useTranslation();
  const state = useStore(connectionsStore, (connections) => connectionStateOf(connections, machineId));
  const machine = useStore(machinesStore, (list) => findMachine(list, machineId));
  if (state.kind === 'ready') return null;
  return (
    <div className={styles.strip}>
      <StatusRow machineId={machineId} state={state} />
      {state.kind === 'failed' && state.error.code !== 'cancelled' && (
        <p className={styles.reason}>{errorTexts(t, state.error, machine).what}</p>
      )}
      {canConnect(state) && <Button onPress={() => connect(machineId)}>{t('connection.connect')}</Button>}
    </div>
  );
}
