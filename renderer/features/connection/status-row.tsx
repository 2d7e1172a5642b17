import { useTranslation } from 'react-i18next';
import { type ConnectionState, canRetryNow } from '../../../shared/model/connection';
import type { MachineId } from '../../../shared/model/machine';
import { Button } from '../../components/button';
import { retryNow } from './connection-actions';
import { RetryCountdown } from './retry-countdown';
import { statusOf } from './status';
import { StatusIcon } from './status-icon';
import styles from './status-row.module.css';

interface StatusRowProps {
  readonly machineId: MachineId;
  readonly state: ConnectionState;
}

/** The one sentence about a machine's connection; between retries also the countdown and a way to skip it. */
export function StatusRow({ machineId, state }: StatusRowProps) {
  const { t, i18n } = useTranslation();
  const { tone, sentence } = statusOf(state);
  const time =
    state.kind === 'ready'
      ? new Intl.DateTimeFormat(i18n.language, { timeStyle: 'short' }).format(state.sinceMs)
      : '';
  return (
    <div className={styles.row}>
      <StatusIcon tone={tone} />
      <p role="status">{t(`status.sentence.${sentence}`, { time })}</p>
      {state.kind === 'waitingToRetry' && <RetryCountdown nextTryAtMs={state.nextTryAtMs} />}
      {canRetryNow(state) && <Button onPress={() => retryNow(machineId)}>{t('connection.tryNow')}</Button>}
    </div>
  );
}
