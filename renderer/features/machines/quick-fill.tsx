import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button';
import { TextField } from '../../components/text-field';
import { forwardText } from './forward-label';
import styles from './machine-editor.module.css';
import { parseSshTarget, type SshTarget } from './ssh-target';

/** Takes a pasted address or `ssh` command line apart, and says what of it has no place in a machine. */
export function QuickFill({ onFill }: { readonly onFill: (target: SshTarget) => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [outcome, setOutcome] = useState<SshTarget | 'notUnderstood' | null>(null);
  const fill = () => {
    if (text.trim() === '') return;
    const target = parseSshTarget(text);
    setOutcome(target ?? 'notUnderstood');
    if (target !== null) onFill(target);
  };
  const { ignored = [], forwards = [] } = outcome === null || outcome === 'notUnderstood' ? {} : outcome;
  return (
    <div>
      <TextField
        label={t('editor.quickFill')}
        value={text}
        onChange={(value) => {
          setText(value);
          setOutcome(null);
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          fill();
        }}
        placeholder={t('editor.quickFillPlaceholder')}
        description={t('editor.quickFillHint')}
        error={outcome === 'notUnderstood' ? t('editor.quickFillFailed') : undefined}
        isMono
        addition={<Button onPress={fill}>{t('editor.quickFillButton')}</Button>}
      />
      <p role="status" className={styles.ignored}>
        {forwards.length > 0 &&
          `${t('editor.quickFillTunnels', { tunnels: forwards.map(forwardText).join(', ') })} `}
        {ignored.length > 0 && t('editor.quickFillIgnored', { options: ignored.join(', ') })}
      </p>
    </div>
  );
}
