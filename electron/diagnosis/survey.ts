import type { Finding } from '../../shared/model/diagnosis-finding';
import { factOf, type RemoteFact } from '../jupyter/remote-script';

/** AWS and Kerberos refuse requests that are this far off; certificates and builds suffer too. */
const clockToleranceMs = 5 * 60 * 1000;

/** What is wrong with the folders that one works in; null: nothing. */
export function storageFinding(facts: readonly RemoteFact[], params: Finding['params']): Finding | null {
  const home = factOf(facts, 'home') ?? '~';
  const temp = factOf(facts, 'temp') ?? '/tmp';
  const about = (code: Finding['code'], path: string): Finding => ({
    code,
    params: { ...params, path },
    quotes: [],
    commands: [],
  });
  switch (factOf(facts, 'home-folder')) {
    case 'missing':
      return about('home-missing', home);
    case 'not-writable':
      return about('home-not-writable', home);
    case 'full':
      return about('disk-full', home);
  }
  switch (factOf(facts, 'temp-folder')) {
    case 'full':
      return about('disk-full', temp);
    case 'missing':
    case 'not-writable':
      return about('temp-not-writable', temp);
  }
  return null;
}

/** `offsetMs`: how far the machine's clock is ahead of ours. */
export function clockFinding(offsetMs: number, params: Finding['params']): Finding | null {
  if (Math.abs(offsetMs) < clockToleranceMs) return null;
  const minutes = Math.round(Math.abs(offsetMs) / 60_000);
  return {
    code: offsetMs > 0 ? 'clock-ahead' : 'clock-behind',
    params: { ...params, minutes },
    quotes: [],
    commands: [],
  };
}
