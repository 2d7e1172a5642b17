import { Plus, RefreshCw } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { MachineId } from '../../../shared/model/machine';
import type { SlurmJob } from '../../../shared/model/slurm';
import { Button } from '../../components/button';
import { Dialog } from '../../components/dialog';
import { Nothing } from '../../components/page';
import { RowList } from '../../components/row-list';
import { Section } from '../../components/section';
import { Spinner } from '../../components/spinner';
import { errorTexts } from '../../i18n/error-texts';
import { slurmOf, slurmStore } from '../../stores/slurm-store';
import { JobRow } from './job-row';
import { cancelJob, lookForSlurm, noticeSlurm } from './slurm-actions';
import { SlurmDialog } from './slurm-dialog';

interface SlurmSectionProps {
  readonly machineId: MachineId;
  readonly isConnected: boolean;
}

const ns = 'slurm' as const;

/** Notebooks as jobs of Slurm; nothing where the machine has no Slurm. */
export function SlurmSection({ machineId, isConnected }: SlurmSectionProps) {
  const { t } = useTranslation();
  const { cluster, jobs, isLooking } = useStore(slurmStore, (all) => slurmOf(all, machineId));
  const [isAsking, setIsAsking] = useState(false);
  const [jobToCancel, setJobToCancel] = useState<SlurmJob | null>(null);
  useEffect(() => {
    if (isConnected) noticeSlurm(machineId);
  }, [machineId, isConnected]);
  if (cluster === null || (cluster.kind === 'absent' && jobs.length === 0)) return null;
  return (
    <Section
      id="slurm"
      title={t('title', { ns })}
      actions={
        <>
          <Button
            variant="quiet"
            icon={isLooking ? <Spinner size={15} /> : <RefreshCw aria-hidden />}
            isDisabled={isLooking}
            onPress={() => lookForSlurm(machineId)}
          >
            {t('look', { ns })}
          </Button>
          <Button
            variant="quiet"
            icon={<Plus aria-hidden />}
            isDisabled={cluster.kind !== 'there'}
            onPress={() => setIsAsking(true)}
          >
            {t('start', { ns })}
          </Button>
        </>
      }
    >
      {cluster.kind === 'silent' && <Nothing>{errorTexts(t, cluster.error).what}</Nothing>}
      {jobs.length === 0 ? (
        cluster.kind === 'there' && <Nothing>{t('none', { ns })}</Nothing>
      ) : (
        <RowList>
          {jobs.map((job) => (
            <JobRow key={job.id} machineId={machineId} job={job} onCancel={() => setJobToCancel(job)} />
          ))}
        </RowList>
      )}
      {isAsking && cluster.kind === 'there' && (
        <SlurmDialog
          machineId={machineId}
          partitions={cluster.partitions}
          onClose={() => setIsAsking(false)}
        />
      )}
      {jobToCancel && (
        <Dialog
          role="alertdialog"
          title={t('cancelTitle', { ns, number: jobToCancel.number })}
          onCancel={() => setJobToCancel(null)}
          buttons={
            <>
              <Button autoFocus onPress={() => setJobToCancel(null)}>
                {t('keepJob', { ns })}
              </Button>
              <Button
                variant="danger"
                onPress={() => {
                  cancelJob(machineId, jobToCancel.id);
                  setJobToCancel(null);
                }}
              >
                {t('cancelJob', { ns })}
              </Button>
            </>
          }
        >
          <p>{t('cancelExplanation', { ns })}</p>
        </Dialog>
      )}
    </Section>
  );
}
