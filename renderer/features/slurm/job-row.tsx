import { Cpu } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MachineId } from '../../../shared/model/machine';
import type { SlurmJob } from '../../../shared/model/slurm';
import { Button } from '../../components/button';
import { Row, RowFacts, RowProblem, RowTitle } from '../../components/row-list';
import { useNow } from '../../components/use-now';
import { JobLogDialog } from './job-log-dialog';
import { stateText } from './job-text';
import { forgetJob, openJob } from './slurm-actions';

interface JobRowProps {
  readonly machineId: MachineId;
  readonly job: SlurmJob;
  readonly onCancel: () => void;
}

/** Less than this is worth a warning. */
const endsSoonMs = 10 * 60_000;
const tickMs = 15_000;

/** One notebook that is or was a job: how it is and what can be done with it. */
export function JobRow({ machineId, job, onCancel }: JobRowProps) {
  const { t, i18n } = useTranslation();
  const [isLogShown, setIsLogShown] = useState(false);
  const { id, state, number, partition, folder } = job;
  const hasEnded = state.kind === 'ended';
  const nowMs = useNow(hasEnded ? null : tickMs);
  const text = stateText(t, state, nowMs, i18n.language);
  const endsSoon = state.kind === 'running' && state.endsAtMs !== null && state.endsAtMs - nowMs < endsSoonMs;
  return (
    <Row
      icon={<Cpu aria-hidden size={18} />}
      actions={
        <>
          {state.kind === 'running' && state.isServing && (
            <Button onPress={() => openJob(machineId, id)}>{t('notebook.open')}</Button>
          )}
          <Button variant="quiet" onPress={() => setIsLogShown(true)}>
            {t('log', { ns: 'slurm' })}
          </Button>
          {hasEnded ? (
            <Button variant="quiet" onPress={() => forgetJob(machineId, id)}>
              {t('forget', { ns: 'slurm' })}
            </Button>
          ) : (
            <Button variant="quiet" onPress={onCancel}>
              {t('cancelJob', { ns: 'slurm' })}
            </Button>
          )}
        </>
      }
    >
      <RowTitle>
        <span>{t('job', { ns: 'slurm', number })}</span>
        <span className="mono selectable">{folder}</span>
      </RowTitle>
      {endsSoon || (hasEnded && state.how !== 'COMPLETED' && state.how !== 'CANCELLED') ? (
        <RowProblem>{text}</RowProblem>
      ) : (
        <RowFacts>{text}</RowFacts>
      )}
      {partition !== '' && <RowFacts>{t('inPartition', { ns: 'slurm', partition })}</RowFacts>}
      {isLogShown && <JobLogDialog machineId={machineId} job={job} onClose={() => setIsLogShown(false)} />}
    </Row>
  );
}
