import { FileDown, Import, KeyRound, LockKeyhole, RectangleEllipsis, ServerCog } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Machine } from '../../../shared/model/machine';
import type { SshKey } from '../../../shared/model/ssh-key';
import { Button } from '../../components/button';
import { CopyButton } from '../../components/copy-button';
import { IconButton } from '../../components/icon-button';
import { Row, RowFacts, RowProblem, RowTitle } from '../../components/row-list';

interface KeyRowProps {
  readonly sshKey: SshKey;
  readonly machines: readonly Machine[];
  readonly onMend: () => void;
  readonly onChangePassphrase: () => void;
  readonly onConvert: () => void;
  readonly onSavePublic: () => void;
  /** Null: there is no machine to install it on. */
  readonly onInstall: (() => void) | null;
}

/** One key: what it is, who uses it, and what is wrong with it. */
export function KeyRow({ sshKey, machines, ...on }: KeyRowProps) {
  const { t } = useTranslation();
  const { name, state, container, isEncrypted, publicHalf, comment, isOpenToOthers, machineIds } = sshKey;
  const usedBy = machines.filter(({ id }) => machineIds.includes(id)).map((machine) => machine.name);
  const size = publicHalf?.bits ? t('keys.bits', { bits: publicHalf.bits }) : null;
  const facts = [
    publicHalf && [publicHalf.keyType, size].filter(Boolean).join(' '),
    state === 'usable' && t(isEncrypted ? 'keys.encrypted' : 'keys.notEncrypted'),
    comment,
    container !== 'openSsh' && t(`keys.container.${container}`),
    usedBy.length > 0 ? t('keys.usedBy', { machines: usedBy.join(', ') }) : t('keys.notUsed'),
  ].filter(Boolean);
  const Icon = isEncrypted ? LockKeyhole : KeyRound;
  return (
    <Row
      icon={<Icon aria-hidden size={18} />}
      actions={
        <>
          {isOpenToOthers && (
            <Button aria-label={t('keys.mendNamed', { name })} onPress={on.onMend}>
              {t('keys.mend')}
            </Button>
          )}
          {publicHalf && <CopyButton label={t('keys.copyPublic', { name })} textOf={() => publicHalf.line} />}
          {publicHalf && (
            <IconButton label={t('keys.savePublic', { name })} onPress={on.onSavePublic}>
              <FileDown aria-hidden />
            </IconButton>
          )}
          {state === 'usable' && publicHalf && on.onInstall && (
            <IconButton label={t('keys.installNamed', { name })} onPress={on.onInstall}>
              <ServerCog aria-hidden />
            </IconButton>
          )}
          {state === 'usable' && container === 'putty' && (
            <IconButton label={t('keys.convert', { name })} onPress={on.onConvert}>
              <Import aria-hidden />
            </IconButton>
          )}
          {state === 'usable' && container !== 'putty' && (
            <IconButton label={t('keys.passphraseOf', { name })} onPress={on.onChangePassphrase}>
              <RectangleEllipsis aria-hidden />
            </IconButton>
          )}
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
