import { useTranslation } from 'react-i18next';
import type { AwsAccountId } from '../../../../shared/model/aws-account';
import type { EmrStep } from '../../../../shared/model/emr-step';
import { nuvem } from '../../../api/nuvem';
import { Button } from '../../../components/button';
import { Dialog } from '../../../components/dialog';
import { useTask } from '../../../components/use-task';
import { AwsProblem } from '../../aws/aws-problem';

interface CancelStepDialogProps {
  readonly accountId: AwsAccountId;
  readonly clusterId: string;
  readonly step: EmrStep;
  readonly onClose: () => void;
}

/** Asks before a step is cancelled: what it has done so far may be lost. */
export function CancelStepDialog({ accountId, clusterId, step, onClose }: CancelStepDialogProps) {
  const { t } = useTranslation('clusters');
  const task = useTask();
  const cancel = () => nuvem.emrSteps.cancel({ accountId, clusterId, stepId: step.id });
  return (
    <Dialog
      role="alertdialog"
      title={t('steps.cancelTitle', { name: step.name })}
      onCancel={onClose}
      buttons={
        <>
          <Button autoFocus onPress={onClose}>
            {t('steps.keep')}
          </Button>
          <Button variant="danger" isDisabled={task.isRunning} onPress={() => task.run(cancel, onClose)}>
            {t('steps.cancel')}
          </Button>
        </>
      }
    >
      {task.failure && <AwsProblem error={task.failure.toReport()} />}
      <p>{t(step.state === 'RUNNING' ? 'steps.cancelRunning' : 'steps.cancelPending')}</p>
    </Dialog>
  );
}
