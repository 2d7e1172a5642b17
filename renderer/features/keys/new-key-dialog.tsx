import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type SshKeyKind, type SshKeyList, sshKeyKinds } from '../../../shared/model/ssh-key';
import { nuvem } from '../../api/nuvem';
import { Dialog } from '../../components/dialog';
import { FormButtons } from '../../components/form-buttons';
import { ProblemBox } from '../../components/problem-box';
import { Select } from '../../components/select';
import { TextField } from '../../components/text-field';
import { useTask } from '../../components/use-task';
import { errorTexts } from '../../i18n/error-texts';
import { freshKeyForm, type NewKeyForm, readNewKey, suggestedName } from './new-key-form';

interface NewKeyDialogProps {
  readonly takenNames: readonly string[];
  readonly onClose: () => void;
  readonly onMade: (list: SshKeyList) => void;
}

/** Makes a key pair. */
export function NewKeyDialog({ takenNames, onClose, onMade }: NewKeyDialogProps) {
  const { t } = useTranslation();
  const [form, setForm] = useState(() => freshKeyForm(takenNames));
  const [areProblemsShown, setAreProblemsShown] = useState(false);
  const task = useTask();
  const read = readNewKey(form, takenNames);
  const problems = areProblemsShown && 'problems' in read ? read.problems : {};
  const change = (part: Partial<NewKeyForm>) => setForm((current) => ({ ...current, ...part }));
  const changeKind = (kind: SshKeyKind) =>
    change({
      kind,
      ...(form.name === suggestedName(form.kind, takenNames) && { name: suggestedName(kind, takenNames) }),
    });
  const errorOf = (field: keyof NewKeyForm) => {
    const problem = problems[field];
    return problem && t(`keys.problem.${problem}`);
  };
  const make = () => {
    setAreProblemsShown(true);
    if ('problems' in read) return;
    const { key } = read;
    task.run(() => nuvem.keys.generate(key), onMade);
  };
  return (
    <Dialog
      title={t('keys.new')}
      onCancel={onClose}
      onSubmit={make}
      buttons={<FormButtons submit={t('keys.make')} isRunning={task.isRunning} onCancel={onClose} />}
    >
      {task.failure && <ProblemBox texts={errorTexts(t, task.failure.toReport())} />}
      <Select
        label={t('keys.kind')}
        value={form.kind}
        onChange={changeKind}
        options={sshKeyKinds.map((kind) => ({ value: kind, text: t(`keys.kinds.${kind}`) }))}
      />
      <TextField
        label={t('keys.fileName')}
        value={form.name}
        onChange={(name) => change({ name })}
        error={errorOf('name')}
        isMono
      />
      <TextField
        label={t('keys.comment')}
        description={t('keys.commentHint')}
        value={form.comment}
        onChange={(comment) => change({ comment })}
        error={errorOf('comment')}
      />
      <TextField
        label={t('keys.passphrase')}
        description={t('keys.passphraseHint')}
        type="password"
        value={form.passphrase}
        onChange={(passphrase) => change({ passphrase })}
      />
      <TextField
        label={t('keys.repeated')}
        type="password"
        value={form.repeated}
        onChange={(repeated) => change({ repeated })}
        error={errorOf('repeated')}
      />
    </Dialog>
  );
}
