import { useTranslation } from 'react-i18next';
import type { AppError } from '../../../shared/errors/app-error';
import { Button } from '../../components/button';
import { Dialog } from '../../components/dialog';

interface ReplaceDialogProps {
  readonly error: AppError;
  readonly onClose: () => void;
  readonly onReplace: () => void;
}

/** Asks before something in the folder is replaced. */
export function ReplaceDialog({ error, onClose, onReplace }: ReplaceDialogProps) {
  const { t } = useTranslation('s3');
  const { names = '', count = 1 } = error.toReport().params;
  return (
    <Dialog
      role="alertdialog"
      title={t('replaceTitle')}
      onCancel={onClose}
      buttons={
        <>
          <Button autoFocus onPress={onClose}>
            {t('cancel')}
          </Button>
          <Button variant="danger" onPress={onReplace}>
            {t('replace')}
          </Button>
        </>
      }
    >
      <p>{t('replaceExplanation', { names, count: Number(count) })}</p>
    </Dialog>
  );
}
