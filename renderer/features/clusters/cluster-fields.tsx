import { useTranslation } from 'react-i18next';
import { Checkbox } from '../../components/checkbox';
import { TextField } from '../../components/text-field';
import type { ClusterForm, ClusterProblems } from './cluster-form';
import styles from './clusters.module.css';

interface ClusterFieldsProps {
  readonly form: ClusterForm;
  readonly problems: ClusterProblems;
  readonly onChange: (part: Partial<ClusterForm>) => void;
}

const textFields = [
  'name',
  'releaseLabel',
  'applications',
  'primaryType',
  'coreType',
  'coreCount',
  'keyPair',
  'subnetId',
  'logUri',
  'serviceRole',
  'instanceProfile',
  'idleMinutes',
] as const satisfies readonly (keyof ClusterForm)[];
const hinted: readonly string[] = ['applications', 'keyPair', 'subnetId', 'logUri', 'idleMinutes'];

/** What most people choose of a cluster. */
export function ClusterFields({ form, problems, onChange }: ClusterFieldsProps) {
  const { t } = useTranslation('clusters');
  return (
    <>
      <div className={styles.columns}>
        {textFields.map((field) => {
          const problem = problems[field];
          return (
            <TextField
              key={field}
              label={t(field)}
              value={form[field]}
              onChange={(value) => onChange({ [field]: value })}
              error={problem && t(`problem.${problem}`)}
              description={hinted.includes(field) ? t(`hint.${field as 'keyPair'}`) : undefined}
              isMono={field !== 'name' && field !== 'applications'}
            />
          );
        })}
      </div>
      <Checkbox isSelected={form.isCoreSpot} onChange={(isCoreSpot) => onChange({ isCoreSpot })}>
        {t('isCoreSpot')}
      </Checkbox>
      <Checkbox
        isSelected={form.isTerminationProtected}
        onChange={(isTerminationProtected) => onChange({ isTerminationProtected })}
      >
        {t('isTerminationProtected')}
      </Checkbox>
    </>
  );
}
