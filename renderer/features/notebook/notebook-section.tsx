import { FolderPlus, Link, Plus, Search } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MachineId } from '../../../shared/model/machine';
import { isBusy, type NotebookServer, type NotebookSnapshot } from '../../../shared/model/notebook';
import { Button } from '../../components/button';
import { Dialog } from '../../components/dialog';
import { Nothing } from '../../components/page';
import { RowList } from '../../components/row-list';
import { Section } from '../../components/section';
import { Spinner } from '../../components/spinner';
import { addressText } from '../../i18n/address-text';
import { AddressDialog } from './address-dialog';
import { FolderDialog } from './folder-dialog';
import { findNotebooks, startNotebook, stopServer } from './notebook-actions';
import { ServerRow } from './server-row';

interface NotebookSectionProps {
  readonly machineId: MachineId;
  readonly notebooks: Pick<NotebookSnapshot, 'activity' | 'servers' | 'recentFolders'>;
}

/** The notebook servers known to run on a machine, and the ways to find or start more. */
export function NotebookSection({ machineId, notebooks }: NotebookSectionProps) {
  const { t } = useTranslation();
  const [serverToStop, setServerToStop] = useState<NotebookServer | null>(null);
  const [isChoosingFolder, setIsChoosingFolder] = useState(false);
  const [isTypingAddress, setIsTypingAddress] = useState(false);
  const { activity, servers } = notebooks;
  const busy = isBusy(activity);
  return (
    <Section
      id="notebooks"
      title={t('notebook.running')}
      actions={
        <>
          <Button
            variant="quiet"
            icon={activity.kind === 'looking' ? <Spinner size={15} /> : <Search aria-hidden />}
            isDisabled={busy}
            onPress={() => findNotebooks(machineId)}
          >
            {t('notebook.find')}
          </Button>
          {servers && servers.length > 0 && (
            <Button
              variant="quiet"
              icon={<Plus aria-hidden />}
              isDisabled={busy}
              onPress={() => startNotebook(machineId)}
            >
              {t('notebook.startAnother')}
            </Button>
          )}
          <Button
            variant="quiet"
            icon={<FolderPlus aria-hidden />}
            isDisabled={busy}
            onPress={() => setIsChoosingFolder(true)}
          >
            {t('folders.button')}
          </Button>
          <Button
            variant="quiet"
            icon={<Link aria-hidden />}
            isDisabled={busy}
            onPress={() => setIsTypingAddress(true)}
          >
            {t('notebook.byAddress.button')}
          </Button>
        </>
      }
    >
      {servers === null || servers.length === 0 ? (
        <Nothing>{servers === null ? t('notebook.neverLooked') : t('notebook.noneFound')}</Nothing>
      ) : (
        <RowList>
          {servers.map((server) => (
            <ServerRow
              key={server.id}
              machineId={machineId}
              server={server}
              isStopping={activity.kind === 'stopping' && activity.serverId === server.id}
              isDisabled={busy}
              onStop={() => setServerToStop(server)}
            />
          ))}
        </RowList>
      )}
      {isChoosingFolder && (
        <FolderDialog
          machineId={machineId}
          notebooks={notebooks}
          onClose={() => setIsChoosingFolder(false)}
        />
      )}
      {isTypingAddress && <AddressDialog machineId={machineId} onClose={() => setIsTypingAddress(false)} />}
      {serverToStop && (
        <Dialog
          role="alertdialog"
          title={t('notebook.stopTitle', {
            folder: serverToStop.folder || addressText(t, serverToStop.address),
          })}
          onCancel={() => setServerToStop(null)}
          buttons={
            <>
              <Button autoFocus onPress={() => setServerToStop(null)}>
                {t('common.cancel')}
              </Button>
              <Button
                variant="danger"
                onPress={() => {
                  stopServer(machineId, serverToStop.id);
                  setServerToStop(null);
                }}
              >
                {t('notebook.stop')}
              </Button>
            </>
          }
        >
          <p>{t('notebook.stopExplanation')}</p>
        </Dialog>
      )}
    </Section>
  );
}
