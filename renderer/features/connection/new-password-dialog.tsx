import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SecretPrompt } from '../../../shared/model/prompt';
import { Button } from '../../components/button';
import { Dialog } from '../../components/dialog';
import { TextField } from '../../components/text-field';
import { answerPrompt } from '../../stores/prompts-store';
import styles from './prompt.module.css';

interface NewPasswordDialogProps {
  readonly prompt: Extract<SecretPrompt, { kind: 'newPassword' }>;
  readonly machineName: string;
}

/** Asks for a password in place of one that has expired, twice, because it can't be seen. */
export function NewPasswordDialog({ prompt, machineName }: NewPasswordDialogProps) {
  const { t } = useTranslation();
  const [secret, setSecret] = useState('');
  const [repeated, setRepeated] = useState('');
  const { promptId, user, host, text } = prompt;
  const isDifferent = repeated !== '' && repeated !== secret;
  const isComplete = secret !== '' && repeated === secret;
  const cancel = () => answerPrompt({ kind: 'cancel', promptId });
  return (
    <Dialog
      title={t('prompt.newPassword.title', { name: prompt.hop ?? machineName })}
      onCancel={cancel}
      onSubmit={() => isComplete && answerPrompt({ kind: 'secret', promptId, secret, isRemembered: false })}
      buttons={
        <>
          <Button onPress={cancel}>{t('common.cancel')}</Button>
          <Button variant="primary" type="submit" isDisabled={!isComplete}>
            {t('prompt.newPassword.change')}
          </Button>
        </>
      }
    >
      <p className="selectable">{t('prompt.newPassword.explanation', { user, host })}</p>
      {text.trim() !== '' && <p className={`${styles.quote} selectable`}>{text.trim()}</p>}
      <TextField
        label={t('prompt.newPassword.label')}
        type="password"
        value={secret}
        onChange={setSecret}
        autoFocus
      />
      <TextField
        label={t('prompt.newPassword.repeat')}
        type="password"
        value={repeated}
        onChange={setRepeated}
        error={isDifferent ? t('prompt.newPassword.different') : undefined}
      />
    </Dialog>
  );
}
