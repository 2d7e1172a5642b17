import { useTranslation } from 'react-i18next';
import type { Ec2Instance } from '../../../shared/model/ec2';
import { costSince, type HourlyPrice, priceOf } from '../../../shared/model/hourly-price';
import { runningCost } from '../../../shared/model/running-cost';
import { dollars } from '../../../shared/util/dollars';
import { useNow } from '../../components/use-now';
import styles from './ec2.module.css';

/** Sums of cents that grow. */
const countEveryMs = 60_000;

interface CostProps {
  readonly prices: readonly HourlyPrice[];
}

/** What all that runs costs together. */
export function RunningCostLine({
  instances,
  prices,
}: CostProps & { readonly instances: readonly Ec2Instance[] }) {
  const { t, i18n } = useTranslation('ec2');
  const cost = runningCost(instances, prices, useNow(countEveryMs));
  if (cost.count === 0 || cost.usdPerHour === 0) return null;
  const sums = {
    count: cost.count - cost.unpricedCount,
    perHour: dollars(cost.usdPerHour, i18n.language),
    soFar: dollars(cost.usdSoFar, i18n.language),
  };
  return (
    <p className={styles.cost} role="note">
      {t('cost.running', sums)}
      {cost.unpricedCount > 0 && ` ${t('cost.unpriced', { count: cost.unpricedCount })}`}
      {` ${t(cost.isEstimate ? 'cost.estimate' : 'cost.list')}`}
    </p>
  );
}

/** What one instance costs in an hour and, while it runs, has cost since it was started. */
export function InstanceCost({ instance, prices }: CostProps & { readonly instance: Ec2Instance }) {
  const { t, i18n } = useTranslation('ec2');
  const nowMs = useNow(countEveryMs);
  const price = priceOf(instance, prices);
  if (price === undefined) return null;
  const { state, launchedAtMs, isSpot } = instance;
  const perHour = dollars(price.usdPerHour, i18n.language);
  const date = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeZone: 'UTC' }).format(
    Date.parse(price.asOf),
  );
  const texts = [
    isSpot ? t('cost.atMost', { perHour }) : t('cost.perHour', { perHour }),
    state === 'running' &&
      launchedAtMs !== null &&
      t(isSpot ? 'cost.atMostSinceStart' : 'cost.sinceStart', {
        soFar: dollars(costSince(price.usdPerHour, launchedAtMs, nowMs), i18n.language),
      }),
    price.source === 'table' && t('cost.ofTable', { date }),
  ];
  return <>{texts.filter(Boolean).join(' · ')}</>;
}
