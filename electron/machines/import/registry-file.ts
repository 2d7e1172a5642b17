import { AppError } from '../../../shared/errors/app-error';

/** Files that Windows' registry editor exports (".reg", versions 4 and 5). */
export interface RegistryKey {
  /** As it stands between the brackets, e.g. `HKEY_CURRENT_USER\Software\...`. */
  readonly path: string;
  /** From 1. */
  readonly line: number;
  /** Strings and numbers; values of other types are left out. */
  readonly values: ReadonlyMap<string, string | number>;
}

export interface RegistryFile {
  readonly keys: readonly RegistryKey[];
  readonly unreadableLines: readonly number[];
}

const heading = /^\s*(REGEDIT4|Windows Registry Editor Version 5\.00)\s*(\n|$)/;

export const isRegistryFile = (text: string): boolean => heading.test(text);

/** More of them, and it is no file of the registry editor. */
const mostUnreadableLines = 100;

/**
 * Reads it as the registry editor does; lines that make no sense are passed over and told.
 * @param text with `\n` as line ends
 * @throws import-file-damaged when there are too many of those
 */
export function parseRegistryFile(text: string, path: string): RegistryFile {
  const keys: (RegistryKey & { readonly values: Map<string, string | number> })[] = [];
  const unreadableLines: number[] = [];
  let offset = heading.exec(text)?.[0].length ?? 0;
  let line = 1 + newlinesIn(text.slice(0, offset));
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = offset;
    const match = pattern.exec(text);
    if (match === null) return null;
    offset += match[0].length;
    return match;
  };
  const endOfLine = /[ \t]*(?:;[^\n]*)?(?:\n|$)/y;
  /** Deleted keys (`[-...]`) hold nothing. */
  let values: Map<string, string | number> | null = null;

  while (offset < text.length) {
    const start = offset;
    const lineOfStart = line;
    const key = take(/[ \t]*\[([^\n]*)\][ \t]*(?:\n|$)/y);
    if (key !== null) {
      const keyPath = key[1] ?? '';
      values = keyPath.startsWith('-') ? null : new Map();
      if (values !== null) keys.push({ path: keyPath, line: lineOfStart, values });
    } else if (take(endOfLine) === null) {
      const name = take(/[ \t]*(?:"([^"\\\n]*(?:\\[^\n][^"\\\n]*)*)"|(@))[ \t]*=[ \t]*/y);
      const value = name && (takeString(take) ?? takeNumber(take) ?? takeBytes(take));
      if (name !== null && value !== null && take(endOfLine) !== null) {
        if (values !== null && value.value !== null) values.set(unquote(name[1] ?? ''), value.value);
      } else {
        offset = start;
        take(/[^\n]*(?:\n|$)/y);
        unreadableLines.push(lineOfStart);
        if (unreadableLines.length > mostUnreadableLines)
          throw new AppError('import-file-damaged', { path, line: unreadableLines[0] ?? 0 });
      }
    }
    line += newlinesIn(text.slice(start, offset));
  }
  return { keys, unreadableLines };
}

type Take = (pattern: RegExp) => RegExpExecArray | null;
/** Null: of a type that nobody here reads. */
interface Value {
  readonly value: string | number | null;
}

/** A string may hold line ends; they stand in the file as they are. */
function takeString(take: Take): Value | null {
  const match = take(/"([^"\\]*(?:\\[\s\S][^"\\]*)*)"/y);
  return match && { value: unquote(match[1] ?? '') };
}

function takeNumber(take: Take): Value | null {
  const match = take(/dword:([0-9a-f]{1,8})/iy);
  return match && { value: Number.parseInt(match[1] ?? '', 16) };
}

/** Bytes, which go on in the next line after `\`; types 1 and 2 are strings in UTF-16. */
function takeBytes(take: Take): Value | null {
  const match = take(/(?:hex(?:\(([0-9a-f]+)\))?:((?:[0-9a-f, \t]*\\[ \t]*\n)*[0-9a-f, \t]*)|-)/iy);
  if (match === null) return null;
  if (match[1] !== '1' && match[1] !== '2') return { value: null };
  const digits = (match[2] ?? '').replaceAll(/[^0-9a-f]/gi, '');
  const bytes = Buffer.from(digits.slice(0, digits.length - (digits.length % 4)), 'hex');
  return { value: bytes.toString('utf16le').replace(/\0+$/, '') };
}

const unquote = (text: string): string => text.replaceAll(/\\([\s\S])/g, '$1');

function newlinesIn(text: string): number {
  return text.split('\n').length - 1;
}
