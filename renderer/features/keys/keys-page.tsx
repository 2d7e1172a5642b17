import { Plus } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { SshKeyList } from '../../../shared/model/ssh-key';
import { nuvem } from '../../api/nuvem';
import { Button } from '../../components/button';
import { Nothing, Page, PageHeader, PageSource } from '../../components/page';
import { RowList } from '../../components/row-list';
import { Spinner } from '../../components/spinner';
import { machinesStore } from '../../stores/machines-store';
import { showFailure } from '../../stores/notices-store';
import { KeyRow } from './key-row';
import { NewKeyDialog } from './new-key-dialog';

/** The private keys in the user's `~/.ssh`, and the way to a new one. */
export function KeysPage() {
  const { t } = useTranslation();
  const { machines } = useStore(machinesStore);
  const [list, setList] = useState<SshKeyList | null>(null);
  const [isMaking, setIsMaking] = useState(false);
  useEffect(() => {
    nuvem.keys.list().then(setList).catch(showFailure);
  }, []);

  const mend = (name: string) => {
    nuvem.keys.mend({ name }).then(setList).catch(showFailure);
  };
  return (
    <Page>
      <PageHeader
        title={t('keys.title')}
        about={t('keys.explanation')}
        actions={
          <Button variant="primary" icon={<Plus aria-hidden />} onPress={() => setIsMaking(true)}>
            {t('keys.new')}
          </Button>
        }
      />
      {list === null ? (
        <Spinner />
      ) : list.keys.length === 0 ? (
        <Nothing>{t('keys.empty')}</Nothing>
      ) : (
        <RowList label={t('keys.title')}>
          {list.keys.map((key) => (
            <KeyRow key={key.name} sshKey={key} machines={machines} onMend={() => mend(key.name)} />
          ))}
        </RowList>
      )}
      {list && <PageSource path={list.folder} />}
      {isMaking && (
        <NewKeyDialog
          takenNames={list?.keys.map(({ name }) => name) ?? []}
          onClose={() => setIsMaking(false)}
          onMade={(made) => {
            setList(made);
            setIsMaking(false);
          }}
        />
      )}
    </Page>
  );
}
