import { useTranslation } from 'react-i18next';
import type { Kernel } from '../../../shared/model/kernel';
import { Button } from '../../components/button';
import { Dialog } from '../../components/dialog';
import { kernelTitle } from './kernel-text';

/** What loses a kernel's variables. */
export type QuestionedOrder = 'restart' | 'shutDown';

interface KernelQuestionProps {
  readonly kernel: Kernel;
  readonly order: QuestionedOrder;
  readonly onCancel: () => void;
  readonly onConfirm: () => void;
}

/** Asks before a kernel loses what it holds. */
export function KernelQuestion({ kernel, order, onCancel, onConfirm }: KernelQuestionProps) {
  const { t } = useTranslation();
  return (
    <Dialog
      role="alertdialog"
      title={t(`home.${order}Title`, { name: kernelTitle(t, kernel) })}
      onCancel={onCancel}
      buttons={
        <>
          <Button autoFocus onPress={onCancel}>
            {t('common.cancel')}
          </Button>
          <Button variant="danger" onPress={onConfirm}>
            {t(`home.${order}Button`)}
          </Button>
        </>
      }
    >
      {kernel.state === 'busy' && <p>{t('home.isBusy')}</p>}
      <p>{t('home.variablesLost')}</p>
    </Dialog>
  );
}
