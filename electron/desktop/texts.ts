import i18next from 'i18next';
import { catalogues, type Language } from '../../shared/i18n/catalogues';

type KeyOf<Catalogue> = {
  [Key in keyof Catalogue & string]: Catalogue[Key] extends string ? Key : `${Key}.${KeyOf<Catalogue[Key]>}`;
}[keyof Catalogue & string];

/** A text of `shared/i18n/<language>/desktop.json`. */
export type DesktopKey = KeyOf<(typeof catalogues)['en']['desktop']>;
export type TextOf = (key: DesktopKey, params?: Readonly<Record<string, string | number>>) => string;

/** The main process's own texts, in the language that is in force at the time of the call. */
export function createTexts(languageNow: () => Language): TextOf {
  const instance = i18next.createInstance();
  void instance.init({
    resources: catalogues,
    fallbackLng: 'en',
    ns: ['desktop'],
    defaultNS: 'desktop',
    initAsync: false,
    // The texts go into native menus and dialogs, which show them as they are.
    interpolation: { escapeValue: false },
  });
  return (key, params = {}) => instance.t(key, { ...params, lng: languageNow() });
}
