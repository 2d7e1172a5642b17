import { useEffect } from 'react';
import { I18nProvider } from 'react-aria-components';
import { useStore } from 'zustand';
import { Shell } from './features/shell/shell';
import { handleShortcut } from './features/shell/shortcuts';
import { changeLanguage } from './i18n/i18n';
import { appInfoStore } from './stores/app-info-store';
import { settingsStore } from './stores/settings-store';

/** The window's content in the user's language, with its keyboard shortcuts. */
export function App() {
  const language = useStore(settingsStore, (snapshot) => snapshot.language);
  const isMac = useStore(appInfoStore, (info) => info?.platform === 'darwin');

  useEffect(() => {
    void changeLanguage(language);
  }, [language]);

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => handleShortcut(event, isMac);
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [isMac]);

  return (
    <I18nProvider locale={language}>
      <Shell />
    </I18nProvider>
  );
}
