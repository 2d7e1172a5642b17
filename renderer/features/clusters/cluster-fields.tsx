import { useTranslation } from 'react-i18next';
import { Checkbox } from '../../components/checkbox';
import { Select } from '../../components/select';
import { TextField } from '../../components/text-field';
import type { ClusterForm, ClusterProblems } from './cluster-form';
import styles from './clusters.module.css';
import { FleetFields } from './fleet-fields';

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
const ofGroups: readonly string[] = ['primaryType', 'coreType', 'coreCount'];
const hinted: readonly string[] = ['applications', 'keyPair', 'subnetId', 'logUri', 'idleMinutes'];

/** What most people choose of a cluster. */
export function ClusterFields({ form, problems, onChange }: ClusterFieldsProps) {
  const { t } = useTranslation('clusters');
  return (
    <>
      <div className={styles.columns}>
        {textFields
          .filter((field) => !form.hasFleets || !ofGroups.includes(field))
          .map((field) => {
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
      <Select
        label={t('instances')}
        value={form.hasFleets ? 'fleets' : 'groups'}
        options={(['groups', 'fleets'] as const).map((value) => ({ value, text: t(`instancesBy.${value}`) }))}
        onChange={(value) => onChange({ hasFleets: value === 'fleets' })}
      />
      {form.hasFleets ? (
        <FleetFields form={form.fleets} problems={problems} onChange={(fleets) => onChange({ fleets })} />
      ) : (
        <Checkbox isSelected={form.isCoreSpot} onChange={(isCoreSpot) => onChange({ isCoreSpot })}>
          {t('isCoreSpot')}
        </Checkbox>
      )}
      <Checkbox
        isSelected={form.isTerminationProtected}
        onChange={(isTerminationProtected) => onChange({ isTerminationProtected })}
      >
        {t('isTerminationProtected')}
      </Checkbox>
    </>
  );
}
