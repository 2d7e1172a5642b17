import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MachineId } from '../../../shared/model/machine';
import { nuvem } from '../../api/nuvem';
import { Dialog } from '../../components/dialog';
import { FormButtons } from '../../components/form-buttons';
import { ProblemBox } from '../../components/problem-box';
import { TextField } from '../../components/text-field';
import { useTask } from '../../components/use-task';
import { errorTexts } from '../../i18n/error-texts';
import { readJupyterAddress } from './read-jupyter-address';

interface AddressDialogProps {
  readonly machineId: MachineId;
  readonly onClose: () => void;
}

/** Opens a server that no look finds, by what the user knows of it. */
export function AddressDialog({ machineId, onClose }: AddressDialogProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [secret, setSecret] = useState('');
  const task = useTask();
  const read = readJupyterAddress(typed);
  const isWrong = typed.trim() !== '' && read === null;
  const open = (address: NonNullable<typeof read>) =>
    task.run(
      () =>
        nuvem.notebooks.openAddress({ machineId, address: address.address, secret: secret || address.token }),
      onClose,
    );
  return (
    <Dialog
      title={t('notebook.byAddress.title')}
      onCancel={onClose}
      onSubmit={() => read && open(read)}
      buttons={
        <FormButtons
          submit={t('notebook.open')}
          isRunning={task.isRunning}
          isDisabled={read === null}
          onCancel={onClose}
        />
      }
    >
      <p>{t('notebook.byAddress.explanation')}</p>
      {task.failure && <ProblemBox texts={errorTexts(t, task.failure.toReport())} />}
      <TextField
        label={t('notebook.byAddress.address')}
        description={t('notebook.byAddress.addressHint')}
        error={isWrong ? t('notebook.byAddress.problem') : undefined}
        placeholder="http://localhost:8888/lab"
        value={typed}
        onChange={setTyped}
        isMono
        autoFocus
      />
      <TextField
        label={t('notebook.byAddress.secret')}
        description={t('notebook.byAddress.secretHint')}
        type="password"
        value={secret}
        onChange={setSecret}
      />
    </Dialog>
  );
}
