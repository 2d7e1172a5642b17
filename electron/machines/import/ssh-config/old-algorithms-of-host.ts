import { oldAlgorithms } from '../../../../shared/model/old-algorithms';
import type { ResolvedHost } from './resolve-host';
import { wordsOf } from './words';

const oldNames: Readonly<Record<string, readonly string[]>> = {
  kexalgorithms: oldAlgorithms.kex,
  hostkeyalgorithms: oldAlgorithms.signature,
  pubkeyacceptedalgorithms: oldAlgorithms.signature,
  pubkeyacceptedkeytypes: oldAlgorithms.signature,
  ciphers: oldAlgorithms.cipher,
  macs: oldAlgorithms.mac,
};

/** What a configuration says about algorithms that only old servers need. */
export interface OldAlgorithmsOfHost {
  readonly isAllowed: boolean;
  /** Those that add such algorithms and say nothing else. */
  readonly keywords: ReadonlySet<string>;
}

/** A machine has one switch for all of them: it is on when the configuration allows any. */
export function oldAlgorithmsOfHost({ settings }: ResolvedHost): OldAlgorithmsOfHost {
  let isAllowed = false;
  const keywords = new Set<string>();
  for (const [keyword, old] of Object.entries(oldNames)) {
    const rest = settings.get(keyword)?.[0]?.rest ?? '';
    const [list = ''] = wordsOf(rest.replace(/^[\s=]+/, '')) ?? [];
    if (list.startsWith('-')) continue;
    const names = list.replace(/^[+^]/, '').split(',');
    if (!names.some((name) => old.includes(name))) continue;
    isAllowed = true;
    if (/^[+^]/.test(list) && names.every((name) => old.includes(name))) keywords.add(keyword);
  }
  return { isAllowed, keywords };
}
