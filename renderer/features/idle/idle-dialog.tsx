import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ServerIdle } from '../../../shared/model/idle';
import { IdlePolicy } from '../../../shared/model/idle-policy';
import type { MachineId } from '../../../shared/model/machine';
import type { NotebookServer } from '../../../shared/model/notebook';
import { Button } from '../../components/button';
import { Dialog } from '../../components/dialog';
import { setIdlePolicy } from './idle-actions';
import { IdleFields } from './idle-fields';
import { idleFormOf, idlePolicyOf } from './idle-form';

interface IdleDialogProps {
  readonly machineId: MachineId;
  readonly server: NotebookServer;
  readonly idle: ServerIdle;
  readonly onClose: () => void;
}

/** Changes what happens to a server that runs once nobody uses it. */
export function IdleDialog({ machineId, server, idle, onClose }: IdleDialogProps) {
  const { t } = useTranslation();
  const [form, setForm] = useState(() => idleFormOf(idle.policy));
  const [isAsked, setIsAsked] = useState(false);
  const isCountedHere = idle.countedBy === 'nuvem';
  const read = IdlePolicy.safeParse(idlePolicyOf(form));
  const save = () => {
    setIsAsked(true);
    if (!read.success) return;
    setIdlePolicy({ machineId, serverId: server.id }, read.data);
    onClose();
  };
  return (
    <Dialog
      title={t('idle.title', { folder: server.folder })}
      onCancel={onClose}
      onSubmit={save}
      buttons={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button variant="primary" type="submit">
            {t('common.save')}
          </Button>
        </>
      }
    >
      <IdleFields
        form={form}
        isCountedHere={isCountedHere}
        change={(part) => setForm({ ...form, ...part })}
        hoursField={{
          label: t('editor.idleHours'),
          value: form.idleHours,
          onChange: (idleHours) => setForm({ ...form, idleHours }),
          onBlur: () => setIsAsked(true),
          error: isAsked && !read.success ? t('validation.idle-hours-range') : undefined,
        }}
      />
      {isCountedHere && <p>{t('idle.countedHere')}</p>}
      <p>{t('idle.ofThisServer')}</p>
    </Dialog>
  );
}
