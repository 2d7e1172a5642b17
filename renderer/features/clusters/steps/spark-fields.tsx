import { useTranslation } from 'react-i18next';
import { deployModes } from '../../../../shared/model/spark-submit';
import { nuvem } from '../../../api/nuvem';
import { Button } from '../../../components/button';
import { Disclosure } from '../../../components/disclosure';
import { RadioGroup } from '../../../components/radio-group';
import { TextArea } from '../../../components/text-area';
import { TextField } from '../../../components/text-field';
import { showFailure } from '../../../stores/notices-store';
import styles from '../clusters.module.css';
import type { StepFieldsProps } from './step-fields-props';
import { uriOf, withFiles } from './step-form';

const lists = ['packages', 'jars', 'pyFiles', 'options'] as const;

/** What spark-submit takes. */
export function SparkFields({ form, problems, onChange }: StepFieldsProps) {
  const { t } = useTranslation('clusters');
  const problem = (field: keyof typeof problems) => problems[field] && t(`steps.problem.${problems[field]}`);
  const chooseScript = () =>
    void nuvem.emrSteps
      .chooseFiles()
      .then((files) => {
        const [script] = files;
        if (script === undefined) return;
        onChange({
          ...withFiles(form, files),
          script: uriOf(form, script) ?? script.name,
          name: form.name || script.name,
        });
      })
      .catch(showFailure);
  return (
    <>
      <TextField
        label={t('steps.script')}
        description={t('steps.hint.script')}
        value={form.script}
        onChange={(script) => onChange({ script })}
        error={problem('script')}
        placeholder="s3://bucket/train.py"
        isMono
        addition={<Button onPress={chooseScript}>{t('steps.chooseScript')}</Button>}
      />
      <TextArea
        label={t('steps.args')}
        description={t('steps.hint.args')}
        value={form.args}
        onChange={(args) => onChange({ args })}
        error={problem('args')}
        placeholder="--input s3://bucket/data.csv --epochs 10"
      />
      <RadioGroup
        label={t('steps.deployMode')}
        value={form.deployMode}
        options={deployModes.map((value) => ({ value, text: t(`steps.deployModes.${value}`) }))}
        onChange={(deployMode) => onChange({ deployMode })}
      />
      <Disclosure title={t('steps.more')}>
        <div className={styles.columns}>
          {lists.map((field) => (
            <TextField
              key={field}
              label={t(`steps.${field}`)}
              description={t(`steps.hint.${field}`)}
              value={form[field]}
              onChange={(value) => onChange({ [field]: value })}
              error={problem(field)}
              isMono
            />
          ))}
        </div>
      </Disclosure>
    </>
  );
}
