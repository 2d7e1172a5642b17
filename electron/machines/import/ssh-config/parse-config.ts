import { matchesList } from '../../../trust/host-pattern';
import { isKnownKeyword } from './keywords';
import { type LineProblem, readers } from './settings';
import { firstWord, withoutTrailingSpace, wordsOf } from './words';

/** One test of a Match line. */
export interface Criterion {
  readonly attribute: string;
  readonly isNegated: boolean;
  readonly argument: string;
}

/** Which hosts the lines below are for. */
export type Condition =
  | { readonly kind: 'host'; readonly patterns: readonly string[] }
  | { readonly kind: 'match'; readonly criteria: readonly Criterion[] };

export interface Setting {
  /** In lower case. */
  readonly keyword: string;
  /** As it was written. */
  readonly rest: string;
  /** As ssh understands it; null for what Nuvem does not read. */
  readonly text: string | null;
  readonly line: number;
}

export type BlockEntry =
  | Setting
  | { readonly keyword: 'include'; readonly patterns: readonly string[]; readonly line: number };

/** The lines up to the next Host or Match. */
export interface Block {
  /** Null: those before the first one, which hold when the file as a whole does. */
  readonly condition: Condition | null;
  readonly line: number;
  readonly entries: readonly BlockEntry[];
}

export interface ConfigProblem {
  readonly code: LineProblem | 'bad-condition' | 'condition-not-supported';
  readonly text: string;
  readonly line: number;
}

export interface ParsedConfig {
  readonly blocks: readonly Block[];
  readonly problems: readonly ConfigProblem[];
}

/** Tests whose outcome Nuvem does not know: they would run a command, or ask the network or ssh itself. */
const unknowable: ReadonlySet<string> = new Set([
  'exec',
  'localnetwork',
  'command',
  'version',
  'sessiontype',
]);
const knowable: ReadonlySet<string> = new Set(['host', 'originalhost', 'user', 'localuser', 'tagged']);

/** Reads the text of one file of ssh_config(5). A line that ssh would refuse becomes a problem and sets nothing. */
export function parseConfig(text: string): ParsedConfig {
  const blocks: Block[] = [];
  const problems: ConfigProblem[] = [];
  let current: { condition: Condition | null; line: number; entries: BlockEntry[] } = {
    ...{ condition: null, line: 1, entries: [] },
  };
  let ignoredUnknown = '';
  for (const [index, whole] of text.split('\n').entries()) {
    const line = index + 1;
    const read = readLine(whole, ignoredUnknown);
    if (read === null) continue;
    if ('problem' in read) {
      problems.push({ code: read.problem, text: whole.trim(), line });
      continue;
    }
    const { keyword, words, rest } = read;
    if (keyword === 'ignoreunknown') ignoredUnknown ||= words[0] ?? '';
    if (keyword === 'host' || keyword === 'match') {
      const condition = keyword === 'host' ? hostCondition(words) : matchCondition(rest);
      if (condition === null) problems.push({ code: 'bad-condition', text: whole.trim(), line });
      else if (
        condition.kind === 'match' &&
        condition.criteria.some(({ attribute }) => unknowable.has(attribute))
      )
        problems.push({ code: 'condition-not-supported', text: whole.trim(), line });
      blocks.push(current);
      // What follows a condition that nobody understands is for no host.
      current = { condition: condition ?? { kind: 'host', patterns: [] }, line, entries: [] };
      continue;
    }
    if (keyword === 'include') {
      if (words.includes('')) problems.push({ code: 'missing-value', text: whole.trim(), line });
      else current.entries.push({ keyword, patterns: words, line });
      continue;
    }
    const value = readers[keyword]?.({ words, rest });
    if (value !== undefined && 'problem' in value)
      problems.push({ code: value.problem, text: whole.trim(), line });
    else current.entries.push({ keyword, rest, text: value?.text ?? null, line });
  }
  return { blocks: [...blocks, current], problems };
}

type ReadLine =
  | { readonly keyword: string; readonly words: readonly string[]; readonly rest: string }
  | { readonly problem: LineProblem };

/** Null: empty, a comment, or told to be left out. */
function readLine(whole: string, ignoredUnknown: string): ReadLine | null {
  const line = withoutTrailingSpace(whole);
  let first = firstWord(line);
  if (first?.word === '' && first.rest !== null) first = firstWord(first.rest);
  // Such a line ssh passes over without a word; who reads the plan should know of it.
  if (first === null) return { problem: 'open-quote' };
  if (first.word.startsWith('#') || (first.word === '' && (first.rest ?? '').trim() === '')) return null;
  if (line.includes('\0') || first.word === '') return { problem: 'bad-value' };
  const keyword = first.word.toLowerCase();
  const rest = (first.rest ?? '').replace(/^[ \t\r\n]+/, '');
  if (rest === '') return { problem: 'missing-value' };
  const isStructure = keyword === 'host' || keyword === 'match' || keyword === 'include';
  const isKnown = isStructure || isKnownKeyword(keyword);
  if (!isKnown && ignoredUnknown !== '' && matchesList(keyword, ignoredUnknown, true)) return null;
  if (!isKnown) return { problem: 'unknown-keyword' };
  const words = wordsOf(rest);
  if (words === null) return { problem: 'open-quote' };
  return { keyword: keyword === 'identityfile2' ? 'identityfile' : keyword, words, rest };
}

const hostCondition = (patterns: readonly string[]): Condition | null =>
  patterns.includes('') ? null : { kind: 'host', patterns };

/** Null when ssh would not understand it. */
function matchCondition(rest: string): Condition | null {
  const criteria: Criterion[] = [];
  let left: string | null = rest;
  const next = (): string | null => {
    const first: ReturnType<typeof firstWord> = left === null ? null : firstWord(left);
    left = first?.rest ?? null;
    return first?.word ?? null;
  };
  for (let word = next(); word !== null && word !== '' && !word.startsWith('#'); word = next()) {
    const isNegated = word.startsWith('!');
    const attribute = word.slice(isNegated ? 1 : 0).toLowerCase();
    if (attribute === 'all') {
      const more = next();
      if (criteria.length > 1 || (more !== null && more !== '' && !more.startsWith('#'))) return null;
      return { kind: 'match', criteria: [...criteria, { attribute, isNegated, argument: '' }] };
    }
    if (attribute === 'canonical' || attribute === 'final') {
      criteria.push({ attribute, isNegated, argument: '' });
      continue;
    }
    if (!knowable.has(attribute) && !unknowable.has(attribute)) return null;
    const argument = next();
    if (argument === null || argument === '' || argument.startsWith('#')) return null;
    criteria.push({ attribute, isNegated, argument });
  }
  return criteria.length === 0 ? null : { kind: 'match', criteria };
}
