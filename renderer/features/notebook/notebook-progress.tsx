import { useTranslation } from 'react-i18next';
import type { MachineId } from '../../../shared/model/machine';
import { type NotebookActivity, notebookSteps } from '../../../shared/model/notebook';
import { Button } from '../../components/button';
import { StepList } from '../../components/step-list';
import { disconnect } from '../connection/connection-actions';
import styles from './notebook.module.css';

interface NotebookProgressProps {
  readonly machineId: MachineId;
  readonly step: Extract<NotebookActivity, { kind: 'starting' }>['step'];
}

/** How far the opening of a notebook is, with a way to call it off. */
export function NotebookProgress({ machineId, step }: NotebookProgressProps) {
  const { t } = useTranslation();
  const steps = notebookSteps.map((id) => ({ id, text: t(`notebook.step.${id}`) }));
  return (
    <section className={styles.progress} aria-label={t('notebook.opening')} aria-live="polite">
      <StepList steps={steps} currentId={step} />
      <Button onPress={() => disconnect(machineId)}>{t('common.cancel')}</Button>
    </section>
  );
}
