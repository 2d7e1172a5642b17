import { ExternalLink, PlugZap, Server } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { AppError } from '../../../../shared/errors/app-error';
import type { AwsAccountId } from '../../../../shared/model/aws-account';
import { applicationUiAddress, applicationUis } from '../../../../shared/model/emr-application-ui';
import { canTerminate, type EmrCluster, type EmrDetail } from '../../../../shared/model/emr-cluster';
import type { EmrPrimaryNode } from '../../../../shared/model/emr-primary-node';
import { nuvem } from '../../../api/nuvem';
import { Button } from '../../../components/button';
import { Nothing } from '../../../components/page';
import { Section } from '../../../components/section';
import { Spinner } from '../../../components/spinner';
import { findMachine, machinesStore } from '../../../stores/machines-store';
import { selectMachine } from '../../../stores/view-store';
import { AwsProblem } from '../../aws/aws-problem';
import styles from '../clusters.module.css';
import { ApplicationButton } from './application-button';
import { NodeDialog } from './node-dialog';

interface NodeSectionProps {
  readonly accountId: AwsAccountId;
  readonly cluster: EmrCluster;
  readonly detail: EmrDetail;
}

/** The primary node of a cluster: how to get there, and the pages of the cluster's applications. */
export function NodeSection({ accountId, cluster, detail }: NodeSectionProps) {
  const { t } = useTranslation('clusters');
  const [node, setNode] = useState<EmrPrimaryNode | null>(null);
  const [failure, setFailure] = useState<AppError | null>(null);
  const [isOpen, setOpen] = useState(false);
  const machine = useStore(machinesStore, (list) =>
    node?.machineId ? findMachine(list, node.machineId) : undefined,
  );
  const clusterId = cluster.id;
  const isThere = canTerminate(cluster.state) && cluster.state !== 'STARTING';
  // The node has its names from the moment on when the cluster tells of it.
  const { primaryAddress } = detail;
  // biome-ignore lint/correctness/useExhaustiveDependencies: with the address what is known of the node changes.
  useEffect(() => {
    if (!isThere) return;
    let isCurrent = true;
    setFailure(null);
    nuvem.emrNodes.node({ accountId, clusterId }).then(
      (known) => isCurrent && setNode(known),
      (thrown: unknown) => isCurrent && setFailure(AppError.from(thrown)),
    );
    return () => {
      isCurrent = false;
    };
  }, [accountId, clusterId, isThere, primaryAddress]);

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
          keyPair={detail.keyPair}
          node={node}
          machine={machine}
          onClose={() => setOpen(false)}
          onBound={(machineId) => {
            setOpen(false);
            setNode({ ...node, machineId });
          }}
        />
      )}
    </Section>
  );
}
