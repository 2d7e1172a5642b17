import { useTranslation } from 'react-i18next';
import { type ConnectionState, canRetryNow } from '../../../shared/model/connection';
import type { MachineId } from '../../../shared/model/machine';
import { Button } from '../../components/button';
import { retryNow, setPaused } from './connection-actions';
import { RetryCountdown } from './retry-countdown';
import { statusOf } from './status';
import { StatusIcon } from './status-icon';
import styles from './status-row.module.css';

interface StatusRowProps {
  readonly machineId: MachineId;
  readonly state: ConnectionState;
}

/** The one sentence about a machine's connection; between retries also the countdown, and ways to skip or stop them. */
export function StatusRow({ machineId, state }: StatusRowProps) {
  const { t, i18n } = useTranslation();
  const { tone, sentence } = statusOf(state);
  const time =
    state.kind === 'ready'
      ? new Intl.DateTimeFormat(i18n.language, { timeStyle: 'short' }).format(state.sinceMs)
      : '';
  const nextTryAtMs = state.kind === 'waitingToRetry' ? state.nextTryAtMs : null;
  return (
    <div className={styles.row}>
      <StatusIcon tone={tone} />
      <p role="status">{t(`status.sentence.${sentence}`, { time })}</p>
      {nextTryAtMs !== null && <RetryCountdown nextTryAtMs={nextTryAtMs} />}
      {canRetryNow(state) && <Button onPress={() => retryNow(machineId)}>{t('connection.tryNow')}</Button>}
      {state.kind === 'waitingToRetry' && (
        <Button onPress={() => setPaused(nextTryAtMs !== null)}>
          {t(nextTryAtMs === null ? 'connection.resumeReconnecting' : 'connection.pauseReconnecting')}
        </Button>
      )}
    </div>
  );
}
