import { Plus, RefreshCw } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { AwsAccountId } from '../../../shared/model/aws-account';
import type { MetricName, MetricResource, MetricSource } from '../../../shared/model/metric';
import type { MetricAlarm } from '../../../shared/model/metric-alarm';
import { nuvem } from '../../api/nuvem';
import { Button } from '../../components/button';
import { Dialog } from '../../components/dialog';
import { IconButton } from '../../components/icon-button';
import { Nothing } from '../../components/page';
import { RowList } from '../../components/row-list';
import { Section } from '../../components/section';
import { Spinner } from '../../components/spinner';
import { Switch } from '../../components/switch';
import { useTask } from '../../components/use-task';
import { alarmsStore } from '../../stores/alarms-store';
import { showFailure } from '../../stores/notices-store';
import { AwsProblem } from '../aws/aws-problem';
import { AlarmDialog } from './alarm-dialog';
import { AlarmRow } from './alarm-row';
import styles from './metrics.module.css';

interface AlarmSectionProps {
  readonly accountId: AwsAccountId;
  readonly source: MetricSource;
  readonly metric: MetricName;
  /** What a new alarm can be of. */
  readonly resources: readonly MetricResource[];
}

type Open =
  | { readonly kind: 'none' }
  | { readonly kind: 'new' }
  | { readonly kind: 'removal'; readonly alarm: MetricAlarm };

/** The alarms of an account, watched for as long as they are shown. */
export function AlarmSection({ accountId, source, metric, resources }: AlarmSectionProps) {
  const { t } = useTranslation('metrics');
  const snapshot = useStore(alarmsStore);
  const [open, setOpen] = useState<Open>({ kind: 'none' });
  useEffect(() => {
    nuvem.metrics.lookAtAlarms({ accountId }).catch(showFailure);
    return () => void nuvem.metrics.lookAtAlarms({ accountId: null }).catch(showFailure);
  }, [accountId]);
  const close = () => setOpen({ kind: 'none' });
  const isOurs = snapshot.accountId === accountId;
  const alarms = isOurs ? snapshot.alarms : [];
  return (
    <Section
      id="metric-alarms"
      title={t('alarms')}
      actions={
        <>
          <IconButton
            label={t('refreshAlarms')}
            isDisabled={isOurs && snapshot.isLoading}
            onPress={() => void nuvem.metrics.refreshAlarms().catch(showFailure)}
          >
            {isOurs && snapshot.isLoading ? <Spinner size={15} /> : <RefreshCw aria-hidden />}
          </IconButton>
          <Button
            icon={<Plus aria-hidden />}
            isDisabled={resources.length === 0}
            onPress={() => setOpen({ kind: 'new' })}
          >
            {t('newAlarm')}
          </Button>
        </>
      }
    >
      {isOurs && snapshot.error && <AwsProblem error={snapshot.error} />}
      <Switch
        isSelected={isOurs && snapshot.isTold}
        onChange={(isTold) => void nuvem.metrics.setAlarmsTold({ accountId, isTold }).catch(showFailure)}
      >
        {t('tellMe')}
      </Switch>
      <p className={styles.muted}>{t('tellNote')}</p>
      {isOurs && snapshot.atMs !== null && alarms.length === 0 && <Nothing>{t('noAlarms')}</Nothing>}
      {alarms.length > 0 && (
        <RowList>
          {alarms.map((alarm) => (
            <AlarmRow key={alarm.name} alarm={alarm} onDelete={() => setOpen({ kind: 'removal', alarm })} />
          ))}
        </RowList>
      )}
      {open.kind === 'new' && <AlarmDialog {...{ accountId, source, metric, resources }} onClose={close} />}
      {open.kind === 'removal' && (
        <DeleteAlarmDialog accountId={accountId} name={open.alarm.name} onClose={close} />
      )}
    </Section>
  );
}

interface DeleteAlarmDialogProps {
  readonly accountId: AwsAccountId;
  readonly name: string;
  readonly onClose: () => void;
}

function DeleteAlarmDialog({ accountId, name, onClose }: DeleteAlarmDialogProps) {
  const { t } = useTranslation('metrics');
  const task = useTask();
  return (
    <Dialog
      role="alertdialog"
      title={t('deleteAlarmTitle', { name })}
      onCancel={onClose}
      buttons={
        <>
          <Button autoFocus onPress={onClose}>
            {t('cancel')}
          </Button>
          <Button
            variant="danger"
            isDisabled={task.isRunning}
            onPress={() => task.run(() => nuvem.metrics.deleteAlarm({ accountId, name }), onClose)}
          >
            {t('delete')}
          </Button>
        </>
      }
    >
      {task.failure && <AwsProblem error={task.failure.toReport()} />}
      <p>{t('deleteAlarmExplanation')}</p>
    </Dialog>
  );
}
