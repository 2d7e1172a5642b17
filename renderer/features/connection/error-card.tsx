import { CircleAlert, TriangleAlert, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ErrorReport } from '../../../shared/errors/app-error';
import { errorTable, type UserAction } from '../../../shared/errors/error-codes';
import type { Machine } from '../../../shared/model/machine';
import { Button } from '../../components/button';
import { CopyButton } from '../../components/copy-button';
import { Disclosure } from '../../components/disclosure';
import { IconButton } from '../../components/icon-button';
import { errorTexts } from '../../i18n/error-texts';
import styles from './error-card.module.css';

interface ErrorCardProps {
  readonly report: ErrorReport;
  readonly machine?: Machine;
  /** `warning`: Nuvem goes on by itself, so nothing is read aloud and no button is offered. */
  readonly level?: 'error' | 'warning';
  /** Offers to find out more: the connection failed. */
  readonly onDiagnose?: () => void;
  /** Offers to put the card away. */
  readonly onDismiss?: () => void;
  readonly onAction: (action: Exclude<UserAction, 'none'>) => void;
}

/** What failed, what to do, the button that does it, and what the other side said. */
export function ErrorCard({
  report,
  machine,
  level = 'error',
  onDiagnose,
  onDismiss,
  onAction,
}: ErrorCardProps) {
  const { t } = useTranslation();
  const { what, todo } = errorTexts(t, report, machine);
  const { action } = errorTable[report.code];
  const isError = level === 'error';
  const Icon = isError ? CircleAlert : TriangleAlert;
  return (
    <div className={`${styles.card} ${styles[level]}`} {...(isError ? { role: 'alert' } : {})}>
      <Icon aria-hidden size={18} className={styles.icon ?? ''} />
      <div className={styles.body}>
        <div className={styles.top}>
          <div className={styles.text}>
            <p className={`${styles.what} selectable`}>{what}</p>
            <p className="selectable">{todo}</p>
          </div>
          {isError && action !== 'none' && (
            <Button onPress={() => onAction(action)}>{t(`error.action.${action}`)}</Button>
          )}
          {onDiagnose && <Button onPress={onDiagnose}>{t('open', { ns: 'diagnosis' })}</Button>}
          {onDismiss && (
            <IconButton label={t('notices.dismiss')} onPress={onDismiss}>
              <X aria-hidden />
            </IconButton>
          )}
        </div>
        <FingerprintPair report={report} />
        {report.details.length > 0 && (
          <Disclosure title={t('error.details')}>
            <div className={styles.details}>
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling part must be reachable by keyboard. */}
              <section tabIndex={0} aria-label={t('error.details')}>
                <pre className="selectable">{report.details.join('\n')}</pre>
              </section>
              <CopyButton label={t('error.copyDetails')} textOf={() => report.details.join('\n')} />
            </div>
          </Disclosure>
        )}
      </div>
    </div>
  );
}

/** The known and the offered fingerprint of a changed host key, for comparing by eye. */
function FingerprintPair({ report }: { readonly report: ErrorReport }) {
  const { t } = useTranslation();
  const { oldFingerprint, newFingerprint } = report.params;
  if (!oldFingerprint || !newFingerprint) return null;
  return (
    <dl className={styles.fingerprints}>
      <div>
        <dt>{t('error.oldFingerprint')}</dt>
        <dd className="mono selectable">{oldFingerprint}</dd>
      </div>
      <div>
        <dt>{t('error.newFingerprint')}</dt>
        <dd className="mono selectable">{newFingerprint}</dd>
      </div>
    </dl>
  );
}
