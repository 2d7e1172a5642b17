import { useTranslation } from 'react-i18next';
import { RadioGroup } from '../../components/radio-group';
import { TextField } from '../../components/text-field';
import type { IdleForm } from './idle-form';

interface IdleFieldsProps {
  readonly form: IdleForm;
  readonly change: (part: Partial<IdleForm>) => void;
  /** Nuvem counts, so that it holds only while it runs. */
  readonly isCountedHere?: boolean;
  readonly hoursField: Parameters<typeof TextField>[0];
}

/** What happens to notebook servers that nobody uses. */
export function IdleFields({ form, change, isCountedHere = false, hoursField }: IdleFieldsProps) {
  const { t } = useTranslation();
  return (
    <>
      <RadioGroup
        label={t('idle.question')}
        value={form.idleKind}
        onChange={(idleKind) => change({ idleKind })}
        options={[
          { value: 'nothing', text: t('idle.choice.nothing') },
          { value: 'tell', text: t('idle.choice.tell') },
          { value: 'stop', text: t('idle.choice.stop') },
        ]}
      />
      {form.idleKind !== 'nothing' && (
        <TextField
          {...hoursField}
          inputMode="decimal"
          description={t(`idle.${isCountedHere ? 'hintHere' : 'hint'}.${form.idleKind}`)}
        />
      )}
    </>
  );
}
