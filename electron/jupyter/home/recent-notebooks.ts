import type { RecentNotebook } from '../../../shared/model/server-files';
import { isNotebookName } from '../notebook-name';

/** What a folder holds, as `/api/contents` tells of it. */
export interface FolderEntry {
  readonly path: string;
  readonly name: string;
  readonly type: 'directory' | 'notebook' | 'other';
  readonly modifiedMs: number;
}

/** Null: the folder can't be read. */
export type ListFolder = (path: string) => Promise<readonly FolderEntry[] | null>;

const foldersAtMost = 24;
const depthAtMost = 3;
const shownAtMost = 8;
/** Of libraries rather than of people. */
const passedOver = new Set(['node_modules', '__pycache__', 'site-packages', 'lost+found']);

/**
 * The notebooks below a server's folder that were changed last. Looks into the folders that were changed last, and
 * into no more than 24 of them, three deep.
 */
export async function findRecentNotebooks(
  list: ListFolder,
): Promise<{ readonly recent: readonly RecentNotebook[]; readonly isWhole: boolean }> {
  const found: RecentNotebook[] = [];
  let folders: readonly string[] = [''];
  let looked = 0;
  let isWhole = true;
  for (let depth = 0; depth < depthAtMost && folders.length > 0; depth += 1) {
    const below: FolderEntry[] = [];
    for (const folder of folders) {
      if (looked === foldersAtMost) {
        isWhole = false;
        break;
      }
      looked += 1;
      const entries = (await list(folder)) ?? [];
      // With jupytext every script and README is one, too.
      for (const { path, type, modifiedMs } of entries)
        if (type === 'notebook' && isNotebookName(path)) found.push({ path, modifiedMs });
      below.push(...entries.filter(({ name, type }) => type === 'directory' && isOfPeople(name)));
    }
    folders = below.sort((one, other) => other.modifiedMs - one.modifiedMs).map(({ path }) => path);
  }
  const newestFirst = found.sort((one, other) => other.modifiedMs - one.modifiedMs);
  return { recent: newestFirst.slice(0, shownAtMost), isWhole: isWhole && folders.length === 0 };
}

const isOfPeople = (name: string): boolean => !name.startsWith('.') && !passedOver.has(name);
