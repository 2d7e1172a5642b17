import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MachineId } from '../../../shared/model/machine';
import type { SlurmPartition, SlurmPlan } from '../../../shared/model/slurm';
import { nuvem } from '../../api/nuvem';
import { Dialog } from '../../components/dialog';
import { Disclosure } from '../../components/disclosure';
import { FormButtons } from '../../components/form-buttons';
import { ProblemBox } from '../../components/problem-box';
import { Select } from '../../components/select';
import { TextArea } from '../../components/text-area';
import { TextField } from '../../components/text-field';
import { useTask } from '../../components/use-task';
import { errorTexts } from '../../i18n/error-texts';
import { showFailure } from '../../stores/notices-store';
import { ScriptBlock } from './script-block';
import styles from './slurm.module.css';
import { emptySlurmForm, examples, readSlurmForm, type SlurmField } from './slurm-form';

interface SlurmDialogProps {
  readonly machineId: MachineId;
  readonly partitions: readonly SlurmPartition[];
  readonly onClose: () => void;
}

const ns = 'slurm' as const;

/** What a notebook shall get from Slurm, and the script that asks for it. */
export function SlurmDialog({ machineId, partitions, onClose }: SlurmDialogProps) {
  const { t } = useTranslation();
  const [form, setForm] = useState(emptySlurmForm);
  const [plan, setPlan] = useState<SlurmPlan | null>(null);
  const [isMoreShown, setIsMoreShown] = useState(false);
  const task = useTask();
  const read = readSlurmForm(form);
  const request = read.kind === 'right' ? read.request : null;
  const asked = JSON.stringify(request);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a request of the same content is the same.
  useEffect(() => {
    if (request === null) return setPlan(null);
    let isCurrent = true;
    nuvem.slurm
      .plan({ machineId, request })
      .then((made) => isCurrent && setPlan(made))
      .catch(showFailure);
    return () => {
      isCurrent = false;
    };
  }, [machineId, asked]);

  const problem = (field: SlurmField) =>
    read.kind === 'wrong' && read.fields.has(field) ? t(`problem.${field}`, { ns }) : undefined;
  const field = (name: SlurmField) => ({
    label: t(`field.${name}`, { ns }),
    value: form[name],
    onChange: (value: string) => setForm({ ...form, [name]: value }),
    error: problem(name),
  });
  return (
    <Dialog
      title={t('dialogTitle', { ns })}
      width="wide"
      onCancel={onClose}
      onSubmit={() =>
        request && plan && task.run(() => nuvem.slurm.submit({ machineId, id: plan.id, request }), onClose)
      }
      buttons={
        <FormButtons
          submit={t('submit', { ns })}
          isRunning={task.isRunning}
          isDisabled={plan === null || request === null}
          onCancel={onClose}
        />
      }
    >
      {task.failure && <ProblemBox texts={errorTexts(t, task.failure.toReport())} />}
      <Select
        label={t('field.partition', { ns })}
        value={form.partition}
        options={[
          { value: '', text: t('defaultPartition', { ns }) },
          ...partitions.map((partition) => ({
            value: partition.name,
            text: [
              partition.name,
              partition.isUp
                ? t('partitionFree', { ns, idle: partition.idleNodes, nodes: partition.nodes })
                : t('partitionDown', { ns }),
              partition.timeLimit !== 'infinite' && t('partitionLimit', { ns, time: partition.timeLimit }),
              partition.resources,
            ]
              .filter(Boolean)
              .join(' · '),
          })),
        ]}
        onChange={(partition) => setForm({ ...form, partition })}
      />
      <div className={styles.fields}>
        <TextField {...field('time')} description={t('hint.time', { ns })} autoFocus />
        <TextField {...field('cpus')} description={t('hint.cpus', { ns })} inputMode="numeric" />
        <TextField
          {...field('memory')}
          description={t('hint.memory', { ns })}
          placeholder={examples.memory}
        />
        <TextField {...field('gpus')} description={t('hint.gpus', { ns })} placeholder={examples.gpus} />
      </div>
      <Disclosure title={t('more', { ns })} isExpanded={isMoreShown} onExpandedChange={setIsMoreShown}>
        <div className={styles.fields}>
          <TextField {...field('account')} />
          <TextField {...field('qos')} />
        </div>
        <TextArea {...field('extra')} description={t('hint.extra', { ns })} placeholder={examples.extra} />
      </Disclosure>
      {plan && (
        <>
          <p className={styles.hint}>{t('scriptHint', { ns, command: plan.command })}</p>
          <ScriptBlock label={t('script', { ns })} text={plan.script} />
        </>
      )}
    </Dialog>
  );
}
