import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { appInfoStore } from '../../stores/app-info-store';
import { settingsStore } from '../../stores/settings-store';
import styles from './shortcuts-dialog.module.css';

/** What the desktop's keyboard settings can be told to run instead. */
const command = 'nuvem --palette';

interface GlobalShortcutNoteProps {
  readonly isSet: boolean;
  readonly isRecording: boolean;
}

/** Why the shortcut that is to work in every program may not do so. */
export function GlobalShortcutNote({ isSet, isRecording }: GlobalShortcutNoteProps) {
  const { t } = useTranslation('actions');
  const isRefused = useStore(settingsStore, (snapshot) => snapshot.isGlobalShortcutRefused);
  const isWayland = useStore(appInfoStore, (info) => info?.isWayland ?? false);
  return (
    <>
      {isSet && isRefused && (
        <p className={`${styles.below} ${styles.problem}`}>{t('shortcuts.refusedNow')}</p>
      )}
      {isWayland && (isSet || isRecording) && (
        <p className={`${styles.below} ${styles.note}`}>{t('shortcuts.wayland', { command })}</p>
      )}
    </>
  );
}
