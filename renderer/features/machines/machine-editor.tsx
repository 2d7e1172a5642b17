import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { AppError } from '../../../shared/errors/app-error';
import { type GroupId, type InheritableSetting, isSaved, type Machine } from '../../../shared/model/machine';
import { Button } from '../../components/button';
import { Checkbox } from '../../components/checkbox';
import { Dialog } from '../../components/dialog';
import { Disclosure } from '../../components/disclosure';
import { ProblemBox } from '../../components/problem-box';
import { TextField } from '../../components/text-field';
import { errorTexts } from '../../i18n/error-texts';
import { environmentsOf, environmentsStore } from '../../stores/environments-store';
import { machinesStore } from '../../stores/machines-store';
import { closeDialog, type NewInstanceMachine } from '../../stores/view-store';
import { InstanceFields } from '../ec2/instance-fields';
import { instanceFormOf } from '../ec2/instance-form';
import { IdleFields } from '../idle/idle-fields';
import type { FieldProps } from './field-props';
import { filledForm } from './fill-from-target';
import { IdentityFields } from './identity-fields';
import { inheritingForm, newFormIn, regroupedForm, sourceIn } from './inherited-form';
import { InheritedNote } from './inherited-note';
import { saveMachine } from './machine-actions';
import styles from './machine-editor.module.css';
import { formOf, type MachineField, type MachineForm, readForm } from './machine-form';
import { NotebookFields } from './notebook-fields';
import { GroupAndColour, TagsField } from './organisation-fields';
import { QuickFill } from './quick-fill';
import { RouteFields } from './route-fields';
import { AgentForwardingField, OldAlgorithmsField } from './security-fields';
import type { SshTarget } from './ssh-target';
import { useMachineForm } from './use-machine-form';

interface MachineEditorProps {
  /** Null: a new machine. */
  readonly machine: Machine | null;
  /** Where a new machine is put. */
  readonly groupId: GroupId | null;
  /** The instance that a new machine is to be; absent: none. */
  readonly from?: NewInstanceMachine | undefined;
}

/** Creates a machine, changes a saved one, or saves one that was not. */
export function MachineEditor({ machine, groupId, from }: MachineEditorProps) {
  const { t } = useTranslation();
  const list = useStore(machinesStore);
  const { machines } = list;
  const environments = useStore(environmentsStore);
  const id = machine?.id ?? null;
  const initial = machine ? formOf(machine) : { ...newFormIn(groupId, list), ...(from && formFor(from)) };
  const { form, change, replace, problems, revealAll, leave } = useMachineForm(initial, id, machines);
  const [isRouteShown, setIsRouteShown] = useState(form.jumps.length > 0 || form.proxyKind !== 'none');
  const [saveError, setSaveError] = useState<AppError | null>(null);
  const [isSaving, setIsSaving] = useState(false);

  const isUnsaved = machine !== null && !isSaved(machine);

  const save = (keeps: boolean) => {
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
    saveMachine(read.draft, form, keeps).catch((thrown: unknown) => {
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
  const note = (setting: InheritableSetting) => (
    <InheritedNote
      setting={setting}
      source={sourceIn(setting, form.marks.groupId, list)}
      isInherited={form.marks.inherits.includes(setting)}
      onInherit={() => replace((previous) => inheritingForm(previous, [setting], id, list))}
    />
  );
  const fill = (target: SshTarget) => {
    change(filledForm(form, target, machines.filter(isSaved)));
    if (target.jumps.length > 0 || target.proxyLine !== null) setIsRouteShown(true);
  };
  const error = saveError && errorTexts(t, saveError.toReport(), machine ?? undefined);

  return (
    <Dialog
      title={titleOf(t, machine)}
      width="wide"
      onCancel={closeDialog}
      onSubmit={() => save(true)}
      buttons={
        <>
          <Button onPress={closeDialog}>{t('common.cancel')}</Button>
          {isUnsaved && (
            <Button isDisabled={isSaving} onPress={() => save(false)}>
              {t('unsaved.useOnly')}
            </Button>
          )}
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
      {note('port')}
      {note('user')}
      <InstanceFields form={form} change={change} idField={field('instanceId')} />
      <Disclosure title={t('editor.route')} isExpanded={isRouteShown} onExpandedChange={setIsRouteShown}>
        <RouteFields
          form={form}
          change={change}
          problems={problems}
          fieldProps={fieldProps}
          machines={machines.filter((other) => isSaved(other) && other.id !== machine?.id)}
        />
      </Disclosure>
      {note('jumps')}
      {note('proxy')}
      <IdentityFields
        form={form}
        onChange={change}
        keyPathField={field('keyPath')}
        agentPathField={field('agentPath')}
      />
      {note('identity')}
      <AgentForwardingField form={form} onChange={change} />
      {note('forwardsAgent')}
      <OldAlgorithmsField form={form} onChange={change} />
      {note('allowsOldAlgorithms')}
      <TextField
        {...field('workingFolder')}
        placeholder="~"
        description={t('editor.workingFolderHint')}
        isMono
      />
      {note('workingFolder')}
      <NotebookFields
        form={form}
        found={machine && environmentsOf(environments, machine.id).found}
        change={change}
        field={field}
      />
      {note('notebook')}
      <IdleFields form={form} change={change} hoursField={field('idleHours')} />
      {note('idlePolicy')}
      <Checkbox isSelected={form.keepsCookies} onChange={(keepsCookies) => change({ keepsCookies })}>
        {t('editor.keepsCookies')}
      </Checkbox>
      {note('keepsCookies')}
      <GroupAndColour
        groupLabel={t('editor.group')}
        groupId={form.marks.groupId}
        onGroupChange={(next) => replace((previous) => regroupedForm(previous, next, id, list))}
        colour={form.marks.colour}
        onColourChange={(colour) => change({ marks: { ...form.marks, colour } })}
      />
      <TagsField
        tags={form.marks.tags}
        onChange={(tags) => change({ marks: { ...form.marks, tags } })}
        error={
          problems.tags === undefined ? undefined : t(`validation.${problems.tags}` as 'validation.tag-empty')
        }
      />
    </Dialog>
  );
}

function titleOf(t: TFunction, machine: Machine | null): string {
  if (machine === null) return t('editor.titleNew');
  return t(isSaved(machine) ? 'editor.titleEdit' : 'unsaved.saveTitle', { name: machine.name });
}

/** As ssh is used to it, an instance goes by its id. */
const formFor = ({ name, instance }: NewInstanceMachine): Partial<MachineForm> => ({
  name,
  host: instance.instanceId,
  ...instanceFormOf(instance),
});

const inputId = (field: string): string => `machine-${field}`;
const isOfRoute = (field: string): boolean => field.startsWith('jump') || field.startsWith('proxy');

/** The input that comes first in the form. */
function firstOf(fields: readonly string[]): HTMLElement | undefined {
  const inputs = [...document.querySelectorAll<HTMLElement>('input')];
  return inputs.find(({ id }) => fields.some((field) => id === inputId(field)));
}
