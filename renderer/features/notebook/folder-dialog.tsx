import { Folder } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FolderOnMachine, type MachineId } from '../../../shared/model/machine';
import type { NotebookSnapshot } from '../../../shared/model/notebook';
import { Button } from '../../components/button';
import { Dialog } from '../../components/dialog';
import { Row, RowFacts, RowList, RowTitle } from '../../components/row-list';
import { TextField } from '../../components/text-field';
import { openNotebookIn } from './notebook-actions';

interface FolderDialogProps {
  readonly machineId: MachineId;
  readonly notebooks: Pick<NotebookSnapshot, 'servers' | 'recentFolders'>;
  readonly onClose: () => void;
}

/** Where else on the machine a notebook shall run: a folder of the last starts, or any. */
export function FolderDialog({ machineId, notebooks, onClose }: FolderDialogProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const { servers, recentFolders = [] } = notebooks;
  const runningIn = (folder: string) => servers?.find((server) => server.folder === folder && server.canOpen);
  const read = FolderOnMachine.safeParse(typed);
  const problem = read.error?.issues[0]?.message;
  const open = (folder: string) => {
    openNotebookIn(machineId, folder);
    onClose();
  };
  const verb = (folder: string) => t(runningIn(folder) ? 'folders.open' : 'folders.start');
  return (
    <Dialog
      title={t('folders.title')}
      onCancel={onClose}
      buttons={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button
            variant="primary"
            isDisabled={!read.success || read.data === ''}
            onPress={() => read.data && open(read.data)}
          >
            {verb(typed.trim())}
          </Button>
        </>
      }
    >
      <TextField
        autoFocus
        label={t('folders.folder')}
        value={typed}
        onChange={setTyped}
        placeholder="~/projects"
        description={t('folders.hint')}
        error={problem && t(`validation.${problem}` as 'validation.folder-too-long')}
        isMono
      />
      {recentFolders.length > 0 && (
        <RowList>
          {recentFolders.map((folder) => (
            <Row
              key={folder}
              icon={<Folder aria-hidden size={18} />}
              actions={
                <Button aria-label={`${verb(folder)}: ${folder}`} onPress={() => open(folder)}>
                  {verb(folder)}
                </Button>
              }
            >
              <RowTitle>
                <span className="mono selectable">{folder}</span>
              </RowTitle>
              <RowFacts>{t(runningIn(folder) ? 'folders.runs' : 'folders.recent')}</RowFacts>
            </Row>
          ))}
        </RowList>
      )}
    </Dialog>
  );
}
