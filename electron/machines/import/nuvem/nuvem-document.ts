import { LineCounter, parseDocument } from 'yaml';
import { AppError } from '../../../../shared/errors/app-error';

/** Nuvem's own file of machines and groups, as YAML 1.2 or JSON, before anybody has looked at its entries. */
export interface NuvemDocument {
  readonly groups: readonly unknown[];
  /** Undefined: there are none. */
  readonly defaults: unknown;
  readonly machines: readonly Entry[];
}

interface Entry {
  readonly value: unknown;
  /** From 1; null when the file is JSON. */
  readonly line: number | null;
}

/** Written into every file; a reader that knows only older versions must not guess. */
export const nuvemFileVersion = 1;

/** Aliases let a small YAML file stand for an endless one. */
const mostAliases = 1000;

/** True for what Nuvem may have written itself; all else is left to others. */
export const isNuvemFile = (text: string): boolean =>
  /^\s*(?:\{\s*"nuvem"\s*:|(?:#[^\n]*\n|---[ \t]*\n|\s*\n)*["']?nuvem["']?\s*:)/.test(text);

/**
 * @throws import-file-damaged with the line that can't be understood, import-file-newer, import-file-unknown when it
 * is well-formed but not ours
 */
export function readNuvemDocument(text: string, path: string): NuvemDocument {
  const { root, lineOf } = parseJson(text) ?? parseYaml(text, path);
  if (!isRecord(root) || typeof root.nuvem !== 'number') throw new AppError('import-file-unknown', { path });
  if (root.nuvem > nuvemFileVersion) throw new AppError('import-file-newer', { path });
  const machines = listIn(root, 'machines', path).map((value, index) => ({ value, line: lineOf(index) }));
  return { groups: listIn(root, 'groups', path), defaults: root.defaults, machines };
}

interface Parsed {
  readonly root: unknown;
  /** Of a machine by its place. */
  readonly lineOf: (index: number) => number | null;
}

/** Null: it is no JSON; the YAML reader, which knows JSON too, then says where. */
function parseJson(text: string): Parsed | null {
  if (!text.trimStart().startsWith('{')) return null;
  try {
    return { root: JSON.parse(text), lineOf: () => null };
  } catch {
    return null;
  }
}

function parseYaml(text: string, path: string): Parsed {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, schema: 'core', uniqueKeys: true, logLevel: 'error' });
  const [error] = document.errors;
  if (error !== undefined) {
    const line = error.linePos?.[0].line ?? lineCounter.linePos(error.pos[0]).line;
    throw new AppError('import-file-damaged', { path, line }, { cause: error });
  }
  const lineOf = (index: number): number | null => {
    const node: unknown = document.getIn(['machines', index], true);
    const start = isRecord(node) && Array.isArray(node.range) ? Number(node.range[0]) : null;
    return start === null ? null : lineCounter.linePos(start).line;
  };
  try {
    return { root: document.toJS({ maxAliasCount: mostAliases }), lineOf };
  } catch (cause) {
    throw new AppError('import-file-damaged', { path, line: 1 }, { cause });
  }
}

function listIn(root: Readonly<Record<string, unknown>>, name: string, path: string): readonly unknown[] {
  const list = root[name] ?? [];
  if (!Array.isArray(list)) throw new AppError('import-file-damaged', { path, line: 1 });
  return list;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
