import { RotateCw } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { isAwake, type TabId, type WebTab } from '../../../shared/model/tab';
import { Button } from '../../components/button';
import { findStore } from '../../stores/find-store';
import { forgetPageState, setPageState } from '../../stores/page-states-store';
import { CertificateQuestion } from './certificate-question';
import { ConnectionStrip } from './connection-strip';
import { FindBar } from './find-bar';
import { PageToolbar } from './page-toolbar';
import { SleepingPage } from './sleeping-page';
import { reloadPage } from './tab-actions';
import { panelElementId, tabElementId } from './tab-ids';
import { UnresponsiveStrip } from './unresponsive-strip';
import styles from './web-page.module.css';
import { createWebview, type PageHistory, type WebviewElement } from './webview-element';

interface WebPageProps {
  readonly tab: WebTab;
  readonly isInFront: boolean;
}

/** One page of a machine. Behind another page it stays alive, out of sight and out of reach. */
export function WebPage({ tab, isInFront }: WebPageProps) {
  return (
    <div
      role="tabpanel"
      id={panelElementId(tab.id)}
      aria-labelledby={tabElementId(tab.id)}
      className={`${styles.page} ${isInFront ? '' : styles.behind}`}
    >
      {isInFront && <h1 className="visuallyHidden">{tab.title}</h1>}
      {isInFront && <ConnectionStrip machineId={tab.machineId} />}
      {tab.hindrance.kind === 'crashed' ? (
        <CrashedPage tabId={tab.id} />
      ) : isAwake(tab) ? (
        <LoadedPage tab={tab} isInFront={isInFront} />
      ) : (
        isInFront && <SleepingPage tab={tab} />
      )}
    </div>
  );
}

/** Stands in the place of a page whose process is gone. */
function CrashedPage({ tabId }: { readonly tabId: TabId }) {
  const { t } = useTranslation();
  return (
    <div className={styles.frame}>
      <div className={styles.failed} role="alert">
        <p>{t('tabs.crashed')}</p>
        <Button icon={<RotateCw aria-hidden />} onPress={() => reloadPage(tabId)}>
          {t('tabs.reload')}
        </Button>
      </div>
    </div>
  );
}

function LoadedPage({ tab, isInFront }: WebPageProps) {
  const { t } = useTranslation();
  const [openedTab] = useState(tab);
  const [isLoading, setIsLoading] = useState(true);
  const [hasFailed, setHasFailed] = useState(false);
  const [history, setHistory] = useState<PageHistory>({ canGoBack: false, canGoForward: false });
  const hostRef = useRef<HTMLDivElement>(null);
  const [webview, setWebview] = useState<WebviewElement | null>(null);
  const { hindrance } = tab;
  const isFinding = useStore(findStore, ({ tabId }) => tabId === tab.id);

  useEffect(() => {
    const made = createWebview(openedTab, {
      onLoadingChanged: (isNowLoading) => {
        setIsLoading(isNowLoading);
        if (isNowLoading) setHasFailed(false);
      },
      onHistoryChanged: setHistory,
      onFailed: () => setHasFailed(true),
    });
    setWebview(made);
    hostRef.current?.append(made);
    return () => made.remove();
  }, [openedTab]);

  useEffect(() => {
    const isTabListFocused = document.activeElement?.getAttribute('role') === 'tab';
    if (isInFront && !isTabListFocused) webview?.focus();
  }, [isInFront, webview]);

  const isFailure = hasFailed && !isLoading;
  const pageState = isLoading ? 'loading' : isFailure ? 'failed' : 'shown';
  useEffect(() => setPageState(openedTab.id, pageState), [openedTab, pageState]);
  useEffect(() => () => forgetPageState(openedTab.id), [openedTab]);

  return (
    <>
      {isInFront && tab.serverId === null && (
        <PageToolbar tab={tab} webview={webview} history={history} isLoading={isLoading} />
      )}
      {isInFront && hindrance.kind === 'unresponsive' && <UnresponsiveStrip tab={tab} />}
      <div className={styles.frame}>
        <div ref={hostRef} className={styles.host} />
        {isInFront && isFinding && webview && <FindBar webview={webview} />}
        {isLoading && <div className={styles.loading} role="progressbar" aria-label={t('tabs.loading')} />}
        {isInFront && hindrance.kind === 'certificate' && (
          <CertificateQuestion tab={tab} hindrance={hindrance} />
        )}
        {isFailure && hindrance.kind === 'none' && (
          <div className={styles.failed} role="alert">
            <p>{t('tabs.failed')}</p>
            <Button icon={<RotateCw aria-hidden />} onPress={() => webview?.reload()}>
              {t('tabs.reload')}
            </Button>
          </div>
        )}
      </div>
    </>
  );
}
