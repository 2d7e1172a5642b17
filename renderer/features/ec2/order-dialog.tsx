import { useTranslation } from 'react-i18next';
import type { AwsAccountId } from '../../../shared/model/aws-account';
import type { Ec2Instance, InstanceOrder } from '../../../shared/model/ec2';
import { nuvem } from '../../api/nuvem';
import { Button } from '../../components/button';
import { Dialog } from '../../components/dialog';
import { useTask } from '../../components/use-task';
import { AwsProblem } from '../aws/aws-problem';
import { labelOf } from './instance-search';

interface OrderDialogProps {
  readonly accountId: AwsAccountId;
  readonly instance: Ec2Instance;
  readonly order: InstanceOrder;
  readonly onClose: () => void;
}

/** Asks before an instance is started, stopped or rebooted: says what that costs or ends. */
export function OrderDialog({ accountId, instance, order, onClose }: OrderDialogProps) {
  const { t } = useTranslation('ec2');
  const task = useTask();
  const { id: instanceId, isInstanceStore, autoScalingGroup } = instance;
  const give = () => nuvem.ec2.order({ accountId, instanceId, order });
  return (
    <Dialog
      role="alertdialog"
      title={t(`order.${order}.title`, { name: labelOf(instance) })}
      onCancel={onClose}
      buttons={
        <>
          <Button autoFocus onPress={onClose}>
            {t('cancel')}
          </Button>
          <Button
            variant={order === 'start' ? 'primary' : 'danger'}
            isDisabled={task.isRunning}
            onPress={() => task.run(give, onClose)}
          >
            {t(`order.${order}.do`)}
          </Button>
        </>
      }
    >
      {task.failure && <AwsProblem error={task.failure.toReport()} />}
      <p>{t(`order.${order}.explanation`)}</p>
      {order === 'stop' && isInstanceStore && <p>{t('cantStop')}</p>}
      {order === 'stop' && autoScalingGroup !== '' && <p>{t('replaced', { group: autoScalingGroup })}</p>}
    </Dialog>
  );
}
