import { Plus, RefreshCw } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { AwsAccountId } from '../../../../shared/model/aws-account';
import { canTerminate, type EmrCluster, hasPrimaryNode } from '../../../../shared/model/emr-cluster';
import type { EmrStep } from '../../../../shared/model/emr-step';
import { nuvem } from '../../../api/nuvem';
import { Button } from '../../../components/button';
import { IconButton } from '../../../components/icon-button';
import { Nothing } from '../../../components/page';
import { RowList } from '../../../components/row-list';
import { Section } from '../../../components/section';
import { Spinner } from '../../../components/spinner';
import { emrStepsStore } from '../../../stores/emr-steps-store';
import { showFailure } from '../../../stores/notices-store';
import { AwsProblem } from '../../aws/aws-problem';
import { CancelStepDialog } from './cancel-step-dialog';
import { StepDialog } from './step-dialog';
import { newStepForm, type StepForm, stepFormLike } from './step-form';
import { StepLogDialog } from './step-log-dialog';
import { StepRow } from './step-row';

interface StepSectionProps {
  readonly accountId: AwsAccountId;
  readonly cluster: EmrCluster;
  /** Where the cluster keeps logs; empty: nowhere, or not known yet. */
  readonly logUri: string;
}

type Open =
  | { readonly kind: 'none' }
  | { readonly kind: 'new'; readonly start: StepForm }
  | { readonly kind: 'logs'; readonly step: EmrStep }
  | { readonly kind: 'cancel'; readonly step: EmrStep };

/** The steps of a cluster, watched for as long as they are shown. */
export function StepSection({ accountId, cluster, logUri }: StepSectionProps) {
  const { t } = useTranslation('clusters');
  const { of, steps, isCut, isLoading, atMs, error } = useStore(emrStepsStore);
  const [open, setOpen] = useState<Open>({ kind: 'none' });
  const clusterId = cluster.id;
  useEffect(() => {
    nuvem.emrSteps.look({ accountId, clusterId }).catch(showFailure);
    return () => void nuvem.emrSteps.look(null).catch(showFailure);
  }, [accountId, clusterId]);

  const canRun = canTerminate(cluster.state);
  const known = of?.clusterId === clusterId ? steps : [];
  const close = () => setOpen({ kind: 'none' });
  const fresh = () => newStepForm(logUri, Date.now());
  return (
    <Section
      id="steps"
      title={t('steps.title')}
      actions={
        <>
          <IconButton
            label={t('steps.refresh')}
            isDisabled={isLoading}
            onPress={() => void nuvem.emrSteps.refresh().catch(showFailure)}
          >
            {isLoading ? <Spinner size={15} /> : <RefreshCw aria-hidden />}
          </IconButton>
          {canRun && (
            <Button icon={<Plus aria-hidden />} onPress={() => setOpen({ kind: 'new', start: fresh() })}>
              {t('steps.add')}
            </Button>
          )}
        </>
      }
    >
      {error && <AwsProblem error={error} />}
      {atMs !== null && known.length === 0 && <Nothing>{t('steps.none')}</Nothing>}
      {known.length > 0 && (
        <RowList label={t('steps.title')}>
          {known.map((step) => (
            <StepRow
              key={step.id}
              step={step}
              canRun={canRun}
              onLogs={() => setOpen({ kind: 'logs', step })}
              onAgain={() => setOpen({ kind: 'new', start: stepFormLike(step, fresh()) })}
              onCancel={() => setOpen({ kind: 'cancel', step })}
            />
          ))}
        </RowList>
      )}
      {isCut && <Nothing>{t('steps.cut', { number: known.length })}</Nothing>}
      {open.kind === 'new' && (
        <StepDialog accountId={accountId} clusterId={clusterId} start={open.start} onClose={close} />
      )}
      {open.kind === 'logs' && (
        <StepLogDialog
          accountId={accountId}
          clusterId={clusterId}
          step={open.step}
          hasNode={hasPrimaryNode(cluster.state)}
          onClose={close}
        />
      )}
      {open.kind === 'cancel' && (
        <CancelStepDialog accountId={accountId} clusterId={clusterId} step={open.step} onClose={close} />
      )}
    </Section>
  );
}
