import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { canCheck, installable, type UpdateState } from '../../../shared/model/update';
import { Button } from '../../components/button';
import { ProblemBox } from '../../components/problem-box';
import { Progress } from '../../components/progress';
import { Switch } from '../../components/switch';
import { errorTexts } from '../../i18n/error-texts';
import { settingsStore } from '../../stores/settings-store';
import { updatesStore } from '../../stores/updates-store';
import type { SettingName } from '../../stores/view-store';
import { SettingPlace } from '../settings/setting-place';
import { cancelUpdate, checkForUpdate, installUpdate } from './update-actions';
import styles from './updates.module.css';

interface UpdateEntryProps {
  /** The setting that gets the keyboard, if any. */
  readonly sought: SettingName | null;
  readonly checksForUpdates: boolean;
  readonly onChange: (checksForUpdates: boolean) => void;
}

/** New versions of Nuvem, among the settings: whether to look for them, what was found, and the way to have it. */
export function UpdateEntry({ sought, checksForUpdates, onChange }: UpdateEntryProps) {
  const { t } = useTranslation();
  const { state } = useStore(updatesStore);
  const titleId = useId();
  const version = installable(state);
  const isOff = state.kind === 'off';
  return (
    <section aria-labelledby={titleId} className={styles.entry}>
      <h3 id={titleId}>{t('updates.title')}</h3>
      <SettingPlace name="checksForUpdates" sought={sought}>
        <Switch isSelected={checksForUpdates && !isOff} isDisabled={isOff} onChange={onChange}>
          {t('settings.checksForUpdates')}
        </Switch>
      </SettingPlace>
      {state.kind === 'failed' && <ProblemBox texts={errorTexts(t, state.error)} />}
      <p role="status" className={styles.state}>
        <StateText state={state} />
      </p>
      {state.kind === 'downloading' && (
        <Progress label={t('updates.progress', { version: state.version })} ratio={state.part} />
      )}
      <div className={styles.buttons}>
        {version !== null && (
          <Button variant="primary" onPress={installUpdate}>
            {t('updates.install')}
          </Button>
        )}
        {state.kind === 'downloading' && <Button onPress={cancelUpdate}>{t('common.cancel')}</Button>}
        {(canCheck(state) || state.kind === 'checking') && (
          <Button isDisabled={state.kind === 'checking'} onPress={checkForUpdate}>
            {t('updates.check')}
          </Button>
        )}
      </div>
    </section>
  );
}

function StateText({ state }: { readonly state: UpdateState }) {
  const { t } = useTranslation();
  const { language } = useStore(settingsStore);
  switch (state.kind) {
    case 'off':
      return t(`updates.off.${state.obstacle}`);
    case 'idle': {
      if (state.checkedAtMs === null) return null;
      const format = new Intl.DateTimeFormat(language, { dateStyle: 'short', timeStyle: 'short' });
      return t('updates.newest', { when: format.format(state.checkedAtMs) });
    }
    case 'checking':
      return t('updates.checking');
    case 'found':
      return t('updates.found', { version: state.version });
    case 'downloading':
      return t('updates.downloading', { version: state.version });
    case 'ready':
      return t('updates.ready', { version: state.version });
    case 'failed':
      return state.version === null ? null : t('updates.found', { version: state.version });
  }
}
