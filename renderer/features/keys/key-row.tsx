import { KeyRound, LockKeyhole, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Machine } from '../../../shared/model/machine';
import type { SshKey } from '../../../shared/model/ssh-key';
import { Button } from '../../components/button';
import { CopyButton } from '../../components/copy-button';
import styles from './keys-page.module.css';

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
    <li className={styles.key}>
      <Icon aria-hidden size={18} />
      <div className={styles.text}>
        <p className={`${styles.name} mono selectable`}>{name}</p>
        {publicHalf && <p className={`${styles.facts} mono selectable`}>{publicHalf.fingerprint}</p>}
        <p className={styles.facts}>{facts.join(' · ')}</p>
        {state !== 'usable' && (
          <p className={styles.problem}>
            <TriangleAlert aria-hidden size={14} />
            {t(`keys.state.${state}`)}
          </p>
        )}
        {isOpenToOthers && (
          <p className={styles.problem}>
            <TriangleAlert aria-hidden size={14} />
            {t('keys.openToOthers')}
          </p>
        )}
      </div>
      <div className={styles.actions}>
        {isOpenToOthers && (
          <Button aria-label={t('keys.mendNamed', { name })} onPress={onMend}>
            {t('keys.mend')}
          </Button>
        )}
        {publicHalf && <CopyButton label={t('keys.copyPublic', { name })} textOf={() => publicHalf.line} />}
      </div>
    </li>
  );
}
