import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AppError } from '../../../shared/errors/app-error';
import type { MachineId } from '../../../shared/model/machine';
import type { SlurmJob } from '../../../shared/model/slurm';
import { nuvem } from '../../api/nuvem';
import { Button } from '../../components/button';
import { Dialog } from '../../components/dialog';
import { ProblemBox } from '../../components/problem-box';
import { Spinner } from '../../components/spinner';
import { errorTexts } from '../../i18n/error-texts';
import { ScriptBlock } from './script-block';

interface JobLogDialogProps {
  readonly machineId: MachineId;
  readonly job: SlurmJob;
  readonly onClose: () => void;
}

type Log =
  | { readonly kind: 'coming' }
  | { readonly kind: 'there'; readonly lines: readonly string[] }
  | { readonly kind: 'failed'; readonly error: AppError };

/** What Slurm and Jupyter wrote in a job. */
export function JobLogDialog({ machineId, job, onClose }: JobLogDialogProps) {
  const { t } = useTranslation();
  const [log, setLog] = useState<Log>({ kind: 'coming' });
  useEffect(() => {
    nuvem.slurm.log({ machineId, id: job.id }).then(
      (lines) => setLog({ kind: 'there', lines }),
      (thrown: unknown) => setLog({ kind: 'failed', error: AppError.from(thrown) }),
    );
  }, [machineId, job.id]);
  return (
    <Dialog
      title={t('logTitle', { ns: 'slurm', number: job.number })}
      width="wide"
      onCancel={onClose}
      buttons={
        <Button autoFocus onPress={onClose}>
          {t('common.close')}
        </Button>
      }
    >
      {log.kind === 'coming' && <Spinner size={18} />}
      {log.kind === 'failed' && <ProblemBox texts={errorTexts(t, log.error.toReport())} />}
      {log.kind === 'there' &&
        (log.lines.length === 0 ? (
          <p>{t('logEmpty', { ns: 'slurm' })}</p>
        ) : (
          <ScriptBlock label={t('log', { ns: 'slurm' })} text={log.lines.join('\n')} />
        ))}
    </Dialog>
  );
}
