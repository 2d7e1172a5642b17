import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Colour, type GroupId } from '../../../shared/model/machine';
import { Select } from '../../components/select';
import { TextField } from '../../components/text-field';
import { machinesStore } from '../../stores/machines-store';
import { groupPaths } from '../machine-tree/machine-search';
import styles from './machine-editor.module.css';
import { readTags } from './read-tags';

const none = 'none';

interface GroupAndColourProps {
  readonly groupLabel: string;
  readonly groupId: GroupId | null;
  /** Groups that can't be chosen. */
  readonly withoutIds?: readonly GroupId[];
  readonly onGroupChange: (groupId: GroupId | null) => void;
  readonly colour: Colour | null;
  readonly onColourChange: (colour: Colour | null) => void;
}

/** Where a machine or a group lies, and its colour. */
export function GroupAndColour(props: GroupAndColourProps) {
  const { groupLabel, groupId, withoutIds = [], onGroupChange, colour, onColourChange } = props;
  const { t } = useTranslation();
  const { groups } = useStore(machinesStore);
  const pathOf = groupPaths(groups);
  const options = groups
    .filter(({ id }) => !withoutIds.includes(id))
    .map(({ id }) => ({ value: id as string, text: pathOf(id) }))
    .toSorted((one, other) => one.text.localeCompare(other.text));
  return (
    <div className={styles.organisation}>
      <Select
        label={groupLabel}
        value={groupId ?? none}
        options={[{ value: none, text: t('tree.noGroup') }, ...options]}
        onChange={(value) => onGroupChange(groups.find(({ id }) => id === value)?.id ?? null)}
      />
      <Select
        label={t('tree.colour')}
        value={colour ?? none}
        options={[none, ...Colour.options].map((value) => ({
          value,
          text: t(`colour.${value as Colour}`),
        }))}
        onChange={(value) => onColourChange(Colour.options.find((option) => option === value) ?? null)}
      />
    </div>
  );
}

interface TagsFieldProps {
  readonly tags: readonly string[];
  readonly onChange: (tags: readonly string[]) => void;
  readonly error?: string | undefined;
}

/** Tags as people write them: with commas between. */
export function TagsField({ tags, onChange, error }: TagsFieldProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(tags.join(', '));
  return (
    <TextField
      label={t('editor.tags')}
      description={t('editor.tagsHint')}
      placeholder={t('editor.tagsPlaceholder')}
      error={error}
      value={text}
      onChange={(next) => {
        setText(next);
        onChange(readTags(next));
      }}
    />
  );
}
