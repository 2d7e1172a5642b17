import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccessList, AuthorizedKeyEntry } from '../../../shared/model/access';
import type { Machine } from '../../../shared/model/machine';
import { nuvem } from '../../api/nuvem';
import { Button } from '../../components/button';
import { Dialog } from '../../components/dialog';
import { ProblemBox } from '../../components/problem-box';
import { RowFacts } from '../../components/row-list';
import { useTask } from '../../components/use-task';
import { errorTexts } from '../../i18n/error-texts';

interface RemoveKeyDialogProps {
  readonly machine: Machine;
  readonly entry: AuthorizedKeyEntry;
  readonly onClose: () => void;
  readonly onRemoved: (list: AccessList) => void;
}

/** Asks before somebody is let out, and a second time before that may be the user. */
export function RemoveKeyDialog({ machine, entry, onClose, onRemoved }: RemoveKeyDialogProps) {
  const { t } = useTranslation();
  const [isSecond, setIsSecond] = useState(false);
  const task = useTask();
  const { id: entryId, isInUse, fingerprint } = entry;
  const name = entry.name || t('access.noName');
  const isConfirmed = isSecond && isInUse;
  const remove = () => {
    if (isInUse && !isSecond) return setIsSecond(true);
    task.run(() => nuvem.access.remove({ machineId: machine.id, entryId, isConfirmed }), onRemoved);
  };
  return (
    <Dialog
      key={String(isSecond)}
      role="alertdialog"
      title={isSecond ? t('access.lockOutTitle') : t('access.removeTitle', { name, machine: machine.name })}
      onCancel={onClose}
      buttons={
        <>
          <Button autoFocus onPress={onClose}>
            {t('common.cancel')}
          </Button>
          <Button variant="danger" isDisabled={task.isRunning} onPress={remove}>
            {t(isSecond ? 'access.removeAnyway' : 'access.remove')}
          </Button>
        </>
      }
    >
      {task.failure && <ProblemBox texts={errorTexts(t, task.failure.toReport())} />}
      <p>
        {isSecond
          ? t('access.lockOutExplanation', { machine: machine.name })
          : t('access.removeExplanation', { machine: machine.name })}
      </p>
      <RowFacts isMono>{fingerprint}</RowFacts>
    </Dialog>
  );
}
