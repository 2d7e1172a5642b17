import { type ESTree, Visitor } from 'vite';
import { errorCodes } from '../../shared/errors/error-codes';
import { catalogues } from '../../shared/i18n/catalogues';
import { logCodes } from '../../shared/model/log-entry';
import { lineOf, parseSources, type SourceFile } from './sources';

/** The texts of one catalogue by their full key, e.g. `menu.quit`. */
type Texts = ReadonlyMap<string, string>;

const languages = Object.keys(catalogues) as (keyof typeof catalogues)[];
const namespaces = Object.keys(catalogues.en) as (keyof typeof catalogues.en)[];
const pluralSuffix = /_(zero|one|two|few|many|other)$/;

/** Attributes that people read or hear. */
const spokenAttributes = [
  'aria-label',
  'aria-description',
  'title',
  'placeholder',
  'alt',
  'label',
  'description',
];

/**
 * Every text that one language lacks or fills differently, that no code uses, or that is written into a component
 * instead of a catalogue. That a used text exists is for the compiler to check: the keys are types.
 */
export function findTextProblems(): readonly string[] {
  const sources = parseSources(['shared', 'renderer', 'electron']);
  return [
    ...namespaces.flatMap(differencesBetweenLanguages),
    ...missingTexts(
      'errors',
      errorCodes.flatMap((code) => [`${code}.what`, `${code}.todo`]),
    ),
    ...missingTexts('log', logCodes),
    ...unusedTexts(sources),
    ...sources.flatMap(findLiteralTexts),
  ];
}

function differencesBetweenLanguages(namespace: (typeof namespaces)[number]): readonly string[] {
  const english = flatten(catalogues.en[namespace]);
  return languages.flatMap((language) => {
    const texts = flatten(catalogues[language][namespace]);
    const keys = new Set([...english.keys(), ...texts.keys()].map(withoutPlural));
    return [...keys].flatMap((key) => {
      const expected = placeholders(english, key);
      const found = placeholders(texts, key);
      if (expected === found) return [];
      return [`${language}/${namespace}.json: ${key} ${found}, but in English ${expected}`];
    });
  });
}

function missingTexts(namespace: 'errors' | 'log', keys: readonly string[]): readonly string[] {
  const texts = flatten(catalogues.en[namespace]);
  return keys.filter((key) => !texts.has(key)).map((key) => `en/${namespace}.json: ${key} is missing`);
}

function unusedTexts(sources: readonly SourceFile[]): readonly string[] {
  const { literals, patterns } = stringsOf(sources);
  const codes = new Set<string>([
    ...logCodes,
    ...errorCodes.flatMap((code) => [`${code}.what`, `${code}.todo`]),
  ]);
  return namespaces.flatMap((namespace) =>
    [...flatten(catalogues.en[namespace]).keys()]
      .map(withoutPlural)
      .filter(
        (key) => !codes.has(key) && !literals.has(key) && !patterns.some((pattern) => pattern.test(key)),
      )
      .map((key) => `en/${namespace}.json: ${key} is used nowhere`),
  );
}

/** All string literals, and each template as a pattern; both without the name of a catalogue before them. */
function stringsOf(sources: readonly SourceFile[]) {
  const catalogueName = new RegExp(`^(${namespaces.join('|')}):`);
  const literals = new Set<string>();
  const patterns: RegExp[] = [];
  const visitor = new Visitor({
    Literal: (node) => {
      if (typeof node.value === 'string') literals.add(node.value.replace(catalogueName, ''));
    },
    TemplateLiteral: (node) => {
      const parts = node.quasis.map((quasi) => quasi.value.cooked ?? '');
      const [first = '', ...rest] = parts;
      const pattern = [first.replace(catalogueName, ''), ...rest].map(escapePattern).join('.+');
      // A template without a fixed beginning would count every text as used.
      if (/^[a-z]/i.test(pattern)) patterns.push(new RegExp(`^${pattern}$`));
    },
  });
  for (const { program } of sources) visitor.visit(program);
  return { literals, patterns };
}

/** Every text for people that a component holds itself. */
export function findLiteralTexts(file: SourceFile): readonly string[] {
  const problems: string[] = [];
  const inspect = (child: ESTree.JSXChild | ESTree.JSXAttributeValue | null): void => {
    const node = child?.type === 'JSXExpressionContainer' ? child.expression : child;
    if (node?.type !== 'JSXText' && node?.type !== 'Literal') return;
    const text = String(node.value).trim();
    if (!isForPeople(text)) return;
    problems.push(`${file.path}:${lineOf(file, node.start)}: literal text "${text}"`);
  };
  new Visitor({
    JSXElement: (node) => node.children.forEach(inspect),
    JSXFragment: (node) => node.children.forEach(inspect),
    JSXAttribute: (node) => {
      if (node.name.type === 'JSXIdentifier' && spokenAttributes.includes(node.name.name))
        inspect(node.value);
    },
  }).visit(file.program);
  return problems;
}

/** Examples of paths and commands are the same in every language. */
function isForPeople(text: string): boolean {
  return /\p{L}/u.test(text) && !/[/~]|&&/.test(text);
}

function flatten(catalogue: object, prefix = ''): Texts {
  return new Map(
    Object.entries(catalogue).flatMap(([key, value]: [string, unknown]) =>
      typeof value === 'object' && value !== null
        ? [...flatten(value, `${prefix}${key}.`)]
        : [[`${prefix}${key}`, String(value)] as const],
    ),
  );
}

/** What a text has to be filled with, in words that can be compared and printed. */
function placeholders(texts: Texts, key: string): string {
  const forms = [...texts].filter(([name]) => withoutPlural(name) === key);
  if (forms.length === 0) return 'is missing';
  const names = forms.flatMap(([, text]) =>
    [...text.matchAll(/\{\{\s*([\w.]+)/g)].map((match) => match[1] ?? ''),
  );
  return `names {${[...new Set(names)].sort().join(', ')}}`;
}

function withoutPlural(key: string): string {
  return key.replace(pluralSuffix, '');
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
