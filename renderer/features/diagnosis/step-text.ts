import type { TFunction } from 'i18next';
import type { ErrorReport } from '../../../shared/errors/app-error';
import { errorCodes } from '../../../shared/errors/error-codes';
import type { DiagnosisStep } from '../../../shared/model/diagnosis';
import type { Finding } from '../../../shared/model/diagnosis-finding';
import { errorTexts } from '../../i18n/error-texts';

/** What a step does, in words. */
export function stepText(t: TFunction, { kind, method }: DiagnosisStep): string {
  const name = method === null ? '' : methodText(t, method);
  return t(`step.${kind}`, { ns: 'diagnosis', method: name });
}

/** A method that has no name of ours stands for itself. */
const methodText = (t: TFunction, method: string): string =>
  t(`method.${method}` as 'method.agent', { ns: 'diagnosis', defaultValue: method });

/** How long a step took; nothing for what was too quick to matter. */
export function elapsedText(t: TFunction, language: string, { state }: DiagnosisStep): string {
  if (!('elapsedMs' in state) || state.elapsedMs < 50) return '';
  const format = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  return t('seconds', { ns: 'diagnosis', seconds: format.format(state.elapsedMs / 1000) });
}

/** What was found and what to do. What the diagnosis does not know is told as connecting tells it. */
export function findingTexts(
  t: TFunction,
  { code, params, quotes }: Finding,
): { readonly what: string; readonly todo: string } {
  const errorCode = errorCodes.find((known) => known === params.errorCode);
  if (code === 'unexpected' && errorCode !== undefined) {
    const report: ErrorReport = { code: errorCode, params: { ...params }, details: [...quotes] };
    return errorTexts(t, report);
  }
  const facts = { ...params, ...algorithmKind(t, params.kind), ns: 'diagnosis' as const };
  return { what: t(`finding.${code}.what`, facts), todo: t(`finding.${code}.todo`, facts) };
}

const algorithmKind = (t: TFunction, kind: string | number | undefined) =>
  kind === undefined ? {} : { kind: t(`algorithmKind.${kind}` as 'algorithmKind.kex', { ns: 'diagnosis' }) };

/** The name of a server on the way; of several, with its place. */
export function hopText(t: TFunction, hops: readonly string[], hop: number): string {
  const name = hops[hop] ?? '';
  return hops.length < 2 ? name : t('atHop', { ns: 'diagnosis', name, number: hop + 1, count: hops.length });
}
