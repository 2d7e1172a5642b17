import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AppError } from '../../../shared/errors/app-error';
import type { Machine } from '../../../shared/model/machine';
import { nuvem } from '../../api/nuvem';
import { Button } from '../../components/button';
import { Checkbox } from '../../components/checkbox';
import { Dialog } from '../../components/dialog';
import { RadioGroup } from '../../components/radio-group';
import { TextField } from '../../components/text-field';
import { errorTexts } from '../../i18n/error-texts';
import { showFailure } from '../../stores/notices-store';
import { closeDialog } from '../../stores/view-store';
import { saveMachine } from './machine-actions';
import styles from './machine-editor.module.css';
import { type MachineField, machineFields, readForm } from './machine-form';
import { useMachineForm } from './use-machine-form';

/** Creates a machine (null) or changes a saved one. */
export function MachineEditor({ machine }: { readonly machine: Machine | null }) {
  const { t } = useTranslation();
  const { form, change, problems, revealAll, leave } = useMachineForm(machine);
  const [saveError, setSaveError] = useState<AppError | null>(null);
  const [isSaving, setIsSaving] = useState(false);

  const save = () => {
    const read = readForm(form, machine?.id ?? null);
    if ('problems' in read) {
      revealAll();
      const firstWrong = machineFields.find((field) => read.problems[field]);
      if (firstWrong) document.getElementById(inputId(firstWrong))?.focus();
      return;
    }
    setIsSaving(true);
    setSaveError(null);
    saveMachine(read.draft).catch((thrown: unknown) => {
      setSaveError(AppError.from(thrown));
      setIsSaving(false);
    });
  };

  const browse = () => {
    nuvem.app
      .chooseKeyFile()
      .then((path) => path !== null && change({ keyPath: path }))
      .catch(showFailure);
  };

  const field = (name: MachineField) => ({
    id: inputId(name),
    label: t(`editor.${name}`),
    value: form[name],
    onChange: (value: string) => change({ [name]: value }),
    onBlur: () => leave(name),
    error:
      problems[name] === undefined ? undefined : t(`validation.${problems[name]}` as 'validation.name-empty'),
  });
  const error = saveError && errorTexts(t, saveError.toReport(), machine ?? undefined);

  return (
    <Dialog
      title={machine ? t('editor.titleEdit', { name: machine.name }) : t('editor.titleNew')}
      width="wide"
      onCancel={closeDialog}
      onSubmit={save}
      buttons={
        <>
          <Button onPress={closeDialog}>{t('common.cancel')}</Button>
          <Button variant="primary" type="submit" isDisabled={isSaving}>
            {t('common.save')}
          </Button>
        </>
      }
    >
      {error && (
        <div role="alert" className={styles.saveError}>
          <p>{error.what}</p>
          <p>{error.todo}</p>
        </div>
      )}
      <TextField {...field('name')} placeholder={t('editor.namePlaceholder')} autoFocus />
      <div className={styles.route}>
        <TextField {...field('host')} placeholder={t('editor.hostPlaceholder')} isMono />
        <TextField {...field('port')} inputMode="numeric" isMono />
        <TextField {...field('user')} placeholder={t('editor.userPlaceholder')} isMono />
      </div>
      <RadioGroup
        label={t('editor.identity')}
        value={form.identityKind}
        onChange={(identityKind) => change({ identityKind })}
        options={[
          { value: 'keyFile', text: t('identity.keyFile') },
          { value: 'agent', text: t('identity.agent') },
          { value: 'password', text: t('identity.password') },
        ]}
      />
      {form.identityKind === 'keyFile' && (
        <TextField
          {...field('keyPath')}
          placeholder="~/.ssh/id_ed25519"
          isMono
          addition={<Button onPress={browse}>{t('editor.browse')}</Button>}
        />
      )}
      {form.identityKind !== 'keyFile' && (
        <p className={styles.hint}>{t(`editor.identityHint.${form.identityKind}`)}</p>
      )}
      <TextField
        {...field('workingFolder')}
        placeholder="~"
        description={t('editor.workingFolderHint')}
        isMono
      />
      <RadioGroup
        label={t('editor.notebook')}
        value={form.notebookKind}
        onChange={(notebookKind) => change({ notebookKind })}
        options={[
          { value: 'auto', text: t('notebookChoice.auto') },
          { value: 'environment', text: t('notebookChoice.environment') },
          { value: 'command', text: t('notebookChoice.command') },
        ]}
      />
      {form.notebookKind === 'auto' && <p className={styles.hint}>{t('editor.notebookHint.auto')}</p>}
      {form.notebookKind === 'environment' && (
        <TextField
          {...field('environmentPath')}
          placeholder="~/miniconda3/envs/ml"
          description={t('editor.notebookHint.environment')}
          isMono
        />
      )}
      {form.notebookKind === 'command' && (
        <TextField
          {...field('commandLine')}
          placeholder="module load python && jupyter lab"
          description={t('editor.notebookHint.command')}
          isMono
        />
      )}
      <Checkbox isSelected={form.keepsCookies} onChange={(keepsCookies) => change({ keepsCookies })}>
        {t('editor.keepsCookies')}
      </Checkbox>
    </Dialog>
  );
}

const inputId = (field: MachineField): string => `machine-${field}`;
