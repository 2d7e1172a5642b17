import { useTranslation } from 'react-i18next';
import type { StartInstancePrompt } from '../../../shared/model/prompt';
import { Button } from '../../components/button';
import { Dialog } from '../../components/dialog';
import { answerPrompt } from '../../stores/prompts-store';
import styles from './prompt.module.css';

interface StartInstanceDialogProps {
  readonly prompt: StartInstancePrompt;
  readonly machineName: string;
}

/** Asks before an instance is started that costs money while it runs. */
export function StartInstanceDialog({ prompt, machineName }: StartInstanceDialogProps) {
  const { t } = useTranslation('ec2');
  const { promptId, instance, name } = prompt;
  const cancel = () => answerPrompt({ kind: 'cancel', promptId });
  return (
    <Dialog
      title={t('startPrompt.title', { name: prompt.hop ?? machineName })}
      role="alertdialog"
      onCancel={cancel}
      buttons={
        <>
          <Button autoFocus onPress={cancel}>
            {t('cancel')}
          </Button>
          <Button
            variant="primary"
            onPress={() => answerPrompt({ kind: 'startInstance', promptId, isConfirmed: true })}
          >
            {t('startPrompt.accept')}
          </Button>
        </>
      }
    >
      <p>{t('startPrompt.explanation')}</p>
      <p className={`${styles.muted} selectable`}>{name === '' ? instance : `${name} (${instance})`}</p>
    </Dialog>
  );
}
