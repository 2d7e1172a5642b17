import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { catalogues, type Language } from '../../shared/i18n/catalogues';

/** Prepares all texts in the given language. */
export async function startI18n(language: Language): Promise<void> {
  await i18next.use(initReactI18next).init({
    resources: catalogues,
    lng: language,
    fallbackLng: 'en',
    defaultNS: 'app',
    interpolation: {
      // React escapes.
      escapeValue: false,
    },
    // A fact that an error or log entry did not bring must not show as raw braces.
    missingInterpolationHandler: () => '…',
  });
  document.documentElement.lang = language;
}

/** Switches all texts to another language. */
export async function changeLanguage(language: Language): Promise<void> {
  if (i18next.language === language) return;
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}
