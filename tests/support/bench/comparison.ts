/** One quantity, measured for Nuvem and for what it is compared with, in turns. */
export interface Comparison {
  readonly name: string;
  readonly unit: string;
  readonly baselineName: string;
  readonly nuvem: readonly number[];
  readonly baseline: readonly number[];
}

/** A Markdown table of medians, spreads (smallest to largest) and ratios. */
export function comparisonTable(comparisons: readonly Comparison[]): string {
  const rows = comparisons.map(({ name, unit, baselineName, nuvem, baseline }) => [
    name,
    `${shown(nuvem)} ${unit}`,
    `${shown(baseline)} ${unit}`,
    baselineName,
    (median(nuvem) / median(baseline)).toFixed(2),
    String(nuvem.length),
  ]);
  const header = ['What', 'Nuvem', 'Baseline', 'Baseline is', 'Ratio', 'Runs'];
  const lines = [header, header.map(() => '---'), ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

function shown(values: readonly number[]): string {
  const text = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toFixed(2));
  return `${text(median(values))} (${text(Math.min(...values))} to ${text(Math.max(...values))})`;
}

/** Runs the two measurements in turns, the first place changing, so that drift hits both alike. */
export async function inTurns(
  runs: number,
  first: () => Promise<void>,
  second: () => Promise<void>,
): Promise<void> {
  for (let run = 0; run < runs; run += 1) {
    const order = run % 2 === 0 ? [first, second] : [second, first];
    for (const measure of order) await measure();
  }
}
