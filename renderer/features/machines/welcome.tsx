import { Cloud, CloudCog, FlaskConical, Import, KeyRound, Plus, Settings, ShieldCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { DemoState } from '../../../shared/model/demo';
import { Button } from '../../components/button';
import {
  openImport,
  openMachineEditor,
  openSettings,
  selectAws,
  selectKeys,
  selectTrustedHosts,
} from '../../stores/view-store';
import { startDemo } from '../demo/demo-actions';
import { ConnectBox } from '../quick-connect/connect-box';
import styles from './welcome.module.css';

/** What one sees as long as no machine is saved. */
export function Welcome({ demo }: { readonly demo: DemoState }) {
  const { t } = useTranslation();
  const isDemoOffered = demo.kind !== 'unsupported';
  return (
    <div className={styles.welcome}>
      <div className={styles.middle}>
        <CloudCog aria-hidden size={44} strokeWidth={1.4} />
        <h1>{t('welcome.title')}</h1>
        <p>{t('welcome.explanation')}</p>
        <div className={styles.buttons}>
          <Button variant="primary" icon={<Plus aria-hidden />} onPress={() => openMachineEditor(null)}>
            {t('machine.new')}
          </Button>
          <Button icon={<Import aria-hidden />} onPress={openImport}>
            {t('import.open')}
          </Button>
          {isDemoOffered && (
            <Button icon={<FlaskConical aria-hidden />} onPress={startDemo}>
              {t('welcome.tryDemo')}
            </Button>
          )}
        </div>
        <p className={styles.note}>{isDemoOffered ? t('welcome.demoNote') : t('welcome.demoUnsupported')}</p>
        <div className={styles.connectBox}>
          <ConnectBox bestMatch={undefined} />
        </div>
      </div>
      <div className={styles.corner}>
        <Button variant="quiet" icon={<Settings aria-hidden />} onPress={() => openSettings()}>
          {t('settings.title')}
        </Button>
        <Button variant="quiet" icon={<Cloud aria-hidden />} onPress={selectAws}>
          {t('title', { ns: 'aws' })}
        </Button>
        <Button variant="quiet" icon={<KeyRound aria-hidden />} onPress={selectKeys}>
          {t('keys.title')}
        </Button>
        <Button variant="quiet" icon={<ShieldCheck aria-hidden />} onPress={selectTrustedHosts}>
          {t('trust.title')}
        </Button>
      </div>
    </div>
  );
}
