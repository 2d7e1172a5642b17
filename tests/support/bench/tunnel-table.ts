import { median } from './comparison';
import type { ProfileShare } from './cpu-profile';

/** One quantity of the tunnel bench: values by what they were measured of, Nuvem's own under `nuvem`. */
export interface TunnelRow {
  readonly name: string;
  readonly unit: string;
  /** Of the ratio to the first baseline, in words; empty: for information. */
  readonly goal: string;
  readonly values: Readonly<Record<string, readonly number[]>>;
}

/** A Markdown table: medians with spreads, and Nuvem's ratio to ssh's defaults and to `ssh -c aes128-gcm`. */
export function tunnelTable(rows: readonly TunnelRow[]): string {
  const header = ['What', 'Goal', 'Nuvem', 'ssh', 'Ratio', 'ssh aes128-gcm', 'Ratio', 'Runs'];
  const cells = rows.map(({ name, unit, goal, values }) => {
    const { nuvem = [], ...baselines } = values;
    const [first, second] = Object.values(baselines);
    return [
      name,
      goal,
      `${shown(nuvem)} ${unit}`,
      first === undefined ? '' : shown(first),
      ratio(nuvem, first),
      second === undefined ? '' : shown(second),
      ratio(nuvem, second),
      String(nuvem.length),
    ];
  });
  return [header, header.map(() => '---'), ...cells].map((line) => `| ${line.join(' | ')} |`).join('\n');
}

/** A Markdown table of where the main process spent its time. */
export function profileTable(name: string, shares: readonly ProfileShare[]): string {
  const lines = shares.map(({ name: place, share }) => `| ${place} | ${(share * 100).toFixed(1)} % |`);
  return [`| Nuvem's network thread in: ${name} | Own time |`, '| --- | --- |', ...lines].join('\n');
}

function ratio(ours: readonly number[], theirs: readonly number[] | undefined): string {
  return theirs === undefined ? '' : (median(ours) / median(theirs)).toFixed(2);
}

function shown(values: readonly number[]): string {
  const text = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toFixed(2));
  if (values.length < 2) return text(median(values));
  return `${text(median(values))} (${text(Math.min(...values))} to ${text(Math.max(...values))})`;
}
