import type { Language } from '../../shared/i18n/catalogues';
import type { Settings } from '../../shared/model/settings';

/**
 * The language in force: the chosen one, or the first of the system's preferred languages (BCP 47 tags, best
 * first) that we speak, or English. Every Portuguese is answered in Brazilian Portuguese.
 */
export function languageInForce(choice: Settings['language'], preferred: readonly string[]): Language {
  if (choice !== 'system') return choice;
  for (const tag of preferred) {
    const base = tag.toLowerCase().split(/[-_]/)[0];
    if (base === 'pt') return 'pt-BR';
    if (base === 'en') return 'en';
  }
  return 'en';
}
