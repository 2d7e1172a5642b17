import { ProgressBar } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { UploadProgress } from '../../../../shared/model/emr-step';
import { byteText } from '../../tunnels/byte-text';
import styles from './steps.module.css';

/** How far the files of a step have come. */
export function UploadBar({ upload }: { readonly upload: UploadProgress }) {
  const { t, i18n } = useTranslation('clusters');
  const { name, sentBytes, totalBytes } = upload;
  const bytes = (amount: number) => byteText(i18n.language, amount);
  const text = t('steps.uploading', { name, sent: bytes(sentBytes), total: bytes(totalBytes) });
  return (
    <ProgressBar aria-label={text} value={totalBytes === 0 ? 100 : (sentBytes / totalBytes) * 100}>
      {({ percentage = 0 }) => (
        <>
          <p className={styles.progressText}>{text}</p>
          <div className={styles.progress}>
            <div className={styles.bar} style={{ width: `${percentage}%` }} />
          </div>
        </>
      )}
    </ProgressBar>
  );
}
