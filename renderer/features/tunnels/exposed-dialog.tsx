import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Button } from '../../components/button';
import { Dialog } from '../../components/dialog';
import { Switch } from '../../components/switch';
import { machinesStore } from '../../stores/machines-store';
import { closeDialog } from '../../stores/view-store';
import { exposedTunnels } from './exposed-tunnels';
import { turnTunnel } from './tunnel-actions';
import { tunnelTitle, waysText } from './tunnel-title';
import styles from './tunnels.module.css';

/** Everything that other computers can use, of all machines, with its switch. */
export function ExposedDialog() {
  const { t } = useTranslation();
  const { machines } = useStore(machinesStore);
  return (
    <Dialog
      title={t('tunnel.exposedTitle')}
      width="wide"
      onCancel={closeDialog}
      buttons={
        <Button autoFocus onPress={closeDialog}>
          {t('common.close')}
        </Button>
      }
    >
      <p>{t('tunnel.exposedExplanation')}</p>
      <ul className={styles.tunnels}>
        {exposedTunnels(machines).map(({ machine, tunnel }) => (
          <li key={tunnel.id} className={styles.tunnel}>
            <Switch isSelected={tunnel.isOn} onChange={(isOn) => turnTunnel(machine.id, tunnel.id, isOn)}>
              {`${machine.name}: ${tunnelTitle(t, tunnel)}`}
            </Switch>
            <p className={`${styles.ways} mono selectable`}>{waysText(t, tunnel)}</p>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
