import { useTranslation } from 'react-i18next';
import { commandRunner } from '../../../../shared/model/emr-step';
import { TextArea } from '../../../components/text-area';
import { TextField } from '../../../components/text-field';
import styles from '../clusters.module.css';
import type { StepFieldsProps } from './step-fields-props';

/** Any command for EMR's command runner, or a jar of one's own. */
export function CommandFields({ form, problems, onChange }: StepFieldsProps) {
  const { t } = useTranslation('clusters');
  const problem = (field: keyof typeof problems) => problems[field] && t(`steps.problem.${problems[field]}`);
  return (
    <>
      <TextArea
        label={t('steps.command')}
        description={t('steps.hint.command')}
        value={form.command}
        onChange={(command) => onChange({ command })}
        error={problem('command')}
        placeholder="hive-script --run-hive-script --args -f s3://bucket/report.hql"
      />
      <div className={styles.columns}>
        <TextField
          label={t('steps.jar')}
          description={t('steps.hint.jar')}
          value={form.jar}
          onChange={(jar) => onChange({ jar })}
          error={problem('jar')}
          isMono
        />
        {form.jar.trim() !== commandRunner && (
          <TextField
            label={t('steps.mainClass')}
            value={form.mainClass}
            onChange={(mainClass) => onChange({ mainClass })}
            isMono
          />
        )}
      </div>
    </>
  );
}
