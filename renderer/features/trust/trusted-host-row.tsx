import { ShieldCheck, ShieldX, Stamp } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Machine } from '../../../shared/model/machine';
import { canForgetHost, type TrustedHost } from '../../../shared/model/trusted-host';
import { Button } from '../../components/button';
import { Row, RowFacts, RowTitle } from '../../components/row-list';
import styles from './trusted-host-row.module.css';

interface TrustedHostRowProps {
  readonly host: TrustedHost;
  readonly machines: readonly Machine[];
  readonly onForget: () => void;
}

const icons = { none: ShieldCheck, revoked: ShieldX, 'cert-authority': Stamp } as const;

/** One line of known_hosts: whose key it is, which key, and which machines it is about. */
export function TrustedHostRow({ host, machines, onForget }: TrustedHostRowProps) {
  const { t, i18n } = useTranslation();
  const Icon = icons[host.marker];
  const isHashed = host.names.length === 0;
  const names = isHashed ? t('trust.hashed') : host.names.join(', ');
  const usedBy = machines.filter(({ id }) => host.machineIds.includes(id)).map(({ name }) => name);
  const firstSeen =
    host.firstSeenMs !== null &&
    new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium' }).format(host.firstSeenMs);
  const facts = [
    host.keyType,
    usedBy.length > 0 && t('trust.usedBy', { machines: usedBy.join(', ') }),
    firstSeen && t('trust.firstSeen', { date: firstSeen }),
    host.comment,
  ].filter(Boolean);
  return (
    <Row
      icon={<Icon aria-hidden size={18} />}
      actions={
        canForgetHost(host) && (
          <Button variant="quiet" aria-label={t('trust.forgetNamed', { host: names })} onPress={onForget}>
            {t('trust.forget')}
          </Button>
        )
      }
    >
      <RowTitle>
        <span className={isHashed ? '' : 'mono selectable'}>{names}</span>
        {host.marker !== 'none' && <span className={styles.marker}>{t(`trust.marker.${host.marker}`)}</span>}
      </RowTitle>
      <RowFacts isMono>{host.fingerprint}</RowFacts>
      <RowFacts>{facts.join(' · ')}</RowFacts>
    </Row>
  );
}
