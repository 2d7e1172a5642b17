import { FuzzyTexts, folded } from '../machine-tree/fuzzy-text';
import { entryKinds, type FoundEntry, type PaletteEntry } from './palette-entry';

/** No line break: between words of one search there may be anything but that. */
const separator = '\u001f';

/** Entries made ready to be searched; make one per opening of the palette and keep it. */
export class EntrySearch {
  readonly #texts: FuzzyTexts;

  constructor(private readonly entries: readonly PaletteEntry[]) {
    this.#texts = new FuzzyTexts(
      entries.map(({ title, detail, otherTitle = '' }) =>
        folded([title, detail, otherTitle].join(separator)),
      ),
    );
  }

  /** The best first. Accents and case don't matter. */
  find(search: string): readonly FoundEntry[] {
    const { places, ranges } = this.#texts.find(foldedSearch(search));
    return places.map((place, rank) => {
      const entry = this.entries[place] as PaletteEntry;
      return { entry, ranges: rangesIn(entry.title, ranges?.[rank] ?? []) };
    });
  }
}

/**
 * Several lists of what was found, each best first, as one: what begins with the search before what has a word that
 * does, before all else; what is alike in this, by kind.
 */
export function mergeFound(lists: readonly (readonly FoundEntry[])[], search: string): readonly FoundEntry[] {
  const wanted = foldedSearch(search).toLowerCase();
  return lists
    .flat()
    .map((found) => ({ found, rank: rankOf(found.entry, wanted) }))
    .toSorted((one, other) => one.rank - other.rank)
    .map(({ found }) => found);
}

const foldedSearch = (search: string): string => folded(search.normalize('NFC')).trim();

function rankOf({ kind, title, otherTitle = '' }: PaletteEntry, wanted: string): number {
  const titles = [title, otherTitle].map((text) => folded(text).toLowerCase());
  const closeness = titles.some((text) => text.startsWith(wanted))
    ? 0
    : titles.some((text) => text.includes(` ${wanted}`))
      ? 1
      : 2;
  // A server that was typed as such is meant.
  return kind === 'server' ? -1 : closeness * entryKinds.length + entryKinds.indexOf(kind);
}

function rangesIn(title: string, ranges: readonly number[]): FoundEntry['ranges'] {
  const pairs: (readonly [number, number])[] = [];
  for (let index = 0; index + 1 < ranges.length; index += 2) {
    const [start = 0, end = 0] = ranges.slice(index, index + 2);
    if (start < title.length) pairs.push([start, Math.min(end, title.length)]);
  }
  return pairs;
}
