import type { TFunction } from 'i18next';
import { type DiagnosisSnapshot, type DiagnosisStep, mainFinding } from '../../../shared/model/diagnosis';
import type { Finding } from '../../../shared/model/diagnosis-finding';
import { exportedLogText } from '../../i18n/exported-log';
import { elapsedText, findingTexts, hopText, stepText } from './step-text';

interface ReportFacts {
  readonly machineName: string;
  readonly version: string;
  readonly time: string;
  /** For numbers. */
  readonly language: string;
}

/** A whole diagnosis as plain text, to be sent to whoever can help. It holds no secrets. */
export function reportText(t: TFunction, snapshot: DiagnosisSnapshot, facts: ReportFacts): string {
  const { steps, hops, state } = snapshot;
  const { machineName: name, version, time } = facts;
  const main = mainFinding(steps);
  return [
    t('reportTitle', { ns: 'diagnosis', version, name, time }),
    '',
    ...(state.kind === 'finished' ? [t(`verdict.${state.verdict}`, { ns: 'diagnosis' })] : []),
    ...(main === null ? [] : findingLines(t, main.finding)),
    '',
    ...steps.flatMap((step) => stepLines(t, step, hops, facts.language)),
    '',
  ].join('\n');
}

function stepLines(
  t: TFunction,
  step: DiagnosisStep,
  hops: readonly string[],
  language: string,
): readonly string[] {
  const place = step.hop === null ? t('here', { ns: 'diagnosis' }) : hopText(t, hops, step.hop);
  const elapsed = elapsedText(t, language, step);
  const state = t(`stepState.${step.state.kind}`, { ns: 'diagnosis' });
  const finding = 'finding' in step.state ? findingLines(t, step.state.finding) : [];
  return [
    `${place} · ${stepText(t, step)}: ${state}${elapsed === '' ? '' : ` (${elapsed})`}`,
    ...[...step.entries.map((entry) => exportedLogText(t, entry)), ...finding].map((line) => `    ${line}`),
  ];
}

function findingLines(t: TFunction, finding: Finding): readonly string[] {
  const { what, todo } = findingTexts(t, finding);
  const { offered, ours } = finding.params;
  return [
    what,
    todo,
    ...(offered === undefined ? [] : [`${t('offered', { ns: 'diagnosis' })}: ${offered}`]),
    ...(ours === undefined ? [] : [`${t('accepted', { ns: 'diagnosis' })}: ${ours}`]),
    ...finding.quotes.map((quote) => `> ${quote}`),
    ...finding.commands.map((command) => `$ ${command}`),
  ];
}
