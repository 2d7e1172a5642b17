import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { AppError } from '../../../shared/errors/app-error';
import { chainOf } from '../../../shared/model/inheritance';
import { type GroupId, type InheritableSetting, isSaved } from '../../../shared/model/machine';
import { emptyGroupDraft, type GroupDraft, type MachineGroup } from '../../../shared/model/machine-group';
import { nuvem } from '../../api/nuvem';
import { Button } from '../../components/button';
import { Dialog } from '../../components/dialog';
import { ProblemBox } from '../../components/problem-box';
import { TextField } from '../../components/text-field';
import { errorTexts } from '../../i18n/error-texts';
import { machinesStore } from '../../stores/machines-store';
import { closeDialog } from '../../stores/view-store';
import { formOfSettings } from './inherited-form';
import styles from './machine-editor.module.css';
import { GroupAndColour } from './organisation-fields';
import { readSettings } from './read-settings';
import { SettingsFields } from './settings-fields';

interface GroupEditorProps {
  /** Null: a new group. */
  readonly group: MachineGroup | null;
  readonly parentId: GroupId | null;
}

/** Creates a group or changes one, with the settings that its machines inherit. */
export function GroupEditor({ group, parentId }: GroupEditorProps) {
  const { t } = useTranslation();
  const { groups } = useStore(machinesStore);
  const [draft, setDraft] = useState<GroupDraft>(group ?? { ...emptyGroupDraft, parentId });
  const [isNameMissed, setIsNameMissed] = useState(false);
  const inside = groups
    .filter(({ id }) =>
      chainOf(id, (other) => groups.find((one) => one.id === other)).some((one) => one.id === group?.id),
    )
    .map(({ id }) => id);
  return (
    <SettingsDialogFrame
      title={group ? t('group.titleEdit', { name: group.name }) : t('group.titleNew')}
      intro={t('group.intro')}
      settings={draft.settings}
      parentId={draft.parentId}
      save={async (settings) => {
        setIsNameMissed(draft.name.trim() === '');
        if (draft.name.trim() === '') return document.getElementById(nameInputId)?.focus();
        await nuvem.groups.save({ ...draft, settings });
        closeDialog();
      }}
    >
      <TextField
        id={nameInputId}
        label={t('editor.name')}
        placeholder={t('group.namePlaceholder')}
        value={draft.name}
        onChange={(name) => setDraft({ ...draft, name })}
        error={isNameMissed && draft.name.trim() === '' ? t('validation.name-empty') : undefined}
        maxLength={100}
        autoFocus
      />
      <GroupAndColour
        groupLabel={t('group.parent')}
        groupId={draft.parentId}
        withoutIds={inside}
        onGroupChange={(next) => setDraft({ ...draft, parentId: next })}
        colour={draft.colour}
        onColourChange={(colour) => setDraft({ ...draft, colour })}
      />
    </SettingsDialogFrame>
  );
}

/** Changes what all machines inherit that no group says otherwise for. */
export function DefaultSettingsEditor() {
  const { t } = useTranslation();
  const { defaults } = useStore(machinesStore);
  return (
    <SettingsDialogFrame
      title={t('defaults.title')}
      intro={t('defaults.intro')}
      settings={defaults}
      parentId={null}
      save={async (settings) => {
        await nuvem.machines.saveDefaults(settings);
        closeDialog();
      }}
    />
  );
}

const nameInputId = 'group-name';

interface SettingsDialogFrameProps {
  readonly title: string;
  readonly intro: string;
  readonly settings: GroupDraft['settings'];
  /** What is not set comes from there. */
  readonly parentId: GroupId | null;
  /** @throws AppError */
  readonly save: (settings: GroupDraft['settings']) => Promise<void>;
  readonly children?: React.ReactNode;
}

function SettingsDialogFrame({ title, intro, settings, parentId, save, children }: SettingsDialogFrameProps) {
  const { t } = useTranslation();
  const list = useStore(machinesStore);
  const { machines } = list;
  const [form, setForm] = useState(() => formOfSettings(settings, parentId, list));
  const [chosen, setChosen] = useState(Object.keys(settings) as readonly InheritableSetting[]);
  const [isRevealed, setIsRevealed] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const read = readSettings(form, chosen, machines);
  const problems = 'problems' in read && isRevealed ? read.problems : {};
  const submit = () => {
    setIsRevealed(true);
    setError(null);
    if ('settings' in read) save(read.settings).catch((thrown: unknown) => setError(AppError.from(thrown)));
    else document.getElementById(`setting-${Object.keys(read.problems)[0]}`)?.focus();
  };
  return (
    <Dialog
      title={title}
      width="wide"
      onCancel={closeDialog}
      onSubmit={submit}
      buttons={
        <>
          <Button onPress={closeDialog}>{t('common.cancel')}</Button>
          <Button variant="primary" type="submit">
            {t('common.save')}
          </Button>
        </>
      }
    >
      {error && <ProblemBox texts={errorTexts(t, error.toReport())} />}
      {children}
      <p className={styles.routeHint}>{intro}</p>
      <SettingsFields
        chosen={chosen}
        onChoose={setChosen}
        form={form}
        change={(part) => setForm((previous) => ({ ...previous, ...part }))}
        problems={problems}
        fieldProps={(name, label, value, onChange) => ({
          id: `setting-${name}`,
          label,
          value,
          onChange,
          error:
            problems[name] === undefined
              ? undefined
              : t(`validation.${problems[name]}` as 'validation.name-empty'),
        })}
        machines={machines.filter(isSaved)}
      />
      <p className={styles.routeHint}>{t('inherit.whenConnected')}</p>
    </Dialog>
  );
}
