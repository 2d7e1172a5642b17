import { ArrowLeft, Copy, Power } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { AwsAccountId } from '../../../shared/model/aws-account';
import { canTerminate, type EmrCluster, type EmrDetail, isActive } from '../../../shared/model/emr-cluster';
import { Button } from '../../components/button';
import { IconButton } from '../../components/icon-button';
import { PageHeader } from '../../components/page';
import { Section } from '../../components/section';
import { Spinner } from '../../components/spinner';
import { ClusterCostSection } from '../costs/cluster-cost-section';
import { ClusterFacts } from './cluster-facts';
import { NodeSection } from './nodes/node-section';
import { PersistentSection } from './nodes/persistent-section';
import { StepSection } from './steps/step-section';

interface ClusterPageProps {
  readonly accountId: AwsAccountId;
  readonly cluster: EmrCluster;
  /** Null: not known yet. */
  readonly detail: EmrDetail | null;
  readonly onBack: () => void;
  readonly onCopy: () => void;
  readonly onTerminate: () => void;
}

/** One cluster: the way to it and its pages, its steps, and what it is made of. */
export function ClusterPage({ accountId, cluster, detail, ...on }: ClusterPageProps) {
  const { t } = useTranslation('clusters');
  const { name, state, reason } = cluster;
  return (
    <>
      <PageHeader
        title={name}
        about={
          <>
            <Button variant="quiet" icon={<ArrowLeft aria-hidden />} onPress={on.onBack}>
              {t('title')}
            </Button>
            <p className="selectable">
              {t(`state.${state}`)}
              {reason !== '' && ` · ${reason}`}
            </p>
          </>
        }
        actions={
          <>
            <IconButton label={t('copyNamed', { name })} onPress={on.onCopy}>
              <Copy aria-hidden />
            </IconButton>
            {canTerminate(state) && (
              <IconButton label={t('terminateNamed', { name })} onPress={on.onTerminate}>
                <Power aria-hidden />
              </IconButton>
            )}
          </>
        }
      />
      {detail && isActive(state) && <NodeSection accountId={accountId} cluster={cluster} detail={detail} />}
      {detail && !isActive(state) && (
        <PersistentSection accountId={accountId} clusterId={cluster.id} applications={detail.applications} />
      )}
      <StepSection accountId={accountId} cluster={cluster} logUri={detail?.logUri ?? ''} />
      {isActive(state) && <ClusterCostSection clusterId={cluster.id} />}
      <Section id="cluster-facts" title={t('details')}>
        {detail ? <ClusterFacts detail={detail} /> : <Spinner size={15} />}
      </Section>
    </>
  );
}
