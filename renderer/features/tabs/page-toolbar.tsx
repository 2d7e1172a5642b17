import { ArrowLeft, ArrowRight, ExternalLink, RotateCw, X } from 'lucide-react';
import { useState } from 'react';
import { Input, TextField } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { WebTab } from '../../../shared/model/tab';
import { readWebAddress } from '../../../shared/model/web-address';
import { nuvem } from '../../api/nuvem';
import { IconButton } from '../../components/icon-button';
import { showFailure } from '../../stores/notices-store';
import styles from './page-toolbar.module.css';
import { openTabInBrowser } from './tab-actions';
import type { PageHistory, WebviewElement } from './webview-element';

interface PageToolbarProps {
  readonly tab: WebTab;
  readonly webview: WebviewElement | null;
  readonly history: PageHistory;
  readonly isLoading: boolean;
}

/** Moves about in a page that is no notebook, and shows where on the machine it is. */
export function PageToolbar({ tab, webview, history, isLoading }: PageToolbarProps) {
  const { t } = useTranslation();
  return (
    <div role="toolbar" aria-label={t('tabs.toolbar')} className={styles.toolbar}>
      <IconButton label={t('tabs.back')} isDisabled={!history.canGoBack} onPress={() => webview?.goBack()}>
        <ArrowLeft aria-hidden />
      </IconButton>
      <IconButton
        label={t('tabs.forward')}
        isDisabled={!history.canGoForward}
        onPress={() => webview?.goForward()}
      >
        <ArrowRight aria-hidden />
      </IconButton>
      {isLoading ? (
        <IconButton label={t('tabs.stop')} onPress={() => webview?.stop()}>
          <X aria-hidden />
        </IconButton>
      ) : (
        <IconButton label={t('tabs.reload')} onPress={() => webview?.reload()}>
          <RotateCw aria-hidden />
        </IconButton>
      )}
      <AddressField key={tab.address} tab={tab} />
      <IconButton label={t('browserDoor.open')} onPress={() => openTabInBrowser(tab.id)}>
        <ExternalLink aria-hidden />
      </IconButton>
    </div>
  );
}

/** The page's address; another one of the same machine can be typed over it. Escape brings the page's back. */
function AddressField({ tab }: { readonly tab: WebTab }) {
  const { t } = useTranslation();
  const [text, setText] = useState(tab.address);
  const [isWrong, setIsWrong] = useState(false);
  const go = () => {
    const address = readWebAddress(text);
    setIsWrong(address === null);
    if (address === null) return;
    setText(address);
    nuvem.tabs.go({ tabId: tab.id, address }).catch(showFailure);
  };
  return (
    <TextField
      aria-label={t('tabs.address')}
      value={text}
      isInvalid={isWrong}
      onChange={(typed) => {
        setText(typed);
        setIsWrong(false);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') go();
        else if (event.key === 'Escape') setText(tab.address);
      }}
      className={styles.address ?? ''}
    >
      <Input
        className={`${styles.input} mono`}
        spellCheck={false}
        onFocus={(event) => event.currentTarget.select()}
      />
    </TextField>
  );
}
