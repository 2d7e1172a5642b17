import { KeyRound, LockKeyhole } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Machine } from '../../../shared/model/machine';
import type { SshKey } from '../../../shared/model/ssh-key';
import { Button } from '../../components/button';
import { CopyButton } from '../../components/copy-button';
import { Row, RowFacts, RowProblem, RowTitle } from '../../components/row-list';

interface KeyRowProps {
  readonly sshKey: SshKey;
  readonly machines: readonly Machine[];
  readonly onMend: () => void;
}

/** One key: what it is, who uses it, and what is wrong with it. */
export function KeyRow({ sshKey, machines, onMend }: KeyRowProps) {
  const { t } = useTranslation();
  const { name, state, isEncrypted, publicHalf, comment, isOpenToOthers, machineIds } = sshKey;
  const usedBy = machines.filter(({ id }) => machineIds.includes(id)).map((machine) => machine.name);
  const size = publicHalf?.bits ? t('keys.bits', { bits: publicHalf.bits }) : null;
  const facts = [
    publicHalf && [publicHalf.keyType, size].filter(Boolean).join(' '),
    state === 'usable' && t(isEncrypted ? 'keys.encrypted' : 'keys.notEncrypted'),
    comment,
    usedBy.length > 0 && t('keys.usedBy', { machines: usedBy.join(', ') }),
  ].filter(Boolean);
  const Icon = isEncrypted ? LockKeyhole : KeyRound;
  return (
    <Row
      icon={<Icon aria-hidden size={18} />}
      actions={
        <>
          {isOpenToOthers && (
            <Button aria-label={t('keys.mendNamed', { name })} onPress={onMend}>
              {t('keys.mend')}
            </Button>
          )}
          {publicHalf && <CopyButton label={t('keys.copyPublic', { name })} textOf={() => publicHalf.line} />}
        </>
      }
    >
      <RowTitle>
        <span className="mono selectable">{name}</span>
      </RowTitle>
      {publicHalf && <RowFacts isMono>{publicHalf.fingerprint}</RowFacts>}
      <RowFacts>{facts.join(' · ')}</RowFacts>
      {state !== 'usable' && <RowProblem>{t(`keys.state.${state}`)}</RowProblem>}
      {isOpenToOthers && <RowProblem>{t('keys.openToOthers')}</RowProblem>}
    </Row>
  );
}
