import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AwsAccount, AwsProfile } from '../../../shared/model/aws-account';
import { nuvem } from '../../api/nuvem';
import { Dialog } from '../../components/dialog';
import { FormButtons } from '../../components/form-buttons';
import { ProblemBox } from '../../components/problem-box';
import { Select } from '../../components/select';
import { TextField } from '../../components/text-field';
import { useTask } from '../../components/use-task';
import { errorTexts } from '../../i18n/error-texts';
import { type AccountForm, accountForm, readAccount, withProfile } from './account-form';

const exampleRegion = 'us-east-1';

interface AccountDialogProps {
  /** Null: a new one. */
  readonly account: AwsAccount | null;
  readonly profiles: readonly AwsProfile[];
  readonly onClose: () => void;
  readonly onSaved: (account: AwsAccount) => void;
}

/** Names an account: which profile, where. */
export function AccountDialog({ account, profiles, onClose, onSaved }: AccountDialogProps) {
  const { t } = useTranslation('aws');
  const { t: tOfErrors } = useTranslation();
  const [form, setForm] = useState(() => accountForm(account, profiles));
  const [areProblemsShown, setAreProblemsShown] = useState(false);
  const task = useTask();
  const read = readAccount(form, account);
  const problems = areProblemsShown && 'problems' in read ? read.problems : {};
  const change = (part: Partial<AccountForm>) => setForm((current) => ({ ...current, ...part }));
  const errorOf = (field: keyof AccountForm) => {
    const problem = problems[field];
    return problem && t(`problem.${problem}`);
  };
  const save = () => {
    setAreProblemsShown(true);
    if ('problems' in read) return;
    const { draft } = read;
    task.run(() => nuvem.aws.save(draft), onSaved);
  };
  const listed = profiles.find(({ name }) => name === form.profile);
  const unlisted = form.profile !== '' && listed === undefined ? [form.profile] : [];
  return (
    <Dialog
      title={account === null ? t('addAccount') : t('editNamed', { name: account.name })}
      onCancel={onClose}
      onSubmit={save}
      buttons={<FormButtons submit={t('save')} isRunning={task.isRunning} onCancel={onClose} />}
    >
      {task.failure && <ProblemBox texts={errorTexts(tOfErrors, task.failure.toReport())} />}
      <Select
        label={t('profile')}
        value={form.profile}
        onChange={(profile) => setForm((current) => withProfile(current, profile))}
        options={[
          { value: '', text: t('standardChain') },
          ...unlisted.map((name) => ({ value: name, text: t('profileGone', { name }) })),
          ...profiles.map(({ name, kind }) => ({
            value: name,
            text: `${name} · ${t(`kind.${kind}`)}`,
          })),
        ]}
      />
      <TextField
        label={t('name')}
        value={form.name}
        onChange={(name) => change({ name })}
        error={errorOf('name')}
      />
      <TextField
        label={t('region')}
        description={
          listed?.region ? t('regionOfProfile', { region: listed.region }) : t('regionOfEnvironment')
        }
        placeholder={exampleRegion}
        isMono
        value={form.region}
        onChange={(region) => change({ region })}
        error={errorOf('region')}
      />
      <TextField
        label={t('endpoint')}
        description={t('endpointHint')}
        placeholder="http://localhost:4566"
        isMono
        value={form.endpoint}
        onChange={(endpoint) => change({ endpoint })}
        error={errorOf('endpoint')}
      />
    </Dialog>
  );
}
