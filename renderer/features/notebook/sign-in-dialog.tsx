import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { MachineId } from '../../../shared/model/machine';
import type { NotebookServer } from '../../../shared/model/notebook';
import { nuvem } from '../../api/nuvem';
import { Checkbox } from '../../components/checkbox';
import { Dialog } from '../../components/dialog';
import { FormButtons } from '../../components/form-buttons';
import { ProblemBox } from '../../components/problem-box';
import { TextField } from '../../components/text-field';
import { useTask } from '../../components/use-task';
import { errorTexts } from '../../i18n/error-texts';
import { appInfoStore } from '../../stores/app-info-store';

interface SignInDialogProps {
  readonly machineId: MachineId;
  readonly server: NotebookServer;
  readonly onClose: () => void;
}

/** Asks for the token or password of a server that somebody started by hand, and opens it. */
export function SignInDialog({ machineId, server, onClose }: SignInDialogProps) {
  const { t } = useTranslation();
  const [secret, setSecret] = useState('');
  const [isRemembered, setIsRemembered] = useState(false);
  const info = useStore(appInfoStore);
  const task = useTask();
  const asked = server.asks?.what ?? 'tokenOrPassword';
  const signIn = () => nuvem.notebooks.signIn({ machineId, serverId: server.id, secret, isRemembered });
  return (
    <Dialog
      title={t('notebook.signIn.title')}
      onCancel={onClose}
      onSubmit={() => secret !== '' && task.run(signIn, onClose)}
      buttons={
        <FormButtons
          submit={t('notebook.open')}
          isRunning={task.isRunning}
          isDisabled={secret === ''}
          onCancel={onClose}
        />
      }
    >
      <p className="selectable">
        {t(`notebook.signIn.explanation.${asked}`, { place: server.folder || server.address })}
      </p>
      {task.failure && <ProblemBox texts={errorTexts(t, task.failure.toReport())} />}
      <TextField
        label={t(`notebook.signIn.label.${asked}`)}
        type="password"
        value={secret}
        onChange={setSecret}
        autoFocus
      />
      {server.asks?.canBeRemembered && (
        <Checkbox isSelected={isRemembered} onChange={setIsRemembered}>
          {info?.canKeepSecrets === false ? t('prompt.rememberForThisRun') : t('prompt.remember')}
        </Checkbox>
      )}
    </Dialog>
  );
}
