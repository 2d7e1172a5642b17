import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { nuvem } from '../../api/nuvem';
import { Checkbox } from '../../components/checkbox';
import { Section } from '../../components/section';
import { useNow } from '../../components/use-now';
import { costsStore } from '../../stores/costs-store';
import { showFailure } from '../../stores/notices-store';
import { countEveryMs } from './cost-lines';
import { costFacts, shareText, sourceText } from './cost-texts';
import styles from './costs.module.css';

/** What a cluster that runs costs, by its instances; where the prices are from; and whether it is the user's own. */
export function ClusterCostSection({ clusterId }: { readonly clusterId: string }) {
  const { t, i18n } = useTranslation('costs');
  const item = useStore(costsStore, ({ items }) => items.find(({ id }) => id === clusterId));
  const nowMs = useNow(countEveryMs);
  if (item === undefined) return null;
  const facts = costFacts(t, i18n.language, item, nowMs);
  const { accountId, shares, isAtMost } = item;
  return (
    <Section id="cluster-costs" title={t('title')}>
      <p>{facts.length > 0 ? facts.join(' · ') : t('notKnown')}</p>
      <ul className={styles.shares}>
        {shares.map((share) => (
          <li key={`${share.instanceType} ${share.isSpot}`}>{shareText(t, i18n.language, share)}</li>
        ))}
      </ul>
      <p className={styles.cost}>
        {[sourceText(t, i18n.language, item), isAtMost ? t('spotHint') : '', t('estimate')]
          .filter(Boolean)
          .join(' ')}
      </p>
      <Checkbox
        isSelected={item.isCounted}
        onChange={(isCounted) => {
          nuvem.costs.setCounted({ accountId, clusterId, isCounted }).catch(showFailure);
        }}
      >
        {t('isCounted')}
      </Checkbox>
    </Section>
  );
}
