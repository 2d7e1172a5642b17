import { useTranslation } from 'react-i18next';
import {
  type EmrFleet,
  fleetRoles,
  spotAllocations,
  spotTimeoutActions,
} from '../../../shared/model/emr-fleet';
import { Select } from '../../components/select';
import { TextField } from '../../components/text-field';
import type { ClusterProblems } from './cluster-form';
import styles from './clusters.module.css';
import type { FleetForm, FleetsForm } from './fleet-form';

interface FleetFieldsProps {
  readonly form: FleetsForm;
  readonly problems: ClusterProblems;
  readonly onChange: (form: FleetsForm) => void;
}

/** The fleets of a cluster, one for each role. */
export function FleetFields({ form, problems, onChange }: FleetFieldsProps) {
  return fleetRoles.map((role) => (
    <RoleFields
      key={role}
      role={role}
      fleet={form[role]}
      problems={problems}
      onChange={(part) => onChange({ ...form, [role]: { ...form[role], ...part } })}
    />
  ));
}

interface RoleFieldsProps {
  readonly role: EmrFleet['role'];
  readonly fleet: FleetForm;
  readonly problems: ClusterProblems;
  readonly onChange: (part: Partial<FleetForm>) => void;
}

function RoleFields({ role, fleet, problems, onChange }: RoleFieldsProps) {
  const { t } = useTranslation('clusters');
  const errorOf = (field: 'types' | 'onDemand' | 'timeoutMinutes') => {
    const problem = problems[`${role}.${field}`];
    return problem && t(`problem.${problem}`);
  };
  const hasSpot = !/^\s*0*\s*$/.test(fleet.spot);
  return (
    <fieldset className={styles.fleet}>
      <legend>{t(`fleet.${role}`)}</legend>
      <TextField
        label={t('fleet.types')}
        value={fleet.types}
        onChange={(types) => onChange({ types })}
        error={errorOf('types')}
        description={t(role === 'primary' ? 'fleet.primaryTypesHint' : 'fleet.typesHint')}
        isMono
      />
      <div className={styles.columns}>
        <TextField
          label={t('fleet.onDemand')}
          value={fleet.onDemand}
          onChange={(onDemand) => onChange({ onDemand })}
          error={errorOf('onDemand')}
          inputMode="numeric"
          isMono
        />
        <TextField
          label={t('fleet.spot')}
          value={fleet.spot}
          onChange={(spot) => onChange({ spot })}
          inputMode="numeric"
          isMono
        />
        {hasSpot && (
          <TextField
            label={t('fleet.timeoutMinutes')}
            value={fleet.timeoutMinutes}
            onChange={(timeoutMinutes) => onChange({ timeoutMinutes })}
            error={errorOf('timeoutMinutes')}
            inputMode="numeric"
            isMono
          />
        )}
      </div>
      {hasSpot && (
        <>
          <Select
            label={t('fleet.timeoutAction')}
            value={fleet.timeoutAction}
            options={spotTimeoutActions.map((value) => ({ value, text: t(`fleet.action.${value}`) }))}
            onChange={(timeoutAction) => onChange({ timeoutAction })}
          />
          <Select
            label={t('fleet.allocation')}
            value={fleet.allocation}
            options={spotAllocations.map((value) => ({ value, text: t(`fleet.by.${value}`) }))}
            onChange={(allocation) => onChange({ allocation })}
          />
        </>
      )}
    </fieldset>
  );
}
