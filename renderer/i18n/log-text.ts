import type { TFunction } from 'i18next';
import { errorCodes } from '../../shared/errors/error-codes';
import type { LogEntry } from '../../shared/model/log-entry';
import { addressText } from './address-text';
import { errorTexts } from './error-texts';

/** A log entry as a sentence; on a way over jump hosts with the server that it is about. */
export function logText(t: TFunction, entry: LogEntry): string {
  const text = sentenceOf(t, entry);
  const { hop } = entry.params;
  return hop === undefined ? text : t('log.atHop', { hop, text });
}

/** Names in the parameters translated, durations in seconds. */
function sentenceOf(t: TFunction, { code, params }: LogEntry): string {
  const { kind, method, detachedBy, address, errorCode, elapsedMs, delayMs } = params;
  const durationMs = elapsedMs ?? delayMs;
  const knownError = errorCodes.find((candidate) => candidate === errorCode);
  return t(code, {
    ns: 'log',
    ...params,
    ...(kind === undefined ? {} : { kind: nameOf(t, 'kind', kind) }),
    ...(method === undefined ? {} : { method: nameOf(t, 'method', method) }),
    ...(detachedBy === undefined ? {} : { detachedBy: nameOf(t, 'detachedBy', detachedBy) }),
    ...(address === undefined ? {} : { address: addressText(t, String(address)) }),
    ...(durationMs === undefined ? {} : { seconds: Math.round(Number(durationMs) / 100) / 10 }),
    ...(knownError === undefined
      ? {}
      : { error: errorTexts(t, { code: knownError, params, details: [] }).what }),
  });
}

/** The name of a term in the user's language; a term without one stands for itself. */
function nameOf(t: TFunction, group: 'kind' | 'method' | 'detachedBy', term: string | number): string {
  return t(`logName.${group}.${term}` as 'logName.kind.password', { defaultValue: String(term) });
}
