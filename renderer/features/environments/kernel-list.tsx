import { Cpu } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Kernelspec } from '../../../shared/model/environment';
import type { MachineId } from '../../../shared/model/machine';
import { nuvem } from '../../api/nuvem';
import { Button } from '../../components/button';
import { Dialog } from '../../components/dialog';
import { Disclosure } from '../../components/disclosure';
import { ProblemBox } from '../../components/problem-box';
import { Row, RowFacts, RowList, RowProblem, RowTitle } from '../../components/row-list';
import { useTask } from '../../components/use-task';
import { errorTexts } from '../../i18n/error-texts';

interface KernelListProps {
  readonly machineId: MachineId;
  readonly kernels: readonly Kernelspec[];
}

/** The kernels that every Jupyter of the machine offers; those that cannot start are marked. Nothing without any. */
export function KernelList({ machineId, kernels }: KernelListProps) {
  const { t } = useTranslation();
  const [leaving, setLeaving] = useState<Kernelspec | null>(null);
  if (kernels.length === 0) return null;
  const brokenCount = kernels.filter(({ isBroken }) => isBroken).length;
  const title = [
    t('kernels', { ns: 'environments', count: kernels.length }),
    ...(brokenCount === 0 ? [] : [t('brokenKernels', { ns: 'environments', count: brokenCount })]),
  ].join(', ');
  return (
    <Disclosure title={title}>
      <RowList label={title}>
        {kernels.map((kernel) => (
          <Row
            key={kernel.folder}
            icon={<Cpu aria-hidden size={18} />}
            actions={
              kernel.isRemovable && (
                <Button
                  variant="quiet"
                  aria-label={t('removeKernelNamed', { ns: 'environments', name: kernel.displayName })}
                  onPress={() => setLeaving(kernel)}
                >
                  {t('removeKernel', { ns: 'environments' })}
                </Button>
              )
            }
          >
            <RowTitle>
              <span className="selectable">{kernel.displayName}</span>
            </RowTitle>
            <RowFacts isMono>{kernel.interpreter || kernel.folder}</RowFacts>
            {kernel.isBroken && <RowProblem>{t('kernelBroken', { ns: 'environments' })}</RowProblem>}
          </Row>
        ))}
      </RowList>
      {leaving && <Removal machineId={machineId} kernel={leaving} onClose={() => setLeaving(null)} />}
    </Disclosure>
  );
}

interface RemovalProps {
  readonly machineId: MachineId;
  readonly kernel: Kernelspec;
  readonly onClose: () => void;
}

/** Asks before a kernel leaves the lists of all Jupyters. */
function Removal({ machineId, kernel, onClose }: RemovalProps) {
  const { t } = useTranslation();
  const task = useTask();
  const { displayName: name, folder } = kernel;
  return (
    <Dialog
      role="alertdialog"
      title={t('removeKernelTitle', { ns: 'environments', name })}
      onCancel={onClose}
      buttons={
        <>
          <Button autoFocus onPress={onClose}>
            {t('common.cancel')}
          </Button>
          <Button
            variant="danger"
            isDisabled={task.isRunning}
            onPress={() => task.run(() => nuvem.environments.removeKernel({ machineId, folder }), onClose)}
          >
            {t('removeKernel', { ns: 'environments' })}
          </Button>
        </>
      }
    >
      {task.failure && <ProblemBox texts={errorTexts(t, task.failure.toReport())} />}
      <p>{t('removeKernelExplanation', { ns: 'environments' })}</p>
      <RowFacts isMono>{folder}</RowFacts>
    </Dialog>
  );
}
