import type { ChartLine } from './chart-data';
import styles from './metrics.module.css';

interface ChartLegendProps {
  readonly lines: readonly ChartLine[];
  /** The moment of the values. */
  readonly time: string;
  readonly valueText: (line: ChartLine) => string;
}

/** What each line is, and its value at a moment. */
export function ChartLegend({ lines, time, valueText }: ChartLegendProps) {
  return (
    <div className={styles.legend}>
      <span className={styles.muted}>{time}</span>
      <ul>
        {lines.map((line) => (
          <li key={line.label}>
            <svg width={36} height={8} aria-hidden>
              <line
                x1={0}
                x2={36}
                y1={4}
                y2={4}
                stroke={`var(${line.colour})`}
                strokeWidth={2}
                strokeDasharray={line.dash.join(' ')}
              />
            </svg>
            <span className={styles.name}>{line.label}</span>
            <span className={styles.value}>{valueText(line)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
