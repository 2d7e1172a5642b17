import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ESTree, parseSync } from 'vite';

/** One of our TypeScript files, parsed. */
export interface SourceFile {
  /** From the project's root, with `/`. */
  readonly path: string;
  readonly text: string;
  readonly program: ESTree.Program;
}

/** Parses every TypeScript file below the given top folders. Throws when one has a syntax error. */
export function parseSources(folders: readonly string[]): readonly SourceFile[] {
  return folders.flatMap(typeScriptFiles).map((path) => parseSource(path, readFileSync(path, 'utf8')));
}

/** Parses the text of one file. Throws when it has a syntax error. */
export function parseSource(path: string, text: string): SourceFile {
  const { program, errors } = parseSync(path, text);
  if (errors[0] !== undefined) throw new Error(`${path}: ${errors[0].message}`);
  return { path, text, program };
}

/** The line, from 1, of an offset in a file. */
export function lineOf(file: SourceFile, offset: number): number {
  return file.text.slice(0, offset).split('\n').length;
}

function typeScriptFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name).replaceAll('\\', '/'))
    .filter((path) => /\.tsx?$/.test(path))
    .sort();
}
