import type { FaultOutcome } from '../faults/fault';

/** All tries of one fault. */
export interface FaultRow {
  readonly name: string;
  readonly outcomes: readonly (FaultOutcome | Error)[];
}

/** A Markdown table; times are the median and the 95th percentile. */
export function faultTable(rows: readonly FaultRow[]): string {
  const header = [
    ...['Fault', 'Survived', 'Noticed after', 'Working again after', 'Bytes lost', 'Attempts', 'Seen'],
  ];
  const lines = [header, header.map(() => '---'), ...rows.map(cells)];
  return lines.map((line) => `| ${line.join(' | ')} |`).join('\n');
}

/** True when every try ended as it should and lost nothing. */
export const isUnharmed = ({ outcomes }: FaultRow): boolean =>
  outcomes.every(
    (outcome) =>
      !(outcome instanceof Error) &&
      outcome.survived &&
      outcome.bytesLost === 0 &&
      (outcome.attempts ?? 1) === 1,
  );

function cells({ name, outcomes }: FaultRow): readonly string[] {
  const done = outcomes.filter((outcome): outcome is FaultOutcome => !(outcome instanceof Error));
  const attempts = done.flatMap((outcome) => outcome.attempts ?? []);
  const notes = outcomes.map((outcome) => (outcome instanceof Error ? outcome.message : outcome.note));
  return [
    name,
    `${done.filter(({ survived }) => survived).length} of ${outcomes.length}`,
    times(done.map(({ noticeMs }) => noticeMs)),
    times(done.map(({ recoverMs }) => recoverMs)),
    String(done.reduce((sum, { bytesLost }) => sum + bytesLost, 0)),
    attempts.length === 0 ? '–' : [...new Set(attempts)].join(', '),
    [...new Set(notes.filter((note) => note !== ''))].join('; '),
  ];
}

function times(all: readonly (number | null)[]): string {
  const sorted = all.filter((ms) => ms !== null).toSorted((one, other) => one - other);
  if (sorted.length === 0) return '–';
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return sorted.length === 1 ? seconds(at(0)) : `${seconds(at(0.5))} / ${seconds(at(0.95))}`;
}

const seconds = (ms: number): string => `${(Math.max(0, ms) / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`;
