import { useTranslation } from 'react-i18next';
import { oldAlgorithms } from '../../../shared/model/old-algorithms';
import { Checkbox } from '../../components/checkbox';
import styles from './machine-editor.module.css';

interface SecurityFieldsProps {
  readonly form: { readonly forwardsAgent: boolean; readonly allowsOldAlgorithms: boolean };
  readonly onChange: (part: { forwardsAgent?: boolean; allowsOldAlgorithms?: boolean }) => void;
}

/** Whether programs on the machine may use the user's agent, with the risk of it. */
export function AgentForwardingField({ form, onChange }: SecurityFieldsProps) {
  const { t } = useTranslation();
  return (
    <>
      <Checkbox isSelected={form.forwardsAgent} onChange={(forwardsAgent) => onChange({ forwardsAgent })}>
        {t('editor.forwardsAgent')}
      </Checkbox>
      {form.forwardsAgent && <p className={styles.hint}>{t('editor.forwardsAgentRisk')}</p>}
    </>
  );
}

/** Whether algorithms that SSH has given up are allowed, with their names. */
export function OldAlgorithmsField({ form, onChange }: SecurityFieldsProps) {
  const { t } = useTranslation();
  return (
    <>
      <Checkbox
        isSelected={form.allowsOldAlgorithms}
        onChange={(allowsOldAlgorithms) => onChange({ allowsOldAlgorithms })}
      >
        {t('editor.allowsOldAlgorithms')}
      </Checkbox>
      {form.allowsOldAlgorithms && (
        <p className={styles.hint}>{t('oldAlgorithms.names', { names: oldAlgorithmNames })}</p>
      )}
    </>
  );
}

const oldAlgorithmNames = Object.values(oldAlgorithms).flat().join(', ');
