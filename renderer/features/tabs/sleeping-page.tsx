import { Moon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { WebTab } from '../../../shared/model/tab';
import { Button } from '../../components/button';
import { Spinner } from '../../components/spinner';
import { errorTexts } from '../../i18n/error-texts';
import { findMachine, machinesStore } from '../../stores/machines-store';
import { openNotebook } from '../notebook/notebook-actions';
import styles from './sleeping-page.module.css';
import { closeTab, wakeTab } from './tab-actions';

/** Stands in the place of a page that is not loaded yet, and says why. */
export function SleepingPage({ tab }: { readonly tab: WebTab }) {
  const { t } = useTranslation();
  const machine = useStore(machinesStore, (list) => findMachine(list, tab.machineId));
  const { hindrance } = tab;
  if (hindrance.kind === 'waking')
    return (
      <div className={styles.page} role="status">
        <Spinner size={24} />
        <p>{t('tabs.waking', { machine: machine?.name })}</p>
      </div>
    );
  const error = hindrance.kind === 'wakeFailed' ? hindrance.error : null;
  const texts = error && errorTexts(t, error, machine);
  // A notebook server that has ended is not found again, but the machine can start another one.
  const isGone = error?.code === 'notebook-gone';
  return (
    <div className={styles.page}>
      <Moon aria-hidden size={24} />
      {texts === null ? (
        <p>{t('tabs.asleep', { title: tab.title, machine: machine?.name })}</p>
      ) : (
        <div role="alert">
          <p className="selectable">{texts.what}</p>
          <p className="selectable">{texts.todo}</p>
        </div>
      )}
      <div className={styles.buttons}>
        <Button onPress={() => closeTab(tab.id)}>{t('tabs.closeThis')}</Button>
        {isGone ? (
          <Button
            variant="primary"
            onPress={() => {
              closeTab(tab.id);
              openNotebook(tab.machineId);
            }}
          >
            {t('notebook.openNotebook')}
          </Button>
        ) : (
          <Button variant="primary" onPress={() => wakeTab(tab.id)}>
            {t('tabs.wake')}
          </Button>
        )}
      </div>
    </div>
  );
}
