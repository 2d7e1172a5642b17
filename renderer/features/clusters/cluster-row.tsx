import { ChevronDown, ChevronRight, Copy, Power, Server } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { canTerminate, type EmrCluster, type EmrDetail, isChanging } from '../../../shared/model/emr-cluster';
import { Button } from '../../components/button';
import { IconButton } from '../../components/icon-button';
import { Row, RowFacts, RowTitle } from '../../components/row-list';
import { Spinner } from '../../components/spinner';
import { ClusterCostFacts } from '../costs/cost-lines';
import { ClusterFacts } from './cluster-facts';
import styles from './clusters.module.css';

interface ClusterRowProps {
  readonly cluster: EmrCluster;
  readonly isShown: boolean;
  /** Null: not known yet, or not shown. */
  readonly detail: EmrDetail | null;
  readonly onShow: () => void;
  readonly onOpen: () => void;
  readonly onCopy: () => void;
  readonly onTerminate: () => void;
}

/** One cluster: its state, since when, and with AWS's reason. */
export function ClusterRow({ cluster, isShown, detail, ...on }: ClusterRowProps) {
  const { t, i18n } = useTranslation('clusters');
  const { name, id, state, reason, createdAtMs, endedAtMs } = cluster;
  const format = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short' });
  const times = [
    createdAtMs !== null && t('createdAt', { time: format.format(createdAtMs) }),
    endedAtMs !== null && t('endedAt', { time: format.format(endedAtMs) }),
  ].filter(Boolean);
  const tone =
    state === 'TERMINATED_WITH_ERRORS' ? styles.bad : state === 'TERMINATED' ? styles.muted : styles.good;
  const Arrow = isShown ? ChevronDown : ChevronRight;
  return (
    <Row
      icon={isChanging(state) ? <Spinner size={18} /> : <Server aria-hidden size={18} />}
      actions={
        <>
          <Button
            variant="quiet"
            icon={<Arrow aria-hidden />}
            aria-label={t('detailsNamed', { name })}
            aria-expanded={isShown}
            onPress={on.onShow}
          >
            {t('details')}
          </Button>
          <Button variant="quiet" aria-label={t('openNamed', { name })} onPress={on.onOpen}>
            {t('open')}
          </Button>
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
    >
      <RowTitle>
        <span className="selectable">{name}</span>
        <span className={`${styles.state} ${tone}`}>{t(`state.${state}`)}</span>
      </RowTitle>
      <RowFacts>
        <span className="mono selectable">{id}</span>
        {times.length > 0 && ` · ${times.join(' · ')}`}
      </RowFacts>
      <ClusterCostFacts clusterId={id} />
      {reason !== '' && (
        <RowFacts>
          <span className="selectable">{reason}</span>
        </RowFacts>
      )}
      {isShown && (detail ? <ClusterFacts detail={detail} /> : <Spinner size={15} />)}
    </Row>
  );
}
