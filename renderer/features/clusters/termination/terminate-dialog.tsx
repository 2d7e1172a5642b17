import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AwsAccountId } from '../../../../shared/model/aws-account';
import { type EmrCluster, hasPrimaryNode } from '../../../../shared/model/emr-cluster';
import { nuvem } from '../../../api/nuvem';
import { Button } from '../../../components/button';
import { Checkbox } from '../../../components/checkbox';
import { Dialog } from '../../../components/dialog';
import { useTask } from '../../../components/use-task';
import { showFailure } from '../../../stores/notices-store';
import { AwsProblem } from '../../aws/aws-problem';
import { NodeDialog } from '../nodes/node-dialog';
import { usePrimaryNode } from '../nodes/use-primary-node';
import { NodeFilesPart } from './node-files-part';
import { useNodeFiles } from './use-node-files';

interface TerminateDialogProps {
  readonly accountId: AwsAccountId;
  readonly cluster: EmrCluster;
  readonly onClose: () => void;
}

/**
 * Ends a cluster for good: says what is lost, copies from its primary node what the user wants to keep, and keeps what
 * makes another one like it. Nothing is terminated before all that was chosen is safe.
 */
export function TerminateDialog({ accountId, cluster, onClose }: TerminateDialogProps) {
  const { t } = useTranslation('clusters');
  const clusterId = cluster.id;
  const [keepsTemplate, setKeepsTemplate] = useState(true);
  const [isBinding, setBinding] = useState(false);
  const { node, machine, failure, bound } = usePrimaryNode(
    accountId,
    clusterId,
    hasPrimaryNode(cluster.state),
  );
  const files = useNodeFiles(accountId, clusterId);
  const task = useTask();
  const isProtected = task.failure?.code === 'emr-protected';
  const isCopying = files.state.kind === 'copying';
  /** False: not everything is safe, or the user chose no folder for it. */
  const terminate = async (): Promise<boolean> => {
    const paths = files.chosen.map(({ path }) => path);
    if (paths.length > 0 && (await nuvem.emrNodeFiles.copy({ paths })) !== 'copied') return false;
    if (keepsTemplate) await nuvem.emr.saveTemplate(await nuvem.emr.templateOf({ accountId, clusterId }));
    await nuvem.emr.terminate({ accountId, clusterId, liftsProtection: isProtected });
    return true;
  };
  if (isBinding && node)
    return (
      <NodeDialog
        accountId={accountId}
        clusterId={clusterId}
        node={node}
        machine={machine}
        onClose={() => setBinding(false)}
        onBound={(machineId) => {
          setBinding(false);
          bound(machineId);
          files.look();
        }}
      />
    );
  const cancelCopy = () => void nuvem.emrNodeFiles.cancelCopy().catch(showFailure);
  const toCopy = files.toCopy.length;
  const label = () => {
    if (isProtected) return t('terminateProtected');
    return toCopy > 0 ? t('nodeFiles.copyAndTerminate', { count: toCopy }) : t('terminate');
  };
  return (
    <Dialog
      role="alertdialog"
      title={t('terminateTitle', { name: cluster.name })}
      width={node ? 'wide' : 'narrow'}
      onCancel={isCopying ? cancelCopy : onClose}
      buttons={
        <>
          <Button autoFocus onPress={isCopying ? cancelCopy : onClose}>
            {t(isCopying ? 'nodeFiles.cancelCopy' : 'cancel')}
          </Button>
          <Button
            variant="danger"
            isDisabled={task.isRunning || isCopying || files.state.kind === 'looking'}
            onPress={() => task.run(terminate, (isDone) => isDone && onClose())}
          >
            {label()}
          </Button>
        </>
      }
    >
      {task.failure && task.failure.code !== 'cancelled' && <AwsProblem error={task.failure.toReport()} />}
      <p>{t('terminateExplanation')}</p>
      <p>{t('noStop')}</p>
      {failure && <AwsProblem error={failure.toReport()} />}
      {node && (
        <NodeFilesPart files={files} isBound={machine !== undefined} onBind={() => setBinding(true)} />
      )}
      <Checkbox isSelected={keepsTemplate} onChange={setKeepsTemplate}>
        {t('keepTemplate')}
      </Checkbox>
    </Dialog>
  );
}
