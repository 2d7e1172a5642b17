import { useEffect } from 'react';
import { I18nProvider } from 'react-aria-components';
import { useStore } from 'zustand';
import { handleKey } from './features/actions/handle-key';
import { Shell } from './features/shell/shell';
import { changeLanguage } from './i18n/i18n';
import { settingsStore } from './stores/settings-store';

/** The window's content in the user's language, with its keyboard shortcuts. */
export function App() {
  const language = useStore(settingsStore, (snapshot) => snapshot.language);

  useEffect(() => {
    void changeLanguage(language);
  }, [language]);

  useEffect(() => {
    window.addEventListener('keydown', handleKey);
    return () => window.removeEventListener('keydown', handleKey);
  }, []);

  return (
    <I18nProvider locale={language}>
      <Shell />
    </I18nProvider>
  );
}
