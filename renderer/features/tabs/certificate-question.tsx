import { ShieldAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { TabHindrance, WebTab } from '../../../shared/model/tab';
import { nuvem } from '../../api/nuvem';
import { Button } from '../../components/button';
import { findMachine, machinesStore } from '../../stores/machines-store';
import { showFailure } from '../../stores/notices-store';
import styles from './certificate-question.module.css';

interface CertificateQuestionProps {
  readonly tab: WebTab;
  readonly hindrance: Extract<TabHindrance, { readonly kind: 'certificate' }>;
}

/** Asks whether a certificate that nobody vouches for is the right one, with what there is to compare. */
export function CertificateQuestion({ tab, hindrance }: CertificateQuestionProps) {
  const { t, i18n } = useTranslation();
  const machine = useStore(machinesStore, (list) => findMachine(list, tab.machineId));
  const { host, fingerprint, issuer, validUntilMs, isChanged } = hindrance;
  const close = () => nuvem.tabs.close({ tabId: tab.id }).catch(showFailure);
  const trust = () => nuvem.tabs.trustCertificate({ tabId: tab.id, fingerprint }).catch(showFailure);
  return (
    <div className={styles.question} role="alert">
      <div className={styles.card}>
        <ShieldAlert aria-hidden size={28} className={styles.icon ?? ''} />
        <h2>{isChanged ? t('certificate.changedTitle', { host }) : t('certificate.title', { host })}</h2>
        <p>{isChanged ? t('certificate.changedText') : t('certificate.text', { machine: machine?.name })}</p>
        <dl className={styles.facts}>
          <dt>{t('certificate.fingerprint')}</dt>
          <dd className="mono selectable">{fingerprint.replace(/^sha256\//, 'SHA-256 ')}</dd>
          <dt>{t('certificate.issuer')}</dt>
          <dd className="selectable">{issuer || t('certificate.unnamed')}</dd>
          <dt>{t('certificate.validUntil')}</dt>
          <dd>
            {new Intl.DateTimeFormat(i18n.language, { dateStyle: 'long' }).format(new Date(validUntilMs))}
          </dd>
        </dl>
        <div className={styles.buttons}>
          <Button onPress={close}>{t('certificate.refuse')}</Button>
          <Button variant={isChanged ? 'danger' : 'primary'} onPress={trust}>
            {t('certificate.trust')}
          </Button>
        </div>
      </div>
    </div>
  );
}
