import type { ImportKey } from '../../../shared/model/import-plan';

/**
 * A name for each machine that can be typed behind `ssh`: its own where that is possible, else one of its letters
 * and digits; never one of `taken`.
 */
export function aliasesFor(
  machines: readonly { readonly key: ImportKey; readonly name: string }[],
  taken: readonly string[],
): ReadonlyMap<ImportKey, string> {
  const used = new Set(taken.map((name) => name.toLowerCase()));
  const aliases = new Map<ImportKey, string>();
  for (const { key, name } of machines) {
    const alias = plain(name);
    let free = alias;
    for (let number = 2; used.has(free.toLowerCase()); number += 1) free = `${alias}-${number}`;
    used.add(free.toLowerCase());
    aliases.set(key, free);
  }
  return aliases;
}

function plain(name: string): string {
  if (/^[A-Za-z0-9_][\w.-]*$/.test(name) && name.toLowerCase() !== 'none') return name;
  const letters = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9_.]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .toLowerCase();
  return letters === '' || letters === 'none' ? 'machine' : letters;
}
