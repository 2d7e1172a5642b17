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

/** Who worked during a row, as CPU seconds per second: by way and in the order of `busyNames`. */
export interface BusyRow {
  readonly name: string;
  readonly way: string;
  readonly cores: readonly number[];
}

/** Those whose work is counted: the SSH client, sshd, and the two ends that make and take the traffic. */
export const busyNames = ['client', 'sshd', 'ends of the traffic'] as const;

/** A Markdown table of who was busy, in cores; what is left of the computer's is the last column. */
export function busyTable(rows: readonly BusyRow[], cores: number): string {
  const header = ['Busy cores in', 'by', ...busyNames, `idle or other, of ${cores}`];
  const lines = rows.map(({ name, way, cores: busy }) => {
    const rest = cores - busy.reduce((sum, each) => sum + each, 0);
    return [name, way, ...[...busy, rest].map((each) => each.toFixed(2))];
  });
  return [header, header.map(() => '---'), ...lines].map((line) => `| ${line.join(' | ')} |`).join('\n');
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
