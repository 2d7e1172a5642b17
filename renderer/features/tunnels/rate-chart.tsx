import { SparkChart } from '../../components/spark-chart';
import { keptForMs, type RateSample } from '../../stores/tunnels-store';

interface RateChartProps {
  /** Says what the picture shows. */
  readonly label: string;
  readonly samples: readonly RateSample[];
}

/** So that a keepalive does not look like a download. */
const smallestTop = 10_000;

/** The last minute of traffic: what comes as an area, what goes as a line, both on one scale. */
export function RateChart({ label, samples }: RateChartProps) {
  const down = samples.map(({ atMs, bytesDownPerSecond }) => ({ atMs, value: bytesDownPerSecond }));
  const up = samples.map(({ atMs, bytesUpPerSecond }) => ({ atMs, value: bytesUpPerSecond }));
  const top = Math.max(smallestTop, ...[...down, ...up].map(({ value }) => value));
  return <SparkChart label={label} area={down} line={up} spanMs={keptForMs} top={top} />;
}
