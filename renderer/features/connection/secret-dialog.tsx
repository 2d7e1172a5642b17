import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SecretPrompt } from '../../../shared/model/prompt';
import { Button } from '../../components/button';
import { Checkbox } from '../../components/checkbox';
import { Dialog } from '../../components/dialog';
import { TextField } from '../../components/text-field';
import { answerPrompt } from '../../stores/prompts-store';

interface SecretDialogProps {
  readonly prompt: Extract<SecretPrompt, { kind: 'passphrase' | 'password' }>;
  readonly machineName: string;
}

/** Asks for a key's passphrase or the user's password. */
export function SecretDialog({ prompt, machineName }: SecretDialogProps) {
  const { t } = useTranslation();
  const [secret, setSecret] = useState('');
  const [isRemembered, setIsRemembered] = useState(false);
  const { promptId, kind, wasWrong, canRemember } = prompt;
  const cancel = () => answerPrompt({ kind: 'cancel', promptId });
  return (
    <Dialog
      title={t(`prompt.${kind}.title`, { name: prompt.hop ?? machineName })}
      onCancel={cancel}
      onSubmit={() => answerPrompt({ kind: 'secret', promptId, secret, isRemembered })}
      buttons={
        <>
          <Button onPress={cancel}>{t('common.cancel')}</Button>
          <Button variant="primary" type="submit">
            {t('prompt.continue')}
          </Button>
        </>
      }
    >
      <p className="selectable">
        {prompt.kind === 'passphrase'
          ? t('prompt.passphrase.explanation', { path: prompt.keyPath })
          : t('prompt.password.explanation', { user: prompt.user, host: prompt.host })}
      </p>
      <TextField
        label={t(`prompt.${kind}.label`)}
        type="password"
        value={secret}
        onChange={setSecret}
        autoFocus
        error={wasWrong && secret === '' ? t(`prompt.${kind}.wrong`) : undefined}
      />
      <Checkbox isSelected={isRemembered} onChange={setIsRemembered}>
        {canRemember ? t('prompt.remember') : t('prompt.rememberForThisRun')}
      </Checkbox>
    </Dialog>
  );
}
