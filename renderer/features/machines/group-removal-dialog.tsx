import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { AppError } from '../../../shared/errors/app-error';
import type { GroupId } from '../../../shared/model/machine';
import { Button } from '../../components/button';
import { Dialog } from '../../components/dialog';
import { ProblemBox } from '../../components/problem-box';
import { errorTexts } from '../../i18n/error-texts';
import { machinesStore } from '../../stores/machines-store';
import { closeDialog } from '../../stores/view-store';
import { removeGroup } from '../machine-tree/tree-actions';

/** Says what becomes of the machines and groups in a group before it is removed. */
export function GroupRemovalDialog({ groupId }: { readonly groupId: GroupId }) {
  const { t } = useTranslation();
  const { groups } = useStore(machinesStore);
  const [group] = useState(() => groups.find(({ id }) => id === groupId));
  const [error, setError] = useState<AppError | null>(null);
  if (group === undefined) return null;
  const parent = groups.find(({ id }) => id === group.parentId);
  const remove = () => {
    removeGroup(groupId, group.name)
      .then(closeDialog)
      .catch((thrown: unknown) => setError(AppError.from(thrown)));
  };
  return (
    <Dialog
      role="alertdialog"
      title={t('group.removeTitle', { name: group.name })}
      onCancel={closeDialog}
      buttons={
        <>
          <Button onPress={closeDialog} autoFocus>
            {t('common.cancel')}
          </Button>
          <Button variant="danger" onPress={remove}>
            {t('group.remove')}
          </Button>
        </>
      }
    >
      {error && <ProblemBox texts={errorTexts(t, error.toReport())} />}
      <p>{parent ? t('group.removeInto', { parent: parent.name }) : t('group.removeToTop')}</p>
      <p>{t('group.removeKeeps')}</p>
    </Dialog>
  );
}
