import { Monitor, MonitorUp, Play, RotateCw, Square } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import {
  type Ec2Instance,
  type InstanceOrder,
  isInstanceChanging,
  isInstanceKept,
  ordersFor,
} from '../../../shared/model/ec2';
import { type HourlyPrice, priceOf } from '../../../shared/model/hourly-price';
import type { Machine } from '../../../shared/model/machine';
import { Button } from '../../components/button';
import { IconButton } from '../../components/icon-button';
import { Row, RowFacts, RowTitle } from '../../components/row-list';
import { Spinner } from '../../components/spinner';
import { InstanceCost } from './cost-line';
import styles from './ec2.module.css';
import { labelOf } from './instance-search';

interface InstanceRowProps {
  readonly instance: Ec2Instance;
  readonly prices: readonly HourlyPrice[];
  /** The machine that it is; undefined: none yet. */
  readonly machine: Machine | undefined;
  readonly onOrder: (order: InstanceOrder) => void;
  readonly onOpen: (machine: Machine) => void;
  readonly onAdd: () => void;
}

const icons = { start: Play, stop: Square, reboot: RotateCw } as const satisfies Record<
  InstanceOrder,
  unknown
>;

/** One instance: its state, what it is and where, and what can be done with it. */
export function InstanceRow({ instance, prices, machine, onOrder, onOpen, onAdd }: InstanceRowProps) {
  const { t, i18n } = useTranslation('ec2');
  const { id, state, reason, zone, launchedAtMs, publicAddress, privateAddress, keyPair, tags } = instance;
  const name = labelOf(instance);
  const time = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short' });
  const facts = [
    instance.isSpot ? t('spot', { type: instance.instanceType }) : instance.instanceType,
    zone,
    keyPair && t('keyPair', { name: keyPair }),
    state === 'running' && launchedAtMs !== null && t('since', { time: time.format(launchedAtMs) }),
  ].filter(Boolean);
  const addresses = [publicAddress, privateAddress].filter(Boolean);
  const tone = state === 'running' ? styles.good : styles.muted;
  return (
    <Row
      icon={isInstanceChanging(state) ? <Spinner size={18} /> : <Monitor aria-hidden size={18} />}
      actions={
        <>
          {machine ? (
            <Button aria-label={t('openNamed', { name })} onPress={() => onOpen(machine)}>
              {t('open')}
            </Button>
          ) : (
            isInstanceKept(state) && (
              <Button icon={<MonitorUp aria-hidden />} aria-label={t('addNamed', { name })} onPress={onAdd}>
                {t('add')}
              </Button>
            )
          )}
          {ordersFor(state).map((order) => {
            const Icon = icons[order];
            return (
              <IconButton
                key={order}
                label={t(`order.${order}.named`, { name })}
                onPress={() => onOrder(order)}
              >
                <Icon aria-hidden />
              </IconButton>
            );
          })}
        </>
      }
    >
      <RowTitle>
        <span className="selectable">{name}</span>
        <span className={`${styles.state} ${tone}`}>{t(`state.${state}`)}</span>
      </RowTitle>
      <RowFacts>
        {name !== id && <span className="mono selectable">{id}</span>}
        {`${name === id ? '' : ' · '}${facts.join(' · ')}`}
      </RowFacts>
      {isInstanceKept(state) && priceOf(instance, prices) && (
        <RowFacts>
          <InstanceCost instance={instance} prices={prices} />
        </RowFacts>
      )}
      {addresses.length > 0 && <RowFacts isMono>{addresses.join(' · ')}</RowFacts>}
      {tags.length > 0 && (
        <RowFacts>
          <span className="selectable">{tags.map(({ key, value }) => `${key}=${value}`).join(' · ')}</span>
        </RowFacts>
      )}
      {reason !== '' && (
        <RowFacts>
          <span className="selectable">{reason}</span>
        </RowFacts>
      )}
    </Row>
  );
}
