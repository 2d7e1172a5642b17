import { RotateCw } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WebTab } from '../../../shared/model/tab';
import { Button } from '../../components/button';
import { ConnectionStrip } from './connection-strip';
import { panelElementId, tabElementId } from './tab-ids';
import styles from './web-page.module.css';
import { createWebview, type WebviewElement } from './webview-element';

interface WebPageProps {
  readonly tab: WebTab;
  readonly isInFront: boolean;
}

/** One notebook page. Behind another page it stays alive, out of sight and out of reach. */
export function WebPage({ tab, isInFront }: WebPageProps) {
  const { t } = useTranslation();
  const [openedTab] = useState(tab);
  const [isLoading, setIsLoading] = useState(true);
  const [hasFailed, setHasFailed] = useState(false);
  const hostRef = useRef<HTMLDivElement>(null);
  const webviewRef = useRef<WebviewElement | null>(null);

  useEffect(() => {
    const webview = createWebview(openedTab, {
      onLoadingChanged: setIsLoading,
      onFailed: () => setHasFailed(true),
    });
    webviewRef.current = webview;
    hostRef.current?.append(webview);
    return () => webview.remove();
  }, [openedTab]);

  useEffect(() => {
    const isTabListFocused = document.activeElement?.getAttribute('role') === 'tab';
    if (isInFront && !isTabListFocused) webviewRef.current?.focus();
  }, [isInFront]);

  const reload = () => {
    setHasFailed(false);
    webviewRef.current?.reload();
  };

  return (
    <div
      role="tabpanel"
      id={panelElementId(tab.id)}
      aria-labelledby={tabElementId(tab.id)}
      className={`${styles.page} ${isInFront ? '' : styles.behind}`}
    >
      {isInFront && <h1 className="visuallyHidden">{tab.title}</h1>}
      {isInFront && <ConnectionStrip machineId={tab.machineId} />}
      <div ref={hostRef} className={styles.host} />
      {isLoading && <div className={styles.loading} role="progressbar" aria-label={t('tabs.loading')} />}
      {hasFailed && !isLoading && (
        <div className={styles.failed} role="alert">
          <p>{t('tabs.failed')}</p>
          <Button icon={<RotateCw aria-hidden />} onPress={reload}>
            {t('tabs.reload')}
          </Button>
        </div>
      )}
    </div>
  );
}
