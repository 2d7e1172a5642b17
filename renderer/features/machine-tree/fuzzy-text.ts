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

/** Without an object for each match: there may be ten thousand with every key that is pressed. */
interface FuzzyMatches {
  /** Of the texts among those searched. */
  readonly places: readonly number[];
  /**
   * For each of them, start and end of each part that matched, in order; null where there are too many to be ranked,
   * which then stand in the order of the texts.
   */
  readonly ranges: readonly (readonly number[])[] | null;
}

/** Words in which nothing has a meaning of its own to the fuzzy search, as quotes, a minus or an apostrophe have. */
const plainWords = /^[a-z\d]+(?: +[a-z\d]+)*$/;

/** Texts made ready to be searched; make it once and keep it. */
export class FuzzyTexts {
  #lowered: readonly string[] | null = null;

  /** `folded` ones. */
  constructor(private readonly texts: string[]) {}

  /** Those in which all words are, also with a slip, in any order; the best first. The search is `folded`, too. */
  find(search: string): FuzzyMatches {
    const places = this.#places(search);
    if (places !== null && places.length > rankedMost) return { places, ranges: null };
    if (places?.length === 0) return { places: [], ranges: [] };
    const [found, info, order] = fuzzy.search(
      this.texts,
      search,
      mostSwapped,
      rankedMost,
      places ?? undefined,
    );
    if (found === null || found.length === 0) return { places: [], ranges: [] };
    if (info === null) return { places: found, ranges: null };
    return {
      places: order.map((rank) => info.idx[rank] ?? 0),
      ranges: order.map((rank) => info.ranges[rank] ?? []),
    };
  }

  /**
   * In the order of the texts, those that match; null: not known. Most texts that match have the words just as they
   * were typed, and looking for these takes a tenth of what looking for slips does, which is left for the others.
   */
  #places(search: string): number[] | null {
    const lowered = search.toLowerCase();
    if (!plainWords.test(lowered)) return null;
    const words = lowered.split(/ +/);
    this.#lowered ??= this.texts.map((text) => text.toLowerCase());
    const sure: number[] = [];
    const others: number[] = [];
    for (const [place, text] of this.#lowered.entries()) (hasApart(text, words) ? sure : others).push(place);
    if (others.length === 0) return sure;
    const slips =
      words.length === 1
        ? fuzzy.filter(this.texts, search, others)
        : fuzzy.search(this.texts, search, mostSwapped, 0, others)[0];
    return slips === null || slips.length === 0 ? sure : [...sure, ...slips].toSorted((a, b) => a - b);
  }
}

/** Whether the words are in a text at places that don't overlap; perhaps they also are where this says no. */
function hasApart(text: string, words: readonly string[]): boolean {
  const starts: number[] = [];
  for (const [index, word] of words.entries()) {
    const start = text.indexOf(word);
    if (start < 0) return false;
    for (let before = 0; before < index; before += 1) {
      const other = starts[before] ?? 0;
      if (start < other + (words[before]?.length ?? 0) && other < start + word.length) return false;
    }
    starts.push(start);
  }
  return true;
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
