import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { nuvem } from '../../api/nuvem';
import { CompletingField } from '../../components/completing-field';
import { Dialog } from '../../components/dialog';
import { FormButtons } from '../../components/form-buttons';
import { ProblemBox } from '../../components/problem-box';
import { useTask } from '../../components/use-task';
import { errorTexts } from '../../i18n/error-texts';
import type { OfServer } from './home-actions';

interface OpenPathDialogProps {
  readonly server: OfServer;
  /** The server's, on the machine. */
  readonly folder: string;
  readonly onClose: () => void;
}

/** Opens a file of the machine by its path. */
export function OpenPathDialog({ server, folder, onClose }: OpenPathDialogProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const task = useTask();
  const { machineId, serverId } = server;
  const complete = useCallback(
    (path: string) => nuvem.notebookHome.completePath({ machineId, serverId, path }),
    [machineId, serverId],
  );
  const path = typed.trim();
  return (
    <Dialog
      title={t('home.openPathTitle')}
      onCancel={onClose}
      onSubmit={() =>
        path !== '' && task.run(() => nuvem.notebookHome.openPath({ ...server, path }), onClose)
      }
      buttons={
        <FormButtons
          submit={t('notebook.open')}
          isRunning={task.isRunning}
          isDisabled={path === ''}
          onCancel={onClose}
        />
      }
    >
      {task.failure && <ProblemBox texts={errorTexts(t, task.failure.toReport())} />}
      <CompletingField
        label={t('home.path')}
        description={t('home.pathHint', { folder })}
        placeholder="~/projects/train.ipynb"
        listLabel={t('home.pathMatches')}
        value={typed}
        onChange={setTyped}
        complete={complete}
      />
    </Dialog>
  );
}
