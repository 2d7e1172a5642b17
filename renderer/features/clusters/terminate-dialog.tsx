import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AwsAccountId } from '../../../shared/model/aws-account';
import type { EmrCluster } from '../../../shared/model/emr-cluster';
import { nuvem } from '../../api/nuvem';
import { Button } from '../../components/button';
import { Checkbox } from '../../components/checkbox';
import { Dialog } from '../../components/dialog';
import { useTask } from '../../components/use-task';
import { AwsProblem } from '../aws/aws-problem';

interface TerminateDialogProps {
  readonly accountId: AwsAccountId;
  readonly cluster: EmrCluster;
  readonly onClose: () => void;
}

/** Ends a cluster for good: says what is lost, and keeps what makes another one like it. */
export function TerminateDialog({ accountId, cluster, onClose }: TerminateDialogProps) {
  const { t } = useTranslation('clusters');
  const [keepsTemplate, setKeepsTemplate] = useState(true);
  const task = useTask();
  const isProtected = task.failure?.code === 'emr-protected';
  const terminate = async () => {
    const clusterId = cluster.id;
    if (keepsTemplate) await nuvem.emr.saveTemplate(await nuvem.emr.templateOf({ accountId, clusterId }));
    await nuvem.emr.terminate({ accountId, clusterId, liftsProtection: isProtected });
  };
  return (
    <Dialog
      role="alertdialog"
      title={t('terminateTitle', { name: cluster.name })}
      onCancel={onClose}
      buttons={
        <>
          <Button autoFocus onPress={onClose}>
            {t('cancel')}
          </Button>
          <Button variant="danger" isDisabled={task.isRunning} onPress={() => task.run(terminate, onClose)}>
            {t(isProtected ? 'terminateProtected' : 'terminate')}
          </Button>
        </>
      }
    >
      {task.failure && <AwsProblem error={task.failure.toReport()} />}
      <p>{t('terminateExplanation')}</p>
      <p>{t('noStop')}</p>
      <Checkbox isSelected={keepsTemplate} onChange={setKeepsTemplate}>
        {t('keepTemplate')}
      </Checkbox>
    </Dialog>
  );
}
