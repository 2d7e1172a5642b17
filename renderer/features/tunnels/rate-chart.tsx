import { keptForMs, type RateSample } from '../../stores/tunnels-store';
import styles from './tunnels.module.css';

interface RateChartProps {
  /** Says what the picture shows. */
  readonly label: string;
  readonly samples: readonly RateSample[];
}

const widthPx = 120;
const heightPx = 24;
/** So that a keepalive does not look like a download. */
const smallestTop = 10_000;

/** The last minute of traffic: what comes as an area, what goes as a line, both on one scale. */
export function RateChart({ label, samples }: RateChartProps) {
  const lastAtMs = samples.at(-1)?.atMs ?? 0;
  const top = Math.max(
    smallestTop,
    ...samples.map(({ bytesUpPerSecond, bytesDownPerSecond }) =>
      Math.max(bytesUpPerSecond, bytesDownPerSecond),
    ),
  );
  const x = ({ atMs }: RateSample): number => widthPx * (1 - (lastAtMs - atMs) / keptForMs);
  const y = (rate: number): number => heightPx - 1 - (heightPx - 2) * (rate / top);
  const points = (rateOf: (sample: RateSample) => number): string =>
    samples.map((sample) => `${x(sample).toFixed(1)},${y(rateOf(sample)).toFixed(1)}`).join(' ');
  const [first, last] = [samples[0], samples.at(-1)];
  const down = points(({ bytesDownPerSecond }) => bytesDownPerSecond);
  const area = first && last && `${x(first)},${heightPx} ${down} ${x(last)},${heightPx}`;
  return (
    <svg
      role="img"
      aria-label={label}
      className={styles.chart}
      width={widthPx}
      height={heightPx}
      viewBox={`0 0 ${widthPx} ${heightPx}`}
    >
      <polygon className={styles.down} points={area || ''} />
      <polyline className={styles.up} points={points(({ bytesUpPerSecond }) => bytesUpPerSecond)} />
    </svg>
  );
}
