import { ExternalLink, PlugZap, Server } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AwsAccountId } from '../../../../shared/model/aws-account';
import { applicationUiAddress, applicationUis } from '../../../../shared/model/emr-application-ui';
import { type EmrCluster, type EmrDetail, hasPrimaryNode } from '../../../../shared/model/emr-cluster';
import { Button } from '../../../components/button';
import { Nothing } from '../../../components/page';
import { Section } from '../../../components/section';
import { Spinner } from '../../../components/spinner';
import { selectMachine } from '../../../stores/view-store';
import { AwsProblem } from '../../aws/aws-problem';
import styles from '../clusters.module.css';
import { ApplicationButton } from './application-button';
import { NodeDialog } from './node-dialog';
import { usePrimaryNode } from './use-primary-node';

interface NodeSectionProps {
  readonly accountId: AwsAccountId;
  readonly cluster: EmrCluster;
  readonly detail: EmrDetail;
}

/** The primary node of a cluster: how to get there, and the pages of the cluster's applications. */
export function NodeSection({ accountId, cluster, detail }: NodeSectionProps) {
  const { t } = useTranslation('clusters');
  const [isOpen, setOpen] = useState(false);
  const clusterId = cluster.id;
  const isThere = hasPrimaryNode(cluster.state);
  // The node has its names from the moment on when the cluster tells of it.
  const { primaryAddress } = detail;
  const { node, machine, failure, bound } = usePrimaryNode(accountId, clusterId, isThere, primaryAddress);

  const uis = applicationUis(detail.releaseLabel, detail.applications);
  const host = node?.privateName || node?.publicName || 'localhost';
  return (
    <Section
      id="primary-node"
      title={t('primaryAddress')}
      actions={
        node && (
          <>
            {machine && (
              <Button icon={<Server aria-hidden />} onPress={() => selectMachine(machine.id)}>
                {t('node.show')}
              </Button>
            )}
            <Button icon={<PlugZap aria-hidden />} onPress={() => setOpen(true)}>
              {t(machine ? 'node.change' : 'node.connect')}
            </Button>
          </>
        )
      }
    >
      {!isThere && <Nothing>{t('node.notThere')}</Nothing>}
      {isThere && failure && <AwsProblem error={failure.toReport()} />}
      {isThere && !failure && !node && <Spinner size={15} />}
      {isThere && node && !machine && <Nothing>{t('node.none')}</Nothing>}
      {isThere && machine && (
        <>
          <p className={styles.muted}>{t('node.pages', { name: machine.name })}</p>
          <ul className={styles.line} aria-label={t('node.applications')}>
            {uis.map((ui) => (
              <li key={ui.id}>
                <ApplicationButton
                  machineId={machine.id}
                  title={ui.title}
                  address={applicationUiAddress(ui, host)}
                  icon={<ExternalLink aria-hidden />}
                />
              </li>
            ))}
          </ul>
          {uis.some(({ id }) => id === 'jupyterhub') && (
            <p className={styles.muted}>{t('node.jupyterhub')}</p>
          )}
        </>
      )}
      {isOpen && node && (
        <NodeDialog
          accountId={accountId}
          clusterId={clusterId}
          node={node}
          machine={machine}
          onClose={() => setOpen(false)}
          onBound={(machineId) => {
            setOpen(false);
            bound(machineId);
          }}
        />
      )}
    </Section>
  );
}
