import { Hourglass } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { WebTab } from '../../../shared/model/tab';
import { Button } from '../../components/button';
import { reloadPage, waitForPage } from './tab-actions';
import styles from './unresponsive-strip.module.css';

/** Says above a page that it does not respond, and offers the ways out. */
export function UnresponsiveStrip({ tab }: { readonly tab: WebTab }) {
  const { t } = useTranslation();
  return (
    <div className={styles.strip} role="alert">
      <Hourglass aria-hidden size={16} />
      <p>{t('tabs.unresponsive')}</p>
      <Button onPress={() => waitForPage(tab.id)}>{t('tabs.wait')}</Button>
      <Button variant="danger" onPress={() => reloadPage(tab.id)}>
        {t('tabs.reload')}
      </Button>
    </div>
  );
}
