import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SshKey, SshKeyList } from '../../../shared/model/ssh-key';
import { nuvem } from '../../api/nuvem';
import { Dialog } from '../../components/dialog';
import { FormButtons } from '../../components/form-buttons';
import { ProblemBox } from '../../components/problem-box';
import { TextField } from '../../components/text-field';
import { useTask } from '../../components/use-task';
import { errorTexts } from '../../i18n/error-texts';

interface PassphraseDialogProps {
  readonly sshKey: SshKey;
  readonly onClose: () => void;
  readonly onChanged: (list: SshKeyList) => void;
}

/** Sets, changes or removes a key's passphrase. */
export function PassphraseDialog({ sshKey, onClose, onChanged }: PassphraseDialogProps) {
  const { t } = useTranslation();
  const { name, isEncrypted, container } = sshKey;
  const [old, setOld] = useState('');
  const [fresh, setFresh] = useState('');
  const [repeated, setRepeated] = useState('');
  const [isDifferent, setIsDifferent] = useState(false);
  const task = useTask();
  const change = () => {
    setIsDifferent(fresh !== repeated);
    if (fresh !== repeated) return;
    task.run(
      () => nuvem.keys.changePassphrase({ name, oldPassphrase: old, newPassphrase: fresh }),
      onChanged,
    );
  };
  return (
    <Dialog
      title={t('keys.passphraseTitle', { name })}
      onCancel={onClose}
      onSubmit={change}
      buttons={
        <FormButtons submit={t('keys.changePassphrase')} isRunning={task.isRunning} onCancel={onClose} />
      }
    >
      {task.failure && <ProblemBox texts={errorTexts(t, task.failure.toReport())} />}
      {isEncrypted && (
        <TextField label={t('keys.oldPassphrase')} type="password" value={old} onChange={setOld} autoFocus />
      )}
      <TextField
        label={t('keys.newPassphrase')}
        description={t('keys.newPassphraseHint')}
        type="password"
        value={fresh}
        onChange={setFresh}
      />
      <TextField
        label={t('keys.repeated')}
        type="password"
        value={repeated}
        onChange={setRepeated}
        error={isDifferent ? t('keys.problem.passphrases-differ') : undefined}
      />
      {container === 'pem' && <p>{t('keys.pemBecomesOpenSsh')}</p>}
    </Dialog>
  );
}
