import { useTranslation } from 'react-i18next';
import type { CommandPrompt } from '../../../shared/model/prompt';
import { Button } from '../../components/button';
import { Dialog } from '../../components/dialog';
import { answerPrompt } from '../../stores/prompts-store';
import styles from './prompt.module.css';

interface CommandDialogProps {
  readonly prompt: CommandPrompt;
  readonly machineName: string;
}

/** Shows a proxy command before it runs for the first time. The safe answer has the focus. */
export function CommandDialog({ prompt, machineName }: CommandDialogProps) {
  const { t } = useTranslation();
  const { promptId, command } = prompt;
  const cancel = () => answerPrompt({ kind: 'cancel', promptId });
  return (
    <Dialog
      title={t('prompt.command.title', { name: machineName })}
      role="alertdialog"
      width="wide"
      onCancel={cancel}
      buttons={
        <>
          <Button autoFocus onPress={cancel}>
            {t('common.cancel')}
          </Button>
          <Button
            variant="primary"
            onPress={() => answerPrompt({ kind: 'command', promptId, isConfirmed: true })}
          >
            {t('prompt.command.accept')}
          </Button>
        </>
      }
    >
      <p>{t('prompt.command.explanation')}</p>
      <pre className={`${styles.command} mono selectable`}>{command}</pre>
      <p className={styles.muted}>{t('prompt.command.advice')}</p>
    </Dialog>
  );
}
