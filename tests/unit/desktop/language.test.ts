import { expect, it } from 'vitest';
import { languageInForce } from '../../../electron/desktop/language';

it.each([
  [['pt-BR', 'en-US'], 'pt-BR'],
  [['pt-PT'], 'pt-BR'],
  [['pt_BR.UTF-8'], 'pt-BR'],
  [['PT'], 'pt-BR'],
  [['en-GB', 'pt-BR'], 'en'],
  [['de-DE', 'pt-BR', 'en'], 'pt-BR'],
  [['de-DE', 'ja'], 'en'],
  [['C'], 'en'],
  [[], 'en'],
] as const)('a system that prefers %j is answered in %s', (preferred, language) => {
  expect(languageInForce('system', preferred)).toBe(language);
});

it.each(['en', 'pt-BR'] as const)('a chosen %s is in force whatever the system prefers', (choice) => {
  expect(languageInForce(choice, ['pt-BR'])).toBe(choice);
  expect(languageInForce(choice, ['en'])).toBe(choice);
});
