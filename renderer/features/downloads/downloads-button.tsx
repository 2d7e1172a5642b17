import { Download as DownloadIcon, TriangleAlert } from 'lucide-react';
import { useRef, useState } from 'react';
import { Dialog, Popover } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { isUnderway } from '../../../shared/model/download';
import { Button } from '../../components/button';
import { IconButton } from '../../components/icon-button';
import { downloadsStore } from '../../stores/downloads-store';
import { clearDownloads } from './download-actions';
import { DownloadRow } from './download-row';
import styles from './downloads.module.css';

/** Leads to the list of downloads, once there is one; says how many are not finished. */
export function DownloadsButton() {
  const { t } = useTranslation();
  const { downloads } = useStore(downloadsStore);
  const [isOpen, setIsOpen] = useState(false);
  const buttonRef = useRef<HTMLButtonElement>(null);
  if (downloads.length === 0) {
    // The next download shall not open the list by itself.
    if (isOpen) setIsOpen(false);
    return null;
  }
  const count = downloads.filter(isUnderway).length;
  const hasFailed = downloads.some(({ state }) => state.kind === 'failed');
  const label =
    count > 0 ? t('downloads.badge', { count }) : t(hasFailed ? 'downloads.failedBadge' : 'downloads.title');
  return (
    <div className={styles.place}>
      <IconButton ref={buttonRef} label={label} onPress={() => setIsOpen(!isOpen)}>
        {hasFailed && count === 0 ? <TriangleAlert aria-hidden /> : <DownloadIcon aria-hidden />}
      </IconButton>
      {count > 0 && (
        <span aria-hidden className={styles.count}>
          {count}
        </span>
      )}
      <Popover
        isOpen={isOpen}
        onOpenChange={setIsOpen}
        triggerRef={buttonRef}
        placement="bottom end"
        className={styles.popover ?? ''}
      >
        <Dialog aria-label={t('downloads.title')} className={styles.dialog ?? ''}>
          <header className={styles.header}>
            <h2>{t('downloads.title')}</h2>
            <Button
              variant="quiet"
              isDisabled={downloads.every(isUnderway)}
              onPress={() => clearDownloads(downloads)}
            >
              {t('downloads.clear')}
            </Button>
          </header>
          <ul className={styles.list}>
            {downloads.map((download) => (
              <DownloadRow key={download.id} download={download} />
            ))}
          </ul>
        </Dialog>
      </Popover>
    </div>
  );
}
