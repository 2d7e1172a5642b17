import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { catalogues, Language } from '../../../shared/i18n/catalogues';

type Catalogue = (typeof catalogues)[Language];

/** What the app says in a language: for tests that are about where and when it says it, not about the wording. */
export function textsOf(language: Language): Catalogue {
  const names = [
    'actions',
    'app',
    'aws',
    'clusters',
    'desktop',
    'diagnosis',
    'ec2',
    'environments',
    'errors',
    'log',
    'costs',
    'metrics',
    's3',
    'units',
  ] as const;
  const folder = join('shared', 'i18n', language);
  return Object.fromEntries(
    names.map((name) => [name, JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'))]),
  ) as unknown as Catalogue;
}

/** A text with its parameters filled in. */
export function filled(text: string, params: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(params[name] ?? ''));
}
