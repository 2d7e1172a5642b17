import { useTranslation } from 'react-i18next';
import { nuvem } from '../../api/nuvem';
import { Button } from '../../components/button';
import { RadioGroup } from '../../components/radio-group';
import { TextField } from '../../components/text-field';
import { showFailure } from '../../stores/notices-store';
import { AgentKeySelect } from './agent-key-select';
import type { IdentityForm } from './identity-form';
import styles from './machine-editor.module.css';

type FieldOf = Omit<Parameters<typeof TextField>[0], 'placeholder' | 'isMono' | 'addition' | 'description'>;

interface IdentityFieldsProps {
  readonly form: IdentityForm;
  readonly onChange: (part: Partial<IdentityForm>) => void;
  readonly keyPathField: FieldOf;
  readonly agentPathField: FieldOf;
}

/** How to sign in to a server. */
export function IdentityFields({ form, onChange, keyPathField, agentPathField }: IdentityFieldsProps) {
  const { t } = useTranslation();
  const browse = () => {
    nuvem.app
      .chooseKeyFile()
      .then((keyPath) => keyPath !== null && onChange({ keyPath }))
      .catch(showFailure);
  };
  return (
    <>
      <RadioGroup
        label={t('editor.identity')}
        value={form.identityKind}
        onChange={(kind) => onChange({ identityKind: kind })}
        options={[
          { value: 'keyFile', text: t('identity.keyFile') },
          { value: 'agent', text: t('identity.agent') },
          { value: 'password', text: t('identity.password') },
        ]}
      />
      {form.identityKind === 'keyFile' && (
        <TextField
          {...keyPathField}
          placeholder="~/.ssh/id_ed25519"
          isMono
          addition={<Button onPress={browse}>{t('editor.browse')}</Button>}
        />
      )}
      {form.identityKind === 'agent' && (
        <>
          <AgentKeySelect
            socketPath={form.agentPath.trim()}
            pinnedKey={form.pinnedKey}
            onChange={(pinnedKey) => onChange({ pinnedKey })}
          />
          <TextField
            {...agentPathField}
            placeholder={t('editor.agentPathPlaceholder')}
            description={t('editor.agentPathHint')}
            isMono
          />
        </>
      )}
      {form.identityKind === 'password' && <p className={styles.hint}>{t('editor.identityHint.password')}</p>}
    </>
  );
}
