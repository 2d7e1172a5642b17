import { ExternalLink, Pencil, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Machine } from '../../../shared/model/machine';
import { sshCommand } from '../../../shared/model/ssh-command';
import { isExposedAddress, type Tunnel } from '../../../shared/model/tunnel';
import { browserAddress, clientAddress } from '../../../shared/model/tunnel-address';
import type { TunnelActivity, TunnelState } from '../../../shared/model/tunnel-status';
import { wayTo } from '../../../shared/model/way';
import { CopyButton } from '../../components/copy-button';
import { IconButton } from '../../components/icon-button';
import { RowProblem } from '../../components/row-list';
import { Switch } from '../../components/switch';
import { machinesStore } from '../../stores/machines-store';
import { tunnelTrafficStore } from '../../stores/tunnels-store';
import { byteText } from './byte-text';
import { RateChart } from './rate-chart';
import { openInBrowser, turnTunnel } from './tunnel-actions';
import { TunnelProblem } from './tunnel-problem';
import { tunnelTitle, waysText } from './tunnel-title';
import styles from './tunnels.module.css';

interface TunnelRowProps {
  readonly machine: Machine;
  readonly tunnel: Tunnel;
  readonly state: TunnelState;
  /** As it was when the window opened. */
  readonly activity: TunnelActivity;
  readonly onEdit: () => void;
  readonly onRemove: () => void;
}

/** One tunnel: its switch, where it leads, how it does, and what can be done with it. */
export function TunnelRow({ machine, tunnel, state, activity, onEdit, onRemove }: TunnelRowProps) {
  const { t, i18n } = useTranslation();
  const measured = useStore(tunnelTrafficStore, (traffic) => traffic[tunnel.id]);
  const { machines } = useStore(machinesStore);
  const { forward } = tunnel;
  const command = sshCommand(wayTo(machine, machines), forward);
  const name = tunnelTitle(t, tunnel);
  const now = measured?.activity ?? activity;
  const bytes = (amount: number) => byteText(i18n.language, amount);
  const facts = [
    t('tunnel.connections', { number: now.openConnections }),
    now.waitingConnections > 0 && t('tunnel.waitingClients', { number: now.waitingConnections }),
    t('tunnel.sent', { bytes: bytes(now.bytesUp) }),
    t('tunnel.received', { bytes: bytes(now.bytesDown) }),
    t('tunnel.rate', { bytes: bytes(now.bytesUpPerSecond + now.bytesDownPerSecond) }),
  ].filter(Boolean);
  return (
    <li className={styles.tunnel}>
      <div className={styles.top}>
        <Switch isSelected={tunnel.isOn} onChange={(isOn) => turnTunnel(machine.id, tunnel.id, isOn)}>
          {name}
        </Switch>
        <span className={`${styles.state} ${styles[state.kind]}`}>{t(`tunnel.state.${state.kind}`)}</span>
        <div className={styles.tools}>
          {browserAddress(forward) !== null && (
            <IconButton
              label={t('tunnel.openInBrowser', { name })}
              isDisabled={state.kind !== 'active'}
              onPress={() => openInBrowser(machine.id, tunnel.id)}
            >
              <ExternalLink aria-hidden />
            </IconButton>
          )}
          <CopyButton label={t('tunnel.copyAddress', { name })} textOf={() => clientAddress(forward)} />
          {command !== null && (
            <CopyButton label={t('tunnel.copyCommand', { name })} icon="terminal" textOf={() => command} />
          )}
          <IconButton label={t('tunnel.edit', { name })} onPress={onEdit}>
            <Pencil aria-hidden />
          </IconButton>
          <IconButton label={t('tunnel.delete', { name })} onPress={onRemove}>
            <Trash2 aria-hidden />
          </IconButton>
        </div>
      </div>
      <p className={`${styles.ways} mono selectable`}>{waysText(t, tunnel)}</p>
      {isExposedAddress(forward.listen) && (
        <RowProblem>{t(forward.kind === 'remote' ? 'tunnel.exposedThere' : 'tunnel.exposedHere')}</RowProblem>
      )}
      {state.kind !== 'off' && state.kind !== 'standby' && (
        <div className={styles.activity}>
          <span>{facts.join(' · ')}</span>
          <RateChart label={t('tunnel.chart', { name })} samples={measured?.samples ?? []} />
        </div>
      )}
      <TunnelProblem machine={machine} tunnel={tunnel} state={state} lastError={now.lastError} />
    </li>
  );
}
