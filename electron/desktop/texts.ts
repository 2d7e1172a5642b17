import i18next from 'i18next';
import type { ErrorCode } from '../../shared/errors/error-codes';
import { catalogues, type Language } from '../../shared/i18n/catalogues';
import type { ActionId } from '../../shared/model/action';

type KeyOf<Catalogue> = {
  [Key in keyof Catalogue & string]: Catalogue[Key] extends string
    ? WithoutPlural<Key>
    : `${Key}.${KeyOf<Catalogue[Key]>}`;
}[keyof Catalogue & string];

/** i18next picks `_one` or `_other` by the parameter `count`. */
type WithoutPlural<Key extends string> = Key extends `${infer Base}_one` | `${infer Base}_other` ? Base : Key;

/** A text of `shared/i18n/<language>/desktop.json`. */
type DesktopKey = KeyOf<(typeof catalogues)['en']['desktop']>;
/** i18next's way to name a text: `<catalogue>:<key>`; without a catalogue it is `desktop`'s. */
export type TextKey =
  | DesktopKey
  | `desktop:${DesktopKey}`
  | `actions:action.${ActionId}`
  | `errors:${ErrorCode}.${'what' | 'todo'}`;
export type TextOf = (key: TextKey, params?: Readonly<Record<string, string | number>>) => string;

/** The main process's own texts, in the language that is in force at the time of the call. */
export function createTexts(languageNow: () => Language): TextOf {
  const instance = i18next.createInstance();
  void instance.init({
    resources: catalogues,
    fallbackLng: 'en',
    ns: ['actions', 'desktop', 'errors'],
    defaultNS: 'desktop',
    initAsync: false,
    // The texts go into native menus and dialogs, which show them as they are.
    interpolation: { escapeValue: false },
  });
  return (key, params = {}) => instance.t(key, { ...params, lng: languageNow() });
}
