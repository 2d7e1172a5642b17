import { describe, expect, it } from 'vitest';
import { createTexts } from '../../../electron/desktop/texts';
import { catalogues, type Language } from '../../../shared/i18n/catalogues';

describe('the texts of the main process', () => {
  it('follow the language at once', () => {
    let language: Language = 'en';
    const textOf = createTexts(() => language);
    expect(textOf('tray.show')).toBe('Show Nuvem');
    language = 'pt-BR';
    expect(textOf('tray.show')).toBe('Mostrar o Nuvem');
  });

  it.each([
    ['en', 1, 'Nuvem: 1 machine connected'],
    ['en', 2, 'Nuvem: 2 machines connected'],
    ['pt-BR', 1, 'Nuvem: 1 máquina conectada'],
    ['pt-BR', 2, 'Nuvem: 2 máquinas conectadas'],
  ] as const)('count in %s: %i', (language, count, text) => {
    expect(createTexts(() => language)('tray.tooltipConnected', { count })).toBe(text);
  });

  it('show names as they are, because menus and dialogs are not HTML', () => {
    expect(createTexts(() => 'en')('unsaved.closeQuestion', { title: 'a & <b>' })).toBe(
      'Close “a & <b>” without saving?',
    );
  });

  it('reach the texts of the errors too', () => {
    const textOf = createTexts(() => 'pt-BR');
    expect(textOf('errors:connection-lost.what')).toBe(catalogues['pt-BR'].errors['connection-lost'].what);
    expect(textOf('desktop:gateway.language')).toBe('pt-BR');
  });
});
