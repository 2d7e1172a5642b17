import type { MetricReading, MetricResource } from '../../../shared/model/metric';

/** One line of a chart, told from the others by its dashes as well as by its colour. */
export interface ChartLine {
  readonly label: string;
  /** A colour's name in the tokens. */
  readonly colour: string;
  /** Lengths of dash and gap in px; empty: drawn through. */
  readonly dash: readonly number[];
  /** One for each of the chart's times; null: no value. */
  readonly values: readonly (number | null)[];
}

export interface ChartData {
  /** The beginnings of all periods of the window, oldest first. */
  readonly timesMs: readonly number[];
  readonly lines: readonly ChartLine[];
}

/** As many as can be compared (`mostCompared`); none alike without its colour. */
const lineStyles: readonly Pick<ChartLine, 'colour' | 'dash'>[] = [
  { colour: '--mark-blue', dash: [] },
  { colour: '--mark-orange', dash: [10, 5] },
  { colour: '--mark-green', dash: [2, 4] },
  { colour: '--mark-purple', dash: [10, 4, 2, 4] },
  { colour: '--mark-red', dash: [18, 6] },
  { colour: '--mark-teal', dash: [5, 3] },
  { colour: '--mark-pink', dash: [14, 4, 2, 4, 2, 4] },
  { colour: '--mark-grey', dash: [1, 7] },
];

/** What people call a resource. */
export const labelOf = ({ id, name }: MetricResource): string => (name === '' ? id : `${name} (${id})`);

/** A reading as lines over the same times. */
export function chartData(
  { fromMs, untilMs, periodMs, series }: MetricReading,
  resources: readonly MetricResource[],
): ChartData {
  const timesMs: number[] = [];
  for (let atMs = fromMs; atMs < untilMs; atMs += periodMs) timesMs.push(atMs);
  const lines = series.map(({ resourceId, points }, index) => {
    const values = new Map(points.map(({ atMs, value }) => [atMs, value]));
    const resource = resources.find(({ id }) => id === resourceId);
    return {
      label: resource === undefined ? resourceId : labelOf(resource),
      ...(lineStyles[index % lineStyles.length] ?? { colour: '--text', dash: [] }),
      values: timesMs.map((atMs) => values.get(atMs) ?? null),
    };
  });
  return { timesMs, lines };
}
