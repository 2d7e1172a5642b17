import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AppError } from '../../../shared/errors/app-error';
import type { AgentKeyList } from '../../../shared/model/agent-keys';
import { nuvem } from '../../api/nuvem';
import { Select } from '../../components/select';
import { errorTexts } from '../../i18n/error-texts';
import { agentKeyName } from './agent-key-name';
import styles from './machine-editor.module.css';

interface AgentKeySelectProps {
  readonly socketPath: string;
  readonly pinnedKey: string | null;
  readonly onChange: (pinnedKey: string | null) => void;
}

type Answer =
  | { readonly kind: 'asking' }
  | { readonly kind: 'keys'; readonly list: AgentKeyList }
  | { readonly kind: 'failed'; readonly error: AppError };

const allKeys = 'all';

/** Which of the keys that an agent holds now is offered: all, or the one that is picked. */
export function AgentKeySelect({ socketPath, pinnedKey, onChange }: AgentKeySelectProps) {
  const { t } = useTranslation();
  const [answer, setAnswer] = useState<Answer>({ kind: 'asking' });
  useEffect(() => {
    let isCurrent = true;
    const settle = (next: Answer) => isCurrent && setAnswer(next);
    nuvem.agents
      .keys({ socketPath })
      .then((list) => settle({ kind: 'keys', list }))
      .catch((thrown: unknown) => settle({ kind: 'failed', error: AppError.from(thrown) }));
    return () => {
      isCurrent = false;
    };
  }, [socketPath]);

  const keys = answer.kind === 'keys' ? answer.list.keys : [];
  const isMissing = pinnedKey !== null && !keys.some(({ line }) => pinnedKey.startsWith(line));
  const pinnedLine = isMissing ? pinnedKey : keys.find(({ line }) => pinnedKey?.startsWith(line))?.line;
  return (
    <>
      <Select
        label={t('editor.agentKey')}
        value={pinnedLine ?? allKeys}
        options={[
          { value: allKeys, text: t('editor.allAgentKeys') },
          ...keys.map((key) => ({ value: key.line, text: agentKeyName(key) })),
          ...(isMissing ? [{ value: pinnedKey, text: t('editor.missingAgentKey') }] : []),
        ]}
        onChange={(value) => onChange(value === allKeys ? null : value)}
      />
      <p className={styles.hint} role="status">
        {answer.kind === 'failed' &&
          (answer.error.code === 'agent-unavailable'
            ? t('editor.agentSilent')
            : errorTexts(t, answer.error.toReport()).what)}
        {answer.kind === 'keys' &&
          t('editor.agentFound', { count: keys.length, path: answer.list.socketPath })}
      </p>
    </>
  );
}
