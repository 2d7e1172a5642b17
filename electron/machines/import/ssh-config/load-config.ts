import { isAbsolute, join, sep } from 'node:path';
import { AppError } from '../../../../shared/errors/app-error';
import { assertImportSize } from '../import-size';
import { BlockIndex } from './block-index';
import type { ConfigFileSystem } from './config-file-system';
import { globFiles } from './glob';
import { type Block, type ConfigProblem, parseConfig, type Setting } from './parse-config';

export interface LoadConfigOptions {
  readonly path: string;
  /** The user's; `~` in Include is this folder, and relative paths start in its `.ssh`. */
  readonly homeFolder: string;
  readonly fs: ConfigFileSystem;
}

/** A file with all that it includes. */
export interface ConfigFile {
  readonly path: string;
  readonly blocks: readonly LoadedBlock[];
  readonly index: BlockIndex<LoadedBlock>;
  /** A `Match final` anywhere in it makes ssh read everything once more, whether it is for the host or not. */
  readonly wantsFinalPass: boolean;
}

export interface LoadedBlock extends Pick<Block, 'condition' | 'line'> {
  readonly entries: readonly (
    | Setting
    | { readonly keyword: 'include'; readonly files: readonly ConfigFile[] }
  )[];
}

export type LoadProblem = (
  | ConfigProblem
  | {
      readonly code: 'include-unreadable' | 'include-loop' | 'include-too-deep';
      readonly text: string;
      readonly line: number;
    }
) & { readonly path: string };

export interface LoadedConfig {
  readonly file: ConfigFile;
  readonly problems: readonly LoadProblem[];
}

/** As ssh's own limit (READCONF_MAX_DEPTH). */
const deepestInclude = 16;
/** Of all files together: whoever includes `*` in itself twice would wait for ever. */
const mostFiles = 4096;

/**
 * Reads an ssh_config(5) file and what it includes. Only files are read, no pipes or devices; nothing is executed.
 * @throws import-file-not-text, import-file-too-large, and what `fs` throws, for `path` itself
 */
export async function loadConfig({ path, homeFolder, fs }: LoadConfigOptions): Promise<LoadedConfig> {
  const problems: LoadProblem[] = [];
  let fileCount = 0;
  let sizeBytes = 0;

  const read = async (file: string): Promise<string> => {
    const stats = await fs.stat(file);
    if (!stats.isFile()) throw new AppError('import-file-not-text', { path: file });
    sizeBytes += stats.size;
    assertImportSize(file, sizeBytes);
    return decoded(await fs.readFile(file));
  };

  const load = async (file: string, text: string, parents: readonly string[]): Promise<ConfigFile> => {
    fileCount += 1;
    const parsed = parseConfig(text);
    problems.push(...parsed.problems.map((problem) => ({ ...problem, path: file })));
    const blocks: LoadedBlock[] = [];
    for (const { condition, line, entries } of parsed.blocks) {
      const loaded: LoadedBlock['entries'][number][] = [];
      for (const entry of entries) {
        if (!('patterns' in entry)) {
          loaded.push(entry);
          continue;
        }
        const files: ConfigFile[] = [];
        for (const pattern of entry.patterns)
          files.push(...(await include(pattern, entry.line, [...parents, file])));
        loaded.push({ keyword: 'include', files });
      }
      blocks.push({ condition, line, entries: loaded });
    }
    const wantsFinalPass = blocks.some(
      ({ condition, entries }) =>
        (condition?.kind === 'match' && condition.criteria.some(({ attribute }) => attribute === 'final')) ||
        entries.some((entry) => 'files' in entry && entry.files.some((included) => included.wantsFinalPass)),
    );
    return { path: file, blocks, index: new BlockIndex(blocks), wantsFinalPass };
  };

  const include = async (
    pattern: string,
    line: number,
    parents: readonly string[],
  ): Promise<readonly ConfigFile[]> => {
    const files: ConfigFile[] = [];
    const tell = (code: 'include-unreadable' | 'include-loop' | 'include-too-deep', text: string) =>
      problems.push({ code, text, line, path: parents.at(-1) ?? path });
    for (const found of await globFiles(anchored(pattern, homeFolder), fs)) {
      if (parents.includes(found)) tell('include-loop', found);
      else if (parents.length > deepestInclude || fileCount >= mostFiles) tell('include-too-deep', found);
      else {
        const text = await read(found).catch((error: NodeJS.ErrnoException) => error);
        if (typeof text === 'string') files.push(await load(found, text, parents));
        // Like ssh, which takes what is there. OpenSSH 9.9 fills in tokens and variables before it looks.
        else if (!isMissing(text) || /%\w|\$\{/.test(pattern)) tell('include-unreadable', found);
      }
    }
    return files;
  };

  return { file: await load(path, await read(path), []), problems };
}

const isMissing = ({ code }: NodeJS.ErrnoException): boolean => code === 'ENOENT' || code === 'ENOTDIR';

function anchored(pattern: string, homeFolder: string): string {
  if (pattern === '~' || pattern.startsWith('~/') || pattern.startsWith(`~${sep}`))
    return join(homeFolder, pattern.slice(1));
  return isAbsolute(pattern) ? pattern : join(homeFolder, '.ssh', pattern);
}

/** Bytes that are no UTF-8 stay apart from each other, each as the letter of its number. */
function decoded(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return bytes.toString('latin1');
  }
}
