import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { AwsAccountId } from '../../../shared/model/aws-account';
import type { ConnectionState } from '../../../shared/model/connection';
import { type CostItem, costOfTime, sumOf } from '../../../shared/model/costs';
import type { MachineId } from '../../../shared/model/machine';
import { dollars } from '../../../shared/util/dollars';
import { RowFacts } from '../../components/row-list';
import { useNow } from '../../components/use-now';
import { costsStore } from '../../stores/costs-store';
import { costFacts, sumText } from './cost-texts';
import styles from './costs.module.css';

/** Sums of cents that grow. */
export const countEveryMs = 60_000;

/** What all that is the user's own costs together, as the tray says it; of one account, or of all (null). */
export function OwnCostLine({ accountId }: { readonly accountId: AwsAccountId | null }) {
  const { t, i18n } = useTranslation('costs');
  const { items } = useStore(costsStore);
  const nowMs = useNow(countEveryMs);
  const sum = sumOf(accountId === null ? items : items.filter((item) => item.accountId === accountId), nowMs);
  // Of a single account the sum of all says the same.
  const isAlone = !items.some((item) => item.isCounted && item.accountId !== accountId);
  if (sum === null || (accountId !== null && isAlone)) return null;
  const text = sumText(t, i18n.language, sum);
  if (accountId !== null) return <RowFacts>{text}</RowFacts>;
  return (
    <p className={styles.cost} role="note">
      {text} {t('estimate')}
    </p>
  );
}

/** What the clusters of an account cost together that run, whoever has started them. */
export function ClustersCostLine({ accountId }: { readonly accountId: AwsAccountId }) {
  const { t, i18n } = useTranslation('costs');
  const { items } = useStore(costsStore);
  const nowMs = useNow(countEveryMs);
  const clusters = items
    .filter((item) => item.accountId === accountId && item.kind === 'cluster')
    .map((item) => ({ ...item, isCounted: true }));
  const sum = sumOf(clusters, nowMs);
  if (sum === null) return null;
  const unpriced = clusters.reduce((count, item) => count + item.unpricedCount, 0);
  return (
    <p className={styles.cost} role="note">
      {sumText(t, i18n.language, sum)}
      {unpriced > 0 && ` ${t('unpriced', { count: unpriced })}`} {t('estimate')}
    </p>
  );
}

/** What a cluster costs in an hour and has cost; nothing while that is not known. */
export function ClusterCostFacts({ clusterId }: { readonly clusterId: string }) {
  const { t, i18n } = useTranslation('costs');
  const item = useStore(costsStore, ({ items }) => items.find(({ id }) => id === clusterId));
  const nowMs = useNow(countEveryMs);
  const facts = item ? costFacts(t, i18n.language, item, nowMs) : [];
  return facts.length > 0 ? <RowFacts>{facts.join(' · ')}</RowFacts> : null;
}

interface MachineCostLineProps {
  readonly machineId: MachineId;
  readonly state: ConnectionState;
}

/** What the instance or cluster costs that a machine is: since its start, and since it was connected. */
export function MachineCostLine({ machineId, state }: MachineCostLineProps) {
  const { t, i18n } = useTranslation('costs');
  const item = useStore(costsStore, ({ items }) =>
    items.find(({ machineIds }) => machineIds.includes(machineId)),
  );
  const nowMs = useNow(countEveryMs);
  const facts = item ? costFacts(t, i18n.language, item, nowMs) : [];
  if (item === undefined || facts.length === 0) return null;
  const session = state.kind === 'ready' ? [sessionText(item, state.sinceMs)] : [];
  return (
    <p className={styles.cost} role="note">
      {[t(`of.${item.kind}`), ...facts, ...session].join(' · ')}
    </p>
  );

  function sessionText(of: CostItem, sinceMs: number): string {
    const usd = dollars(costOfTime(of, sinceMs, nowMs), i18n.language);
    return t(`sinceConnected.${of.isAtMost ? 'atMost' : 'about'}`, { usd });
  }
}
