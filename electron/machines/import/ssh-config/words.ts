/**
 * How OpenSSH takes a line of ssh_config apart: `strdelim` and `argv_split` of its misc.c, told again. Both must be
 * followed to the letter, or a value that ssh reads in one way would be imported in another.
 */

const whitespace = ' \t\r\n';

/** A word and what follows it. */
export interface FirstWord {
  readonly word: string;
  /** Null: the line ends here. */
  readonly rest: string | null;
}

/**
 * The first word of a line; words end at white space, at a quote or at one `=`, and may be quoted. Null when a quote
 * stays open.
 */
export function firstWord(text: string): FirstWord | null {
  const end = indexOfAny(text, `${whitespace}"=`, 0);
  if (end === -1) return { word: text, rest: null };
  const before = text.slice(0, end);
  if (text[end] === '"') {
    const close = text.indexOf('"', end + 1);
    if (close === -1) return null;
    return { word: before + text.slice(end + 1, close), rest: text.slice(skipSpace(text, close + 1)) };
  }
  let at = skipSpace(text, end + 1);
  // Spaces around one `=` belong to it.
  if (text[end] !== '=' && text[at] === '=') at = skipSpace(text, at + 1);
  return { word: before, rest: text.slice(at) };
}

/** The words of a value, up to a comment. Null when a quote stays open. */
export function wordsOf(text: string): readonly string[] | null {
  const words: string[] = [];
  let at = 0;
  while (at < text.length) {
    const letter = text[at];
    if (letter === ' ' || letter === '\t') {
      at += 1;
      continue;
    }
    if (letter === '#') break;
    let word = '';
    let quote = '';
    for (; at < text.length; at += 1) {
      const each = text[at] as string;
      const next = text[at + 1] ?? '';
      if (
        each === '\\' &&
        (next === "'" || next === '"' || next === '\\' || (quote === '' && next === ' '))
      ) {
        word += next;
        at += 1;
      } else if (quote === '' && (each === ' ' || each === '\t')) break;
      else if (quote === '' && (each === '"' || each === "'")) quote = each;
      else if (each === quote) quote = '';
      else word += each;
    }
    if (quote !== '') return null;
    words.push(word);
  }
  return words;
}

/** Without the white space, form feeds included, at its end. */
export const withoutTrailingSpace = (line: string): string => line.replace(/[ \t\r\n\f]+$/, '');

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && whitespace.includes(text[at] as string)) at += 1;
  return at;
}

function indexOfAny(text: string, letters: string, from: number): number {
  for (let at = from; at < text.length; at += 1) if (letters.includes(text[at] as string)) return at;
  return -1;
}
