import { Cloud, KeyRound, Settings, ShieldCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Machine } from '../../../shared/model/machine';
import { Button } from '../../components/button';
import { IconButton } from '../../components/icon-button';
import { demoStore } from '../../stores/demo-store';
import { machinesStore } from '../../stores/machines-store';
import { openSettings, selectAws, selectKeys, selectTrustedHosts } from '../../stores/view-store';
import { DemoBadge } from '../demo/demo-badge';
import { MachinePanel } from '../machine-tree/machine-panel';
import { ExposedBadge } from '../tunnels/exposed-badge';
import styles from './shell.module.css';
import { showPage } from './show-page';

interface SidebarProps {
  /** The machine on the page in front, if any. */
  readonly shown: Machine | undefined;
  /** The demo's progress is in front. */
  readonly isDemoShown: boolean;
}

/** The saved machines and the ways to everything that is not about one of them. */
export function Sidebar({ shown, isDemoShown }: SidebarProps) {
  const { t } = useTranslation();
  const { machines } = useStore(machinesStore);
  const demo = useStore(demoStore, ({ state }) => state);
  return (
    <aside className={styles.sidebar} aria-label={t('shell.sidebar')}>
      <MachinePanel shownId={shown?.id} />
      <div className={styles.sidebarFooter}>
        {!isDemoShown && <DemoBadge state={demo} />}
        <ExposedBadge machines={machines} />
        <div className={styles.sidebarTools}>
          <Button variant="quiet" icon={<Settings aria-hidden />} onPress={() => openSettings()}>
            {t('settings.title')}
          </Button>
          <div className={styles.sidebarPages}>
            <IconButton label={t('title', { ns: 'aws' })} onPress={() => showPage(selectAws)}>
              <Cloud aria-hidden />
            </IconButton>
            <IconButton label={t('keys.title')} onPress={() => showPage(selectKeys)}>
              <KeyRound aria-hidden />
            </IconButton>
            <IconButton label={t('trust.title')} onPress={() => showPage(selectTrustedHosts)}>
              <ShieldCheck aria-hidden />
            </IconButton>
          </div>
        </div>
      </div>
    </aside>
  );
}
