import type { ImportKey } from '../../../../shared/model/import-plan';
import { isConcrete } from '../../../trust/host-pattern';
import type { ConfigFile } from './load-config';

const longestAlias = 255;

/** An alias, and where it first stands. */
export interface Alias {
  readonly name: string;
  readonly path: string;
  readonly line: number;
}

/** The hosts that a configuration names one by one, in its order: what people type behind `ssh`. */
export function aliasesOf(file: ConfigFile): readonly Alias[] {
  const found = new Map<string, Alias>();
  collect(file, found);
  return [...found.values()];
}

function collect({ path, blocks }: ConfigFile, found: Map<string, Alias>): void {
  for (const { condition, line, entries } of blocks) {
    const patterns = condition?.kind === 'host' ? condition.patterns : [];
    for (const name of patterns)
      if (isConcrete(name) && name.length <= longestAlias && !found.has(name))
        found.set(name, { name, path, line });
    for (const entry of entries)
      if ('files' in entry) for (const included of entry.files) collect(included, found);
  }
}

export const keyOfAlias = (alias: string): ImportKey => `host:${alias}` as ImportKey;
