import { ShieldCheck, ShieldX, Stamp } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Machine } from '../../../shared/model/machine';
import { canForgetHost, type TrustedHost } from '../../../shared/model/trusted-host';
import { Button } from '../../components/button';
import styles from './trusted-hosts-page.module.css';

interface TrustedHostRowProps {
  readonly host: TrustedHost;
  readonly machines: readonly Machine[];
  readonly onForget: () => void;
}

const icons = { none: ShieldCheck, revoked: ShieldX, 'cert-authority': Stamp } as const;

/** One line of known_hosts: whose key it is, which key, and which machines it is about. */
export function TrustedHostRow({ host, machines, onForget }: TrustedHostRowProps) {
  const { t } = useTranslation();
  const Icon = icons[host.marker];
  const isHashed = host.names.length === 0;
  const names = isHashed ? t('trust.hashed') : host.names.join(', ');
  const usedBy = machines.filter(({ id }) => host.machineIds.includes(id)).map(({ name }) => name);
  const facts = [
    host.keyType,
    usedBy.length > 0 && t('trust.usedBy', { machines: usedBy.join(', ') }),
    host.comment,
  ].filter(Boolean);
  return (
    <li className={styles.host}>
      <Icon aria-hidden size={18} />
      <div className={styles.text}>
        <p className={styles.names}>
          <span className={isHashed ? '' : 'mono selectable'}>{names}</span>
          {host.marker !== 'none' && (
            <span className={styles.marker}>{t(`trust.marker.${host.marker}`)}</span>
          )}
        </p>
        <p className={`${styles.fingerprint} mono selectable`}>{host.fingerprint}</p>
        <p className={styles.facts}>{facts.join(' · ')}</p>
      </div>
      {canForgetHost(host) && (
        <Button variant="quiet" aria-label={t('trust.forgetNamed', { host: names })} onPress={onForget}>
          {t('trust.forget')}
        </Button>
      )}
    </li>
  );
}
