import { z } from 'zod';

/** Systems differ in their main modifier, and in how combinations are written. */
export type KeyboardKind = 'mac' | 'other';

export const keyboardOf = (platform: string): KeyboardKind => (platform === 'darwin' ? 'mac' : 'other');

const modifiers = ['Ctrl', 'Alt', 'Shift', 'Meta'] as const;
type Modifier = (typeof modifiers)[number];

const functionKey = /^F([1-9]|1\d|2[0-4])$/;
const namedKeys = [
  'Tab',
  'Space',
  'Enter',
  'Backspace',
  'Delete',
  'Insert',
  'Home',
  'End',
  'PageUp',
  'PageDown',
  'Up',
  'Down',
  'Left',
  'Right',
] as const;
const punctuation = "-=[]\\;',./`";

const isKey = (text: string): boolean =>
  /^[A-Z0-9]$/.test(text) ||
  functionKey.test(text) ||
  (namedKeys as readonly string[]).includes(text) ||
  (text.length === 1 && punctuation.includes(text));

/**
 * Keys pressed together, e.g. `Ctrl+Shift+P`: modifiers in a fixed order (`Meta` is Command on a Mac, the Windows key
 * elsewhere), then one key; as such an Electron accelerator. Has a modifier besides Shift unless the key is F1 to F24,
 * so that it is never a letter that somebody types.
 */
export const Shortcut = z
  .string()
  .refine((text) => canonical(text) === text)
  .brand<'Shortcut'>();
export type Shortcut = z.infer<typeof Shortcut>;

/** `Mod` is Command on a Mac and Control elsewhere. @throws Error for what is no shortcut */
export function shortcut(text: string, keyboard: KeyboardKind): Shortcut {
  return Shortcut.parse(canonical(text.replace(/\bMod\b/, keyboard === 'mac' ? 'Meta' : 'Ctrl')));
}

/** What of a key press tells which keys are down; a `KeyboardEvent` of the DOM is one. */
export interface KeyPress {
  readonly key: string;
  /** Which key of the keyboard it is, whatever is printed on it. */
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly metaKey: boolean;
}

/** The shortcut that a key press is; null: none, such as a letter alone or a modifier that is still alone. */
export function shortcutOfPress(press: KeyPress): Shortcut | null {
  const key = keyOfPress(press);
  if (key === null) return null;
  const held: Readonly<Record<Modifier, boolean>> = {
    Ctrl: press.ctrlKey,
    Alt: press.altKey,
    Shift: press.shiftKey,
    Meta: press.metaKey,
  };
  const text = [...modifiers.filter((modifier) => held[modifier]), key].join('+');
  return canonical(text) === null ? null : (text as Shortcut);
}

const macSigns: Readonly<Record<Modifier, string>> = { Ctrl: '⌃', Alt: '⌥', Shift: '⇧', Meta: '⌘' };
const otherSigns: Readonly<Record<Modifier, string>> = {
  Ctrl: 'Ctrl',
  Alt: 'Alt',
  Shift: 'Shift',
  Meta: 'Super',
};
const arrows: Readonly<Record<string, string>> = {
  Up: '↑',
  Down: '↓',
  Left: '←',
  Right: '→',
  PageUp: 'Page Up',
  PageDown: 'Page Down',
};

/** As the system's own menus write it: `Ctrl+Shift+P`, `⇧⌘P`. */
export function shortcutText(shortcut: Shortcut, keyboard: KeyboardKind): string {
  const { held, key } = split(shortcut);
  const shown = arrows[key] ?? key;
  if (keyboard === 'mac') return `${held.map((modifier) => macSigns[modifier as Modifier]).join('')}${shown}`;
  return [...held.map((modifier) => otherSigns[modifier as Modifier]), shown].join('+');
}

/** The text in the one order of modifiers that is used; null: no shortcut. */
function canonical(text: string): string | null {
  const { held, key } = split(text);
  const known = modifiers.filter((modifier) => held.includes(modifier));
  if (known.length !== held.length || !isKey(key)) return null;
  const isTyped = known.every((modifier) => modifier === 'Shift') && !functionKey.test(key);
  return isTyped ? null : [...known, key].join('+');
}

function split(text: string): { readonly held: readonly string[]; readonly key: string } {
  const parts = text.split('+');
  return { held: parts.slice(0, -1), key: parts.at(-1) ?? '' };
}

const keysOfDom: Readonly<Record<string, string>> = {
  ' ': 'Space',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
};
/** Where these lie on a keyboard, for the presses whose `key` is what Shift or another script makes of them. */
const keysOfCodes: Readonly<Record<string, string>> = {
  Minus: '-',
  Equal: '=',
  BracketLeft: '[',
  BracketRight: ']',
  Backslash: '\\',
  Semicolon: ';',
  Quote: "'",
  Comma: ',',
  Period: '.',
  Slash: '/',
  Backquote: '`',
};

/** A letter is what the layout says, where that is Latin; a digit is its key, whatever needs Shift there. */
function keyOfPress({ key, code }: KeyPress): string | null {
  const digit = /^Digit(\d)$/.exec(code)?.[1];
  if (digit !== undefined) return digit;
  const said = keysOfDom[key] ?? (/^[a-z]$/.test(key) ? key.toUpperCase() : key);
  if (isKey(said)) return said;
  return /^Key([A-Z])$/.exec(code)?.[1] ?? keysOfCodes[code] ?? null;
}
