import uFuzzy from '@leeoniya/ufuzzy';

/** More than these are found, but neither ranked nor marked: nobody looks at them. */
const rankedMost = 1000;
/** Words that may come in any order; every further one would multiply the work. */
const mostSwapped = 4;
const fuzzy = new uFuzzy({
  unicode: true,
  interSplit: "[^\\p{L}\\d']+",
  intraSplit: '\\p{Ll}\\p{Lu}',
  intraBound: '\\p{L}\\d|\\d\\p{L}|\\p{Ll}\\p{Lu}',
  intraChars: "[\\p{L}\\d']",
  intraContr: "'\\p{L}{1,2}\\b",
  // One letter missing, too much, wrong or swapped in a word of four and more is a slip.
  intraMode: 1,
});

export interface FuzzyMatch {
  /** Of the text among those searched. */
  readonly place: number;
  /** Start and end of each part that matched, in order; null beyond the first thousand. */
  readonly ranges: readonly number[] | null;
}

/** Texts in which all words are, also with a slip, in any order; the best first. Both sides are `folded`. */
export function fuzzyMatches(texts: string[], search: string): readonly FuzzyMatch[] {
  const [places, info, order] = fuzzy.search(texts, search, mostSwapped, rankedMost);
  if (places === null) return [];
  if (info === null) return places.map((place) => ({ place, ranges: null }));
  return order.flatMap((rank) => {
    const place = info.idx[rank];
    return place === undefined ? [] : [{ place, ranges: info.ranges[rank] ?? null }];
  });
}

/** Without accents, every letter at its place. */
export function folded(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII, the usual case, has no accents.
  if (/^[\x00-\x7f]*$/.test(text)) return text;
  return Array.from({ length: text.length }, (_, index) => {
    const letter = text.charAt(index);
    const plain = letter.normalize('NFD').charAt(0);
    return plain === '' ? letter : plain;
  }).join('');
}
