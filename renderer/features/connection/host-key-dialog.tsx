import { useTranslation } from 'react-i18next';
import type { HostKeyPrompt } from '../../../shared/model/prompt';
import { Button } from '../../components/button';
import { CopyButton } from '../../components/copy-button';
import { Dialog } from '../../components/dialog';
import { answerPrompt } from '../../stores/prompts-store';
import styles from './prompt.module.css';

interface HostKeyDialogProps {
  readonly prompt: HostKeyPrompt;
  readonly machineName: string;
}

/** Asks whether an unknown host key is the right one. The safe answer has the focus. */
export function HostKeyDialog({ prompt, machineName }: HostKeyDialogProps) {
  const { t } = useTranslation();
  const { promptId, host, port, keyType, fingerprint, randomart } = prompt;
  const answer = (isAccepted: boolean) => answerPrompt({ kind: 'hostKey', promptId, isAccepted });
  return (
    <Dialog
      title={t('prompt.hostKey.title', { name: prompt.hop ?? machineName })}
      role="alertdialog"
      width="wide"
      onCancel={() => answer(false)}
      buttons={
        <>
          <Button autoFocus onPress={() => answer(false)}>
            {t('common.cancel')}
          </Button>
          <Button variant="primary" onPress={() => answer(true)}>
            {t('prompt.hostKey.accept')}
          </Button>
        </>
      }
    >
      <p>{t('prompt.hostKey.explanation')}</p>
      <div className={styles.hostKey}>
        <dl className={styles.facts}>
          <dt>{t('prompt.hostKey.host')}</dt>
          <dd className="mono selectable">{port === 22 ? host : `${host}:${port}`}</dd>
          <dt>{t('prompt.hostKey.keyType')}</dt>
          <dd className="mono selectable">{keyType}</dd>
        </dl>
        <pre role="img" aria-label={t('prompt.hostKey.randomart')}>
          {randomart}
        </pre>
        <dl className={`${styles.facts} ${styles.wide}`}>
          <dt>{t('prompt.hostKey.fingerprint')}</dt>
          <dd className={styles.fingerprint}>
            <span className="mono selectable">{fingerprint}</span>
            <CopyButton label={t('prompt.hostKey.copyFingerprint')} textOf={() => fingerprint} />
          </dd>
        </dl>
      </div>
      <p className={styles.muted}>{t('prompt.hostKey.advice', { host })}</p>
    </Dialog>
  );
}
