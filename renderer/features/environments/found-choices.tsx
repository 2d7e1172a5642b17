import { useTranslation } from 'react-i18next';
import { type FoundEnvironments, hasJupyter } from '../../../shared/model/environment';
import { Select } from '../../components/select';
import type { MachineForm } from '../machines/machine-form';
import { environmentFacts } from './environment-text';

interface FoundChoicesProps {
  readonly notebookKind: MachineForm['notebookKind'];
  readonly found: FoundEnvironments;
  readonly change: (part: Partial<MachineForm>) => void;
  readonly value: string;
}

/** Fills the field below from what was found on the machine; nothing where there is nothing to choose from. */
export function FoundChoices({ notebookKind, found, change, value }: FoundChoicesProps) {
  const { t } = useTranslation();
  const environments = found.environments.filter(hasJupyter).map((environment) => ({
    value: environment.path,
    text: [environment.name, ...environmentFacts(t, environment)].join(' · '),
  }));
  const modules = found.modules.map((name) => ({ value: name, text: name }));
  const options = notebookKind === 'environment' ? environments : notebookKind === 'module' ? modules : [];
  if (options.length === 0) return null;
  const elsewhere = { value: '', text: t('elsewhere', { ns: 'environments' }) };
  return (
    <Select
      label={t('found', { ns: 'environments' })}
      value={options.some((option) => option.value === value) ? value : ''}
      options={[...options, elsewhere]}
      onChange={(chosen) =>
        change(notebookKind === 'module' ? { moduleNames: chosen } : { environmentPath: chosen })
      }
    />
  );
}
