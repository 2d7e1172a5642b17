import { useTranslation } from 'react-i18next';
import type { EmrDetail } from '../../../shared/model/emr-cluster';
import styles from './clusters.module.css';

/** What a cluster is made of. */
export function ClusterFacts({ detail }: { readonly detail: EmrDetail }) {
  const { t } = useTranslation('clusters');
  const { groups, fleets, tags } = detail;
  const facts = [
    [t('releaseLabel'), detail.releaseLabel],
    [t('applications'), detail.applications.join(', ')],
    ...(groups ?? []).map(({ role, instanceType, requested, running, isSpot }) => [
      t(`role.${role}`),
      t(isSpot ? 'groupSpot' : 'group', { instanceType, running, requested }),
    ]),
    ...fleets.map(({ role, instanceTypes, onDemand, spot }) => [
      t(`fleet.${role}`),
      [
        instanceTypes.join(', '),
        ...(onDemand.requested > 0 ? [t('fleet.ofOnDemand', onDemand)] : []),
        ...(spot.requested > 0 ? [t('fleet.ofSpot', spot)] : []),
      ].join('; '),
    ]),
    [t('primaryAddress'), detail.primaryAddress],
    [t('keyPair'), detail.keyPair],
    [t('subnetId'), detail.subnetId],
    [t('logUri'), detail.logUri],
    [t('terminationProtection'), detail.isTerminationProtected ? t('on') : ''],
    [t('tags'), tags.map(({ key, value }) => `${key}=${value}`).join(', ')],
  ].filter(([, value]) => value !== '');
  return (
    <dl className={styles.facts}>
      {facts.map(([label, value]) => (
        <div key={`${label} ${value}`} style={{ display: 'contents' }}>
          <dt>{label}</dt>
          <dd className="selectable">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
