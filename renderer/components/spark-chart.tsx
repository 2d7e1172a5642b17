import styles from './spark-chart.module.css';

/** A value at a time, in ms since the epoch. */
export interface SparkPoint {
  readonly atMs: number;
  readonly value: number;
}

interface SparkChartProps {
  /** Says what the picture shows. */
  readonly label: string;
  /** Oldest first. */
  readonly area: readonly SparkPoint[];
  readonly line?: readonly SparkPoint[];
  /** What the whole width stands for; it ends with the newest point. */
  readonly spanMs: number;
  /** What the whole height stands for. */
  readonly top: number;
}

const widthPx = 120;
const heightPx = 24;

/** The last minute or so of something, small: an area, and perhaps a line on the same scale. */
export function SparkChart({ label, area, line = [], spanMs, top }: SparkChartProps) {
  const lastAtMs = Math.max(area.at(-1)?.atMs ?? 0, line.at(-1)?.atMs ?? 0);
  const x = ({ atMs }: SparkPoint): number => widthPx * (1 - (lastAtMs - atMs) / spanMs);
  const y = ({ value }: SparkPoint): number => heightPx - 1 - (heightPx - 2) * (value / top);
  const points = (series: readonly SparkPoint[]): string =>
    series.map((point) => `${x(point).toFixed(1)},${y(point).toFixed(1)}`).join(' ');
  const [first, last] = [area[0], area.at(-1)];
  const outline = first && last && `${x(first)},${heightPx} ${points(area)} ${x(last)},${heightPx}`;
  return (
    <svg
      role="img"
      aria-label={label}
      className={styles.chart}
      width={widthPx}
      height={heightPx}
      viewBox={`0 0 ${widthPx} ${heightPx}`}
      preserveAspectRatio="none"
    >
      <polygon className={styles.area} points={outline || ''} />
      <polyline className={styles.line} points={points(line)} />
    </svg>
  );
}
