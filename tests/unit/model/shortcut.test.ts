import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type KeyPress,
  Shortcut,
  shortcut,
  shortcutOfPress,
  shortcutText,
} from '../../../shared/model/shortcut';

const press = (part: Partial<KeyPress>): KeyPress => ({
  key: '',
  code: '',
  ctrlKey: false,
  altKey: false,
  shiftKey: false,
  metaKey: false,
  ...part,
});

describe('a key press', () => {
  it('is a shortcut with its modifiers in a fixed order, whatever Shift makes of the letter', () => {
    const pressed = press({ key: 'P', code: 'KeyP', ctrlKey: true, shiftKey: true });
    expect(shortcutOfPress(pressed)).toBe('Ctrl+Shift+P');
  });

  it('is none while only modifiers are down, and none for a letter that is typed', () => {
    expect(shortcutOfPress(press({ key: 'Control', code: 'ControlLeft', ctrlKey: true }))).toBeNull();
    expect(shortcutOfPress(press({ key: 'p', code: 'KeyP' }))).toBeNull();
    expect(shortcutOfPress(press({ key: 'P', code: 'KeyP', shiftKey: true }))).toBeNull();
    expect(shortcutOfPress(press({ key: 'Tab', code: 'Tab', shiftKey: true }))).toBeNull();
    expect(shortcutOfPress(press({ key: 'Escape', code: 'Escape', ctrlKey: true }))).toBeNull();
  });

  it('needs no modifier on a function key', () => {
    expect(shortcutOfPress(press({ key: 'F5', code: 'F5' }))).toBe('F5');
  });

  it('is the letter of the layout, also where it lies elsewhere', () => {
    expect(shortcutOfPress(press({ key: 'a', code: 'KeyQ', ctrlKey: true }))).toBe('Ctrl+A');
  });

  it('is the key of the keyboard where the layout is not Latin', () => {
    expect(shortcutOfPress(press({ key: 'з', code: 'KeyP', ctrlKey: true }))).toBe('Ctrl+P');
  });

  it('is a digit where that needs Shift, and a sign without what Shift makes of it', () => {
    expect(shortcutOfPress(press({ key: '&', code: 'Digit1', ctrlKey: true }))).toBe('Ctrl+1');
    const plus = press({ key: '+', code: 'Equal', ctrlKey: true, shiftKey: true });
    expect(shortcutOfPress(plus)).toBe('Ctrl+Shift+=');
  });

  it('comes to a shortcut or to none, never to something that could not be stored', () => {
    const any = fc.record({
      key: fc.oneof(fc.string(), fc.constantFrom('a', 'Tab', 'F12', 'ArrowUp', ' ', '+', 'Dead')),
      code: fc.constantFrom('KeyA', 'Digit9', 'Comma', 'Slash', 'F12', 'ArrowUp', 'Space', ''),
      ctrlKey: fc.boolean(),
      altKey: fc.boolean(),
      shiftKey: fc.boolean(),
      metaKey: fc.boolean(),
    });
    fc.assert(
      fc.property(any, (pressed) => {
        const found = shortcutOfPress(pressed);
        expect(found === null || Shortcut.safeParse(found).success).toBe(true);
      }),
    );
  });
});

it('is shown as the system writes it', () => {
  expect(shortcutText(shortcut('Mod+Shift+P', 'other'), 'other')).toBe('Ctrl+Shift+P');
  expect(shortcutText(shortcut('Mod+Shift+P', 'mac'), 'mac')).toBe('⇧⌘P');
  expect(shortcutText(shortcut('Ctrl+Shift+PageUp', 'other'), 'other')).toBe('Ctrl+Shift+Page Up');
});

it('is refused when it is misspelt, out of order or a typed letter', () => {
  for (const text of ['Ctrl', 'P', 'Shift+P', 'Shift+Ctrl+P', 'Ctrl+Ctrl+P', 'Ctrl+Foo', 'Ctrl+p', ''])
    expect([text, Shortcut.safeParse(text).success]).toEqual([text, false]);
});
