import { Import, Plus } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { ForeignKey, SshKey, SshKeyList } from '../../../shared/model/ssh-key';
import { nuvem } from '../../api/nuvem';
import { Button } from '../../components/button';
import { Nothing, Page, PageHeader, PageSource } from '../../components/page';
import { RowList } from '../../components/row-list';
import { Spinner } from '../../components/spinner';
import { machinesStore } from '../../stores/machines-store';
import { showFailure } from '../../stores/notices-store';
import { InstallOnMachineDialog } from '../access/install-on-machine-dialog';
import { ImportKeyDialog } from './import-key-dialog';
import { KeyRow } from './key-row';
import { NewKeyDialog } from './new-key-dialog';
import { PassphraseDialog } from './passphrase-dialog';

type Open =
  | { readonly kind: 'none' }
  | { readonly kind: 'making' }
  | { readonly kind: 'passphrase'; readonly sshKey: SshKey }
  | { readonly kind: 'install'; readonly sshKey: SshKey }
  | { readonly kind: 'import'; readonly foreign: ForeignKey };

/** The user's private keys, and the ways to more of them. */
export function KeysPage() {
  const { t } = useTranslation();
  const { machines } = useStore(machinesStore);
  const [list, setList] = useState<SshKeyList | null>(null);
  const [open, setOpen] = useState<Open>({ kind: 'none' });
  const [savedAs, setSavedAs] = useState('');
  useEffect(() => {
    nuvem.keys.list().then(setList).catch(showFailure);
  }, []);

  const mend = (name: string) => {
    nuvem.keys.mend({ name }).then(setList).catch(showFailure);
  };
  const close = () => setOpen({ kind: 'none' });
  /** The machine may sign in with it now. */
  const closeInstalled = () => {
    close();
    nuvem.keys.list().then(setList).catch(showFailure);
  };
  const finish = (changed: SshKeyList) => {
    setList(changed);
    close();
  };
  const chooseForeign = () => {
    nuvem.keys
      .chooseForeign()
      .then((foreign) => foreign && setOpen({ kind: 'import', foreign }))
      .catch(showFailure);
  };
  const convert = ({ path, container, isEncrypted, publicHalf, comment }: SshKey) =>
    setOpen({ kind: 'import', foreign: { path, container, isEncrypted, publicHalf, comment } });
  const savePublic = (name: string) => {
    nuvem.keys
      .savePublic({ name })
      .then((path) => path !== null && setSavedAs(path))
      .catch(showFailure);
  };
  const canInstall = machines.some(({ isDemo }) => !isDemo);
  const takenNames = list?.keys.map(({ name }) => name) ?? [];
  return (
    <Page>
      <PageHeader
        title={t('keys.title')}
        about={t('keys.explanation')}
        actions={
          <>
            <Button icon={<Import aria-hidden />} onPress={chooseForeign}>
              {t('keys.import')}
            </Button>
            <Button variant="primary" icon={<Plus aria-hidden />} onPress={() => setOpen({ kind: 'making' })}>
              {t('keys.new')}
            </Button>
          </>
        }
      />
      {list === null ? (
        <Spinner />
      ) : list.keys.length === 0 ? (
        <Nothing>{t('keys.empty')}</Nothing>
      ) : (
        <RowList label={t('keys.title')}>
          {list.keys.map((key) => (
            <KeyRow
              key={key.name}
              sshKey={key}
              machines={machines}
              onMend={() => mend(key.name)}
              onChangePassphrase={() => setOpen({ kind: 'passphrase', sshKey: key })}
              onConvert={() => convert(key)}
              onSavePublic={() => savePublic(key.name)}
              onInstall={canInstall ? () => setOpen({ kind: 'install', sshKey: key }) : null}
            />
          ))}
        </RowList>
      )}
      {list && <PageSource path={list.folder} />}
      <p role="status" className="selectable">
        {savedAs !== '' && t('keys.savedAs', { path: savedAs })}
      </p>
      {open.kind === 'making' && <NewKeyDialog takenNames={takenNames} onClose={close} onMade={finish} />}
      {open.kind === 'passphrase' && (
        <PassphraseDialog sshKey={open.sshKey} onClose={close} onChanged={finish} />
      )}
      {open.kind === 'install' && (
        <InstallOnMachineDialog keyName={open.sshKey.name} onClose={closeInstalled} />
      )}
      {open.kind === 'import' && (
        <ImportKeyDialog foreign={open.foreign} takenNames={takenNames} onClose={close} onImported={finish} />
      )}
    </Page>
  );
}
