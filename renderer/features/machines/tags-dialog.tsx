import { X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { AppError } from '../../../shared/errors/app-error';
import { isSameTag, type MachineId, Tag } from '../../../shared/model/machine';
import { nuvem } from '../../api/nuvem';
import { Button } from '../../components/button';
import { Dialog } from '../../components/dialog';
import { IconButton } from '../../components/icon-button';
import { ProblemBox } from '../../components/problem-box';
import { TextField } from '../../components/text-field';
import { errorTexts } from '../../i18n/error-texts';
import { machinesStore } from '../../stores/machines-store';
import { closeDialog } from '../../stores/view-store';
import styles from './machine-editor.module.css';
import { readTags } from './read-tags';

/** Gives tags to machines and takes them away; with many machines, those that only some have are told apart. */
export function TagsDialog({ machineIds }: { readonly machineIds: readonly MachineId[] }) {
  const { t } = useTranslation();
  const { machines } = useStore(machinesStore);
  const [text, setText] = useState('');
  const [removed, setRemoved] = useState<readonly Tag[]>([]);
  const [error, setError] = useState<AppError | null>(null);
  const meant = machines.filter(({ id }) => machineIds.includes(id));
  const all = readTags(meant.flatMap(({ tags }) => tags).join(','));
  const shown = all.filter((tag) => !removed.includes(tag));
  const added = readTags(text);
  const wrong = added.map((tag) => Tag.safeParse(tag).error?.issues[0]?.message).find(Boolean);
  const save = () => {
    if (wrong !== undefined) return;
    nuvem.machines
      .mark({ machineIds, marks: { addedTags: added, removedTags: removed } })
      .then(closeDialog)
      .catch((thrown: unknown) => setError(AppError.from(thrown)));
  };
  const countOf = (tag: Tag) =>
    meant.filter(({ tags }) => tags.some((other) => isSameTag(other, tag))).length;
  return (
    <Dialog
      title={
        meant.length === 1
          ? t('tags.titleOne', { name: meant[0]?.name ?? '' })
          : t('tags.titleMany', { count: meant.length })
      }
      onCancel={closeDialog}
      onSubmit={save}
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
      {shown.length > 0 && (
        <ul className={styles.tags} aria-label={t('editor.tags')}>
          {shown.map((tag) => (
            <li key={tag} className={styles.tag}>
              {tag}
              {countOf(tag) < meant.length && (
                <span className={styles.tagShare}>
                  {t('tags.share', { some: countOf(tag), all: meant.length })}
                </span>
              )}
              <IconButton label={t('tags.remove', { tag })} onPress={() => setRemoved([...removed, tag])}>
                <X aria-hidden />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
      <TextField
        label={t('tags.add')}
        description={t('editor.tagsHint')}
        placeholder={t('editor.tagsPlaceholder')}
        error={wrong === undefined ? undefined : t(`validation.${wrong}` as 'validation.tag-empty')}
        value={text}
        onChange={setText}
        autoFocus
      />
    </Dialog>
  );
}
