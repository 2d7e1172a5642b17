import type { TFunction } from 'i18next';
import type { LogEntry } from '../../shared/model/log-entry';
import { redactSecrets } from '../../shared/util/redact-secrets';
import { logText } from './log-text';

/**
 * A log entry as it may leave this computer. Nuvem writes no secrets into its log, but what servers and commands say
 * is in it, too.
 */
export function exportedLogText(t: TFunction, entry: LogEntry): string {
  const params = Object.entries(entry.params).map(([name, value]) => [
    name,
    typeof value === 'string' ? redactSecrets(value) : value,
  ]);
  return logText(t, { ...entry, params: Object.fromEntries(params) });
}

/** A whole connection log as text, to be sent to whoever can help; times in UTC, so that servers' logs compare. */
export function exportedLog(
  t: TFunction,
  entries: readonly LogEntry[],
  facts: { readonly machineName: string; readonly version: string },
): string {
  const { machineName: name, version } = facts;
  return [
    t('log.fileTitle', { name, version }),
    '',
    ...entries.map((entry) => `${new Date(entry.atMs).toISOString()}  ${exportedLogText(t, entry)}`),
    '',
  ].join('\n');
}
