import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { AppError } from '../../../shared/errors/app-error';
import type { Machine } from '../../../shared/model/machine';
import { Button } from '../../components/button';
import { Checkbox } from '../../components/checkbox';
import { Dialog } from '../../components/dialog';
import { Disclosure } from '../../components/disclosure';
import { ProblemBox } from '../../components/problem-box';
import { RadioGroup } from '../../components/radio-group';
import { TextField } from '../../components/text-field';
import { errorTexts } from '../../i18n/error-texts';
import { machinesStore } from '../../stores/machines-store';
import { closeDialog } from '../../stores/view-store';
import type { FieldProps } from './field-props';
import { filledForm } from './fill-from-target';
import { IdentityFields } from './identity-fields';
import { saveMachine } from './machine-actions';
import styles from './machine-editor.module.css';
import { formOf, type MachineField, readForm } from './machine-form';
import { QuickFill } from './quick-fill';
import { RouteFields } from './route-fields';
import { SecurityFields } from './security-fields';
import type { SshTarget } from './ssh-target';
import { useMachineForm } from './use-machine-form';

/** Creates a machine (null) or changes a saved one. */
export function MachineEditor({ machine }: { readonly machine: Machine | null }) {
  const { t } = useTranslation();
  const { machines } = useStore(machinesStore);
  const id = machine?.id ?? null;
  const { form, change, problems, revealAll, leave } = useMachineForm(formOf(machine), id, machines);
  const [isRouteShown, setIsRouteShown] = useState(form.jumps.length > 0 || form.proxyKind !== 'none');
  const [saveError, setSaveError] = useState<AppError | null>(null);
  const [isSaving, setIsSaving] = useState(false);

  const save = () => {
    const read = readForm(form, id, machines);
    if ('problems' in read) {
      revealAll();
      const wrong = Object.keys(read.problems);
      if (wrong.some(isOfRoute)) setIsRouteShown(true);
      // Once what was folded away is there.
      requestAnimationFrame(() => firstOf(wrong)?.focus());
      return;
    }
    setIsSaving(true);
    setSaveError(null);
    saveMachine(read.draft, form).catch((thrown: unknown) => {
      setSaveError(AppError.from(thrown));
      setIsSaving(false);
    });
  };

  const fieldProps: FieldProps = (name, label, value, onChange) => ({
    id: inputId(name),
    label,
    value,
    onChange,
    onBlur: () => value !== '' && leave(name),
    error:
      problems[name] === undefined ? undefined : t(`validation.${problems[name]}` as 'validation.name-empty'),
  });
  const field = (name: MachineField) => ({
    ...fieldProps(name, t(`editor.${name}`), form[name], (value) => change({ [name]: value })),
    onBlur: () => leave(name),
  });
  const fill = (target: SshTarget) => {
    change(filledForm(form, target, machines));
    if (target.jumps.length > 0 || target.proxyLine !== null) setIsRouteShown(true);
  };
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
      {error && <ProblemBox texts={error} />}
      {machine === null && <QuickFill onFill={fill} />}
      <TextField {...field('name')} placeholder={t('editor.namePlaceholder')} autoFocus />
      <div className={styles.route}>
        <TextField {...field('host')} placeholder={t('editor.hostPlaceholder')} isMono />
        <TextField {...field('port')} inputMode="numeric" isMono />
        <TextField {...field('user')} placeholder={t('editor.userPlaceholder')} isMono />
      </div>
      <Disclosure title={t('editor.route')} isExpanded={isRouteShown} onExpandedChange={setIsRouteShown}>
        <RouteFields
          form={form}
          change={change}
          problems={problems}
          fieldProps={fieldProps}
          machines={machines.filter(({ id }) => id !== machine?.id)}
        />
      </Disclosure>
      <IdentityFields
        form={form}
        onChange={change}
        keyPathField={field('keyPath')}
        agentPathField={field('agentPath')}
      />
      <SecurityFields form={form} onChange={change} />
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

const inputId = (field: string): string => `machine-${field}`;
const isOfRoute = (field: string): boolean => field.startsWith('jump') || field.startsWith('proxy');

/** The input that comes first in the form. */
function firstOf(fields: readonly string[]): HTMLElement | undefined {
  const inputs = [...document.querySelectorAll<HTMLElement>('input')];
  return inputs.find(({ id }) => fields.some((field) => id === inputId(field)));
}
