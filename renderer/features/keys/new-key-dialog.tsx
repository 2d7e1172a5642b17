import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AppError } from '../../../shared/errors/app-error';
import { type SshKeyKind, type SshKeyList, sshKeyKinds } from '../../../shared/model/ssh-key';
import { nuvem } from '../../api/nuvem';
import { Button } from '../../components/button';
import { Dialog } from '../../components/dialog';
import { ProblemBox } from '../../components/problem-box';
import { Select } from '../../components/select';
import { Spinner } from '../../components/spinner';
import { TextField } from '../../components/text-field';
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
  const [isMaking, setIsMaking] = useState(false);
  const [failure, setFailure] = useState<AppError | null>(null);
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
    if ('problems' in read || isMaking) return;
    setIsMaking(true);
    setFailure(null);
    nuvem.keys
      .generate(read.key)
      .then(onMade)
      .catch((thrown: unknown) => {
        setIsMaking(false);
        setFailure(AppError.from(thrown));
      });
  };
  return (
    <Dialog
      title={t('keys.new')}
      onCancel={onClose}
      onSubmit={make}
      buttons={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button
            variant="primary"
            type="submit"
            isDisabled={isMaking}
            {...(isMaking ? { icon: <Spinner size={15} /> } : {})}
          >
            {t('keys.make')}
          </Button>
        </>
      }
    >
      {failure && <ProblemBox texts={errorTexts(t, failure.toReport())} />}
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
