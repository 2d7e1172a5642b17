import { FilePlus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { AwsAccountId } from '../../../../shared/model/aws-account';
import { stepFailureActions } from '../../../../shared/model/emr-step';
import { nuvem } from '../../../api/nuvem';
import { Button } from '../../../components/button';
import { Dialog } from '../../../components/dialog';
import { FormButtons } from '../../../components/form-buttons';
import { RadioGroup } from '../../../components/radio-group';
import { Select } from '../../../components/select';
import { TextField } from '../../../components/text-field';
import { useTask } from '../../../components/use-task';
import { emrStepsStore } from '../../../stores/emr-steps-store';
import { showFailure } from '../../../stores/notices-store';
import { AwsProblem } from '../../aws/aws-problem';
import styles from '../clusters.module.css';
import { CommandFields } from './command-fields';
import { SparkFields } from './spark-fields';
import { StepFiles } from './step-files';
import { readStepForm, type StepForm, withFiles } from './step-form';
import { UploadBar } from './upload-bar';

interface StepDialogProps {
  readonly accountId: AwsAccountId;
  readonly clusterId: string;
  readonly start: StepForm;
  readonly onClose: () => void;
}

/** Adds a step to a cluster: a Spark program or any command, with files of this computer uploaded before. */
export function StepDialog({ accountId, clusterId, start, onClose }: StepDialogProps) {
  const { t } = useTranslation('clusters');
  const [form, setForm] = useState(start);
  const [areProblemsShown, setAreProblemsShown] = useState(false);
  const upload = useStore(emrStepsStore, (snapshot) => snapshot.upload);
  const task = useTask();
  const read = readStepForm(form);
  const problems = areProblemsShown && 'problems' in read ? read.problems : {};
  const change = (part: Partial<StepForm>) => setForm((current) => ({ ...current, ...part }));
  const add = () => {
    setAreProblemsShown(true);
    if ('draft' in read)
      task.run(() => nuvem.emrSteps.add({ accountId, clusterId, draft: read.draft }), onClose);
  };
  const close = () => {
    if (task.isRunning) nuvem.emrSteps.cancelUpload().catch(showFailure);
    onClose();
  };
  const addFiles = () =>
    void nuvem.emrSteps
      .chooseFiles()
      .then((files) => setForm((current) => withFiles(current, files)))
      .catch(showFailure);
  const problem = (field: keyof StepForm) => problems[field] && t(`steps.problem.${problems[field]}`);
  return (
    <Dialog
      title={t('steps.add')}
      width="full"
      onCancel={close}
      onSubmit={add}
      buttons={<FormButtons submit={t('steps.addIt')} isRunning={task.isRunning} onCancel={close} />}
    >
      {task.failure && task.failure.code !== 'cancelled' && <AwsProblem error={task.failure.toReport()} />}
      {upload && <UploadBar upload={upload} />}
      <RadioGroup
        label={t('steps.kind')}
        value={form.kind}
        options={(['spark', 'command'] as const).map((value) => ({ value, text: t(`steps.kinds.${value}`) }))}
        onChange={(kind) => change({ kind })}
      />
      <TextField
        label={t('name')}
        value={form.name}
        onChange={(name) => change({ name })}
        error={problem('name')}
        autoFocus
      />
      {form.kind === 'spark' ? (
        <SparkFields form={form} problems={problems} onChange={change} />
      ) : (
        <CommandFields form={form} problems={problems} onChange={change} />
      )}
      <Select
        label={t('steps.onFailure')}
        value={form.onFailure}
        onChange={(onFailure) => change({ onFailure })}
        options={stepFailureActions.map((value) => ({ value, text: t(`steps.failure.${value}`) }))}
      />
      <StepFiles form={form} problems={problems} onChange={change} />
      <div className={styles.line}>
        <Button icon={<FilePlus aria-hidden />} onPress={addFiles}>
          {t('steps.addFiles')}
        </Button>
        {problem('files') && <p role="alert">{problem('files')}</p>}
      </div>
    </Dialog>
  );
}
