import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Settings } from '../../../shared/model/settings';
import { nuvem } from '../../api/nuvem';
import { Button } from '../../components/button';
import { Dialog } from '../../components/dialog';
import { Select } from '../../components/select';
import { Switch } from '../../components/switch';
import { appInfoStore, trayStore } from '../../stores/app-info-store';
import { showFailure } from '../../stores/notices-store';
import { settingsStore } from '../../stores/settings-store';
import { closeDialog, openDiagnostics, type SettingName } from '../../stores/view-store';
import { UpdateEntry } from '../updates/update-entry';
import { SettingPlace } from './setting-place';
import styles from './settings-dialog.module.css';
import { ShortcutsEntry } from './shortcuts-entry';

interface SettingsDialogProps {
  /** The one that gets the keyboard; null: as a dialog has it. */
  readonly sought: SettingName | null;
}

/** The settings; each takes effect at once. */
export function SettingsDialog({ sought }: SettingsDialogProps) {
  const { t } = useTranslation();
  const { settings } = useStore(settingsStore);
  const info = useStore(appInfoStore);
  const change = (part: Partial<Settings>) => {
    nuvem.settings
      .save({ ...settings, ...part })
      .then(settingsStore.accept)
      .catch(showFailure);
  };
  const hasTray = useStore(trayStore).hasTray ?? true;
  return (
    <Dialog
      title={t('settings.title')}
      onCancel={closeDialog}
      buttons={
        <>
          <span className={styles.version}>
            {info && t('settings.version', { version: info.version, electronVersion: info.electronVersion })}
          </span>
          <Button variant="quiet" onPress={() => nuvem.app.quit().catch(showFailure)}>
            {t('settings.quit')}
          </Button>
          <Button variant="primary" onPress={closeDialog}>
            {t('common.close')}
          </Button>
        </>
      }
    >
      <SettingPlace name="language" sought={sought}>
        <Select
          label={t('settings.language')}
          value={settings.language}
          onChange={(language) => change({ language })}
          options={[
            { value: 'system', text: t('settings.system') },
            { value: 'en', text: 'English' },
            { value: 'pt-BR', text: 'Português (Brasil)' },
          ]}
        />
      </SettingPlace>
      <SettingPlace name="theme" sought={sought}>
        <Select
          label={t('settings.theme')}
          value={settings.theme}
          onChange={(theme) => change({ theme })}
          options={[
            { value: 'system', text: t('settings.system') },
            { value: 'light', text: t('settings.light') },
            { value: 'dark', text: t('settings.dark') },
          ]}
        />
      </SettingPlace>
      <SettingPlace name="closesToTray" sought={sought}>
        <Switch
          isSelected={settings.closesToTray && hasTray}
          isDisabled={!hasTray}
          onChange={(closesToTray) => change({ closesToTray })}
        >
          {t('settings.closesToTray')}
        </Switch>
      </SettingPlace>
      <p className={styles.note}>{hasTray ? t('settings.closesToTrayNote') : t('settings.noTray')}</p>
      <SettingPlace name="restoresTabs" sought={sought}>
        <Switch isSelected={settings.restoresTabs} onChange={(restoresTabs) => change({ restoresTabs })}>
          {t('settings.restoresTabs')}
        </Switch>
      </SettingPlace>
      <p className={styles.note}>{t('settings.restoresTabsNote')}</p>
      <SettingPlace name="startsAtLogin" sought={sought}>
        <Switch isSelected={settings.startsAtLogin} onChange={(startsAtLogin) => change({ startsAtLogin })}>
          {t('settings.startsAtLogin')}
        </Switch>
      </SettingPlace>
      <SettingPlace name="startsHidden" sought={sought}>
        <Switch
          isSelected={settings.startsHidden && settings.startsAtLogin}
          isDisabled={!settings.startsAtLogin || !(hasTray || settings.startsHidden)}
          onChange={(startsHidden) => change({ startsHidden })}
        >
          {t('settings.startsHidden')}
        </Switch>
      </SettingPlace>
      {hasTray && <p className={styles.note}>{t('settings.startsHiddenNote')}</p>}
      <SettingPlace name="longRuns" sought={sought}>
        <Select
          label={t('settings.longRuns')}
          value={String(settings.longRunSeconds)}
          onChange={(seconds) => change({ longRunSeconds: seconds === 'null' ? null : Number(seconds) })}
          options={longRunChoices(settings.longRunSeconds).map((seconds) => ({
            value: String(seconds),
            text: seconds === null ? t('settings.longRunsNever') : lengthText(t, seconds),
          }))}
        />
      </SettingPlace>
      <p className={styles.note}>{t('settings.longRunsNote')}</p>
      <ShortcutsEntry />
      {info && !info.canKeepSecrets && <p className={styles.note}>{t('settings.noKeyring')}</p>}
      <UpdateEntry
        sought={sought}
        checksForUpdates={settings.checksForUpdates}
        onChange={(checksForUpdates) => change({ checksForUpdates })}
      />
      <div>
        <Button onPress={openDiagnostics}>{t('settings.diagnostics')}</Button>
      </div>
    </Dialog>
  );
}

const usualSeconds = [10, 60, 300, 900, 3600];

/** What is chosen now is among them also when it is not usual. */
function longRunChoices(chosen: number | null): readonly (number | null)[] {
  const seconds = chosen === null ? usualSeconds : [...new Set([...usualSeconds, chosen])];
  return [...seconds.toSorted((a, b) => a - b), null];
}

function lengthText(t: TFunction, seconds: number): string {
  if (seconds % 3600 === 0) return t('settings.hours', { count: seconds / 3600 });
  if (seconds % 60 === 0) return t('settings.minutes', { count: seconds / 60 });
  return t('settings.seconds', { count: seconds });
}
