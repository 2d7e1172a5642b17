import { join, parse, sep } from 'node:path';
import type { ConfigFileSystem } from './config-file-system';

/**
 * The paths that fit an absolute pattern, sorted, as glob(3) finds them: `*`, `?` and `[...]` stand for no `/` and
 * for no dot at the beginning of a name. A pattern without any of them is itself, be there such a file or not.
 */
export async function globFiles(
  pattern: string,
  fs: Pick<ConfigFileSystem, 'readdir'>,
): Promise<readonly string[]> {
  const { root } = parse(pattern);
  const parts = pattern
    .slice(root.length)
    .split(sep === '/' ? /\/+/ : /[\\/]+/)
    .filter(Boolean);
  if (!parts.some(isWild)) return [pattern];
  let found: readonly string[] = [root || sep];
  for (const [index, part] of parts.entries()) {
    const isLast = index === parts.length - 1;
    const next: string[] = [];
    for (const folder of found) {
      if (!isWild(part)) {
        next.push(join(folder, part));
        continue;
      }
      const entries = await fs.readdir(folder, { withFileTypes: true }).catch(() => []);
      const matcher = matcherOf(part);
      const names = entries
        .filter((entry) => matcher.test(entry.name) && (isLast ? !entry.isDirectory() : !entry.isFile()))
        .map(({ name }) => name)
        .sort();
      next.push(...names.map((name) => join(folder, name)));
    }
    found = next;
  }
  return found;
}

const isWild = (part: string): boolean => /[*?[]/.test(part);

function matcherOf(part: string): RegExp {
  const source = part.replace(
    /\[(!?)(\]?[^\]]*)\]|[*?]|[^*?[]+|\[/g,
    (piece, negation: string, letters?: string) => {
      if (letters !== undefined)
        return `[${negation === '!' ? '^' : ''}${letters.replace(/[\\\]^[]/g, '\\$&')}]`;
      if (piece === '*') return '[^/]*';
      return piece === '?' ? '[^/]' : piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    },
  );
  try {
    return new RegExp(`^${part.startsWith('.') ? '' : '(?!\\.)'}${source}$`, 's');
  } catch {
    // A range in the wrong order fits nothing.
    return /^(?!)/;
  }
}
