import type { AccessWarning, InstallReport } from '../../shared/model/access';
import type { Transport } from '../connection/transport';
import type { RemoteFact } from '../jupyter/remote-script';
import checkScript from './remote/check.sh?raw';
import configScript from './remote/sshd-config.sh?raw';
import { runFilesScript } from './remote-files';

/** What sshd's own rules say about the file: see StrictModes and AuthorizedKeysFile in sshd_config(5). */
export interface SshdBelief {
  readonly warnings: readonly AccessWarning[];
  readonly mended: InstallReport['mended'];
}

/**
 * Tells why sshd might not believe the user's `authorized_keys`; with `isMending` takes the right to write from
 * others before, where that is possible. What can't be read on the machine is not told.
 */
export async function examineBelief(
  transport: Transport,
  isMending: boolean,
  random: (sizeBytes: number) => Buffer,
): Promise<SshdBelief> {
  const values = { isMending: isMending ? 'yes' : 'no' };
  const checked = await runFilesScript(transport, { text: checkScript, values }, random);
  const config = await runFilesScript(transport, { text: configScript }, random);
  const rules = rulesOf(config.facts);
  const ofPaths = rules.isStrict ? checked.facts.flatMap(warningOf) : [];
  return {
    warnings: [...rules.warnings, ...ofPaths],
    mended: checked.facts.flatMap(({ name, value }) => (name === 'mended' ? [pathOf(value)] : [])),
  };
}

function warningOf({ name, value }: RemoteFact): readonly AccessWarning[] {
  const place = pathOf(value);
  if (name === 'open') return [{ kind: 'openToOthers', ...place }];
  return name === 'foreign' ? [{ kind: 'foreignOwner', path: place.path }] : [];
}

/** Of `drwxrwxr-x 1000 /home/ana`. */
function pathOf(value: string): { readonly path: string; readonly permissions: string } {
  const [, permissions = '', path = ''] = /^(\S+) \S* (.*)$/s.exec(value) ?? [];
  return { path, permissions };
}

/**
 * Reads the configuration's lines outside of `Match` blocks, which hold only for some. As in sshd_config(5) the
 * first value of a keyword counts, and the parts of `sshd_config.d` come before the file that includes them.
 */
function rulesOf(facts: readonly RemoteFact[]): {
  readonly isStrict: boolean;
  readonly warnings: readonly AccessWarning[];
} {
  const values = new Map<string, string>();
  let isInMatch = false;
  for (const { name, value } of facts) {
    if (name === 'part') isInMatch = false;
    const [, keyword = '', rest = ''] = name === 'line' ? (/^\s*(\w+)[\s=]+(.*)$/.exec(value) ?? []) : [];
    const key = keyword.toLowerCase();
    if (key === 'match') isInMatch = true;
    else if (key !== '' && !isInMatch && !values.has(key))
      values.set(key, rest.replace(/\s+#.*$/, '').trim());
  }
  const files = values.get('authorizedkeysfile');
  const readsOurs = files
    ?.split(/\s+/)
    .some((file) => /^(%h\/|~\/)?\.ssh\/authorized_keys$/.test(unquoted(file)));
  const warnings: AccessWarning[] = [];
  if (values.get('pubkeyauthentication')?.toLowerCase() === 'no') warnings.push({ kind: 'keysOff' });
  if (files !== undefined && !readsOurs) warnings.push({ kind: 'keysElsewhere', files });
  return { isStrict: values.get('strictmodes')?.toLowerCase() !== 'no', warnings };
}

const unquoted = (word: string): string => word.replace(/^"(.*)"$/, '$1');
