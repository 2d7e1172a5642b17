import { FileQuestion, KeyRound, UserRoundKey } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { AuthorizedEntry, AuthorizedKeyEntry } from '../../../shared/model/access';
import { Button } from '../../components/button';
import { Row, RowFacts, RowTitle } from '../../components/row-list';

interface AccessRowProps {
  readonly entry: AuthorizedEntry;
  readonly onRemove: (entry: AuthorizedKeyEntry) => void;
}

/** One line of the machine's list: whose key it is, which key, and what it may do. */
export function AccessRow({ entry, onRemove }: AccessRowProps) {
  const { t } = useTranslation();
  if (entry.kind === 'notUnderstood') {
    return (
      <Row icon={<FileQuestion aria-hidden size={18} />}>
        <RowTitle>{t('access.notUnderstood')}</RowTitle>
        <RowFacts isMono>{entry.text}</RowFacts>
      </Row>
    );
  }
  const { keyType, bits, fingerprint, options, isInUse } = entry;
  const name = entry.name || t('access.noName');
  const size = bits === null ? null : t('keys.bits', { bits });
  const Icon = isInUse ? UserRoundKey : KeyRound;
  return (
    <Row
      icon={<Icon aria-hidden size={18} />}
      actions={
        <Button
          variant="quiet"
          aria-label={t('access.removeNamed', { name, fingerprint })}
          onPress={() => onRemove(entry)}
        >
          {t('access.remove')}
        </Button>
      }
    >
      <RowTitle>
        <span className="selectable">{name}</span>
      </RowTitle>
      <RowFacts isMono>{fingerprint}</RowFacts>
      <RowFacts>
        {[[keyType, size].filter(Boolean).join(' '), isInUse && t('access.inUse')]
          .filter(Boolean)
          .join(' · ')}
      </RowFacts>
      {options !== '' && <RowFacts>{t('access.options', { options })}</RowFacts>}
    </Row>
  );
}
