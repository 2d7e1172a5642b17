import { useTranslation } from 'react-i18next';
import type { Identity } from '../../../shared/model/machine';
import { nuvem } from '../../api/nuvem';
import { Button } from '../../components/button';
import { RadioGroup } from '../../components/radio-group';
import { TextField } from '../../components/text-field';
import { showFailure } from '../../stores/notices-store';
import styles from './machine-editor.module.css';

interface IdentityFieldsProps {
  readonly identityKind: Identity['kind'];
  readonly onChange: (part: { identityKind?: Identity['kind']; keyPath?: string }) => void;
  /** Of the key file's text field. */
  readonly keyPathField: Omit<Parameters<typeof TextField>[0], 'placeholder' | 'isMono' | 'addition'>;
}

/** How to sign in to a server. */
export function IdentityFields({ identityKind, onChange, keyPathField }: IdentityFieldsProps) {
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
        value={identityKind}
        onChange={(kind) => onChange({ identityKind: kind })}
        options={[
          { value: 'keyFile', text: t('identity.keyFile') },
          { value: 'agent', text: t('identity.agent') },
          { value: 'password', text: t('identity.password') },
        ]}
      />
      {identityKind === 'keyFile' ? (
        <TextField
          {...keyPathField}
          placeholder="~/.ssh/id_ed25519"
          isMono
          addition={<Button onPress={browse}>{t('editor.browse')}</Button>}
        />
      ) : (
        <p className={styles.hint}>{t(`editor.identityHint.${identityKind}`)}</p>
      )}
    </>
  );
}
