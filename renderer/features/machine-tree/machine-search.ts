import { chainOf } from '../../../shared/model/inheritance';
import type { GroupId, Machine, Tag } from '../../../shared/model/machine';
import type { MachineList } from '../../../shared/model/machine-list';
import { routeText } from '../machines/route-text';
import { FuzzyTexts, folded } from './fuzzy-text';

/** Where a text matches: start and end of each part, in order. */
export type MatchRanges = readonly (readonly [start: number, end: number])[];

/** The texts of a machine that are searched. */
const fields = ['name', 'route', 'tags', 'group'] as const;
type SearchedField = (typeof fields)[number];

export interface FoundMachine {
  readonly machine: Machine;
  /** The names of its groups, the outermost first; empty in none. */
  readonly groupPath: string;
  readonly matches: Readonly<Record<SearchedField, MatchRanges>>;
}

/** What the words of a search text ask for. */
interface Query {
  readonly text: string;
  /** From `tag:` words: each must be the beginning of a tag. */
  readonly tags: readonly string[];
}

/** No line break: between words of one search there may be anything but that. */
const separator = '\u001f';
const noMatches: FoundMachine['matches'] = { name: [], route: [], tags: [], group: [] };

/**
 * Machines made ready to be searched; make one per list and keep it. A machine found without a mark is the same object
 * in every answer, so that a list of very many costs little where a key changes little.
 */
export class MachineSearch {
  readonly #texts: string[];
  readonly #fuzzy: FuzzyTexts;
  readonly #unmarked: readonly FoundMachine[];

  constructor(private readonly list: Pick<MachineList, 'machines' | 'groups'>) {
    const pathOf = groupPaths(list.groups);
    this.#unmarked = list.machines.map((machine) => ({
      machine,
      groupPath: pathOf(machine.groupId),
      matches: noMatches,
    }));
    this.#texts = this.#unmarked.map(({ machine, groupPath }) => searchedText(machine, groupPath));
    this.#fuzzy = new FuzzyTexts(this.#texts);
  }

  /** All words must match, also with a slip, in any order; accents and case don't matter. Best matches first. */
  find(search: string): readonly FoundMachine[] {
    const { text, tags } = queryOf(search);
    const tagged = tags.length === 0 ? null : this.#tagged(tags);
    if (text === '') return tagged === null ? this.#unmarked : tagged.map((index) => this.#found(index));
    const texts =
      tagged === null ? this.#fuzzy : new FuzzyTexts(tagged.map((index) => this.#texts[index] ?? ''));
    const { places, ranges } = texts.find(text);
    return places.map((place, rank) => {
      const index = tagged === null ? place : (tagged[place] ?? 0);
      return ranges === null ? this.#found(index) : this.#marked(index, ranges[rank] ?? []);
    });
  }

  #tagged(wanted: readonly string[]): number[] {
    return this.list.machines.flatMap(({ tags }, index) => (hasTags(tags, wanted) ? [index] : []));
  }

  #found(index: number): FoundMachine {
    return this.#unmarked[index] as FoundMachine;
  }

  /** Where it matched is worked out for those that are looked at. */
  #marked(index: number, ranges: readonly number[]): FoundMachine {
    const { machine, groupPath } = this.#found(index);
    const text = this.#texts[index] ?? '';
    let matches: FoundMachine['matches'] | null = null;
    return {
      machine,
      groupPath,
      get matches() {
        matches ??= splitRanges(text, ranges);
        return matches;
      },
    };
  }
}

/** The tags of a machine as its row shows them. */
export const tagsText = (tags: readonly Tag[]): string => tags.join(', ');

/** The names of a group and those around it, e.g. `Lab / GPUs`. */
export function groupPaths(groups: MachineList['groups']): (groupId: GroupId | null) => string {
  const byId = new Map(groups.map((group) => [group.id, group]));
  const known = new Map<GroupId | null, string>();
  return (groupId) => {
    let path = known.get(groupId);
    if (path === undefined) {
      path = chainOf(groupId, (id) => byId.get(id))
        .map(({ name }) => name)
        .toReversed()
        .join(' / ');
      known.set(groupId, path);
    }
    return path;
  };
}

function queryOf(search: string): Query {
  const tags: string[] = [];
  const text = search
    .normalize('NFC')
    .replace(/(^|\s)tag:(?:"([^"]*)"?|(\S*))/gi, (_all, before: string, quoted, plain) => {
      const tag = folded(String(quoted ?? plain)).toLowerCase();
      if (tag !== '') tags.push(tag);
      return before;
    });
  return { text: folded(text).trim(), tags };
}

function hasTags(tags: readonly Tag[], wanted: readonly string[]): boolean {
  return wanted.every((start) => tags.some((tag) => folded(tag).toLowerCase().startsWith(start)));
}

/** Kept from list to list, of which each has the machines of the one before but for a few. */
const searchedTexts = new WeakMap<Machine, { readonly text: string; readonly groupPath: string }>();

function searchedText(machine: Machine, groupPath: string): string {
  const known = searchedTexts.get(machine);
  if (known?.groupPath === groupPath) return known.text;
  const { name, route, tags } = machine;
  const text = folded([name, routeText(route), tagsText(tags), groupPath].join(separator).normalize('NFC'));
  searchedTexts.set(machine, { text, groupPath });
  return text;
}

/** Ranges of the whole text as ranges of its fields. */
function splitRanges(text: string, ranges: readonly number[]): FoundMachine['matches'] {
  const matches: Record<SearchedField, (readonly [number, number])[]> = {
    name: [],
    route: [],
    tags: [],
    group: [],
  };
  let start = 0;
  for (const [place, part] of text.split(separator).entries()) {
    const end = start + part.length;
    const field = fields[place];
    for (let index = 0; field !== undefined && index + 1 < ranges.length; index += 2) {
      const from = Math.max(ranges[index] ?? 0, start);
      const to = Math.min(ranges[index + 1] ?? 0, end);
      if (from < to) matches[field].push([from - start, to - start]);
    }
    start = end + separator.length;
  }
  return matches;
}
