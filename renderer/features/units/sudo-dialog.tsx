import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button';
import { Dialog } from '../../components/dialog';
import { TextField } from '../../components/text-field';

interface SudoDialogProps {
  readonly title: string;
  /** Why it is asked for. */
  readonly explanation: string;
  readonly verb: string;
  readonly isDangerous?: boolean;
  /** False: it is only asked whether to go on. */
  readonly asksForPassword: boolean;
  /** Says of the password when it is needed. */
  readonly hint?: 'passwordHint' | 'new.maybePassword';
  readonly onConfirm: (password: string) => void;
  readonly onClose: () => void;
}

/** Asks before something is done with a service, and for the password if sudo wants one. */
export function SudoDialog(props: SudoDialogProps) {
  const { title, explanation, verb, isDangerous = false, asksForPassword, onConfirm, onClose } = props;
  const { hint = 'passwordHint' } = props;
  const { t } = useTranslation();
  const [password, setPassword] = useState('');
  const confirm = () => {
    onConfirm(password);
    onClose();
  };
  return (
    <Dialog
      role="alertdialog"
      title={title}
      onCancel={onClose}
      onSubmit={confirm}
      buttons={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" variant={isDangerous ? 'danger' : 'primary'}>
            {verb}
          </Button>
        </>
      }
    >
      <p>{explanation}</p>
      {asksForPassword && (
        <TextField
          autoFocus
          label={t('password', { ns: 'units' })}
          type="password"
          value={password}
          onChange={setPassword}
          description={t(hint, { ns: 'units' })}
        />
      )}
    </Dialog>
  );
}
