import { Plus } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { SshKeyList } from '../../../shared/model/ssh-key';
import { nuvem } from '../../api/nuvem';
import { Button } from '../../components/button';
import { Spinner } from '../../components/spinner';
import { machinesStore } from '../../stores/machines-store';
import { showFailure } from '../../stores/notices-store';
import { KeyRow } from './key-row';
import styles from './keys-page.module.css';
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
    <div className={styles.page}>
      <header className={styles.header}>
        <div className={styles.title}>
          <h1>{t('keys.title')}</h1>
          <p className={styles.muted}>{t('keys.explanation')}</p>
        </div>
        <Button variant="primary" icon={<Plus aria-hidden />} onPress={() => setIsMaking(true)}>
          {t('keys.new')}
        </Button>
      </header>
      {list === null ? (
        <Spinner />
      ) : list.keys.length === 0 ? (
        <p className={styles.muted}>{t('keys.empty')}</p>
      ) : (
        <ul className={styles.list} aria-label={t('keys.title')}>
          {list.keys.map((key) => (
            <KeyRow key={key.name} sshKey={key} machines={machines} onMend={() => mend(key.name)} />
          ))}
        </ul>
      )}
      {list && <p className={`${styles.path} selectable`}>{list.folder}</p>}
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
    </div>
  );
}
