import { SparkChart, type SparkPoint } from '../../components/spark-chart';
import { samplesKeptForMs } from '../../stores/meters-store';
import styles from './meter.module.css';

interface GaugeProps {
  readonly name: string;
  /** The most telling number. */
  readonly value: string;
  readonly facts: readonly (string | false | null)[];
  /** What to draw of the last two minutes: 0 to 1. */
  readonly history?: { readonly label: string; readonly points: readonly SparkPoint[] };
  /** What to draw of now, 0 to 1, where a history would be a flat line. */
  readonly share?: number;
  readonly warning?: string | null;
}

/** One thing that is measured: its name, its value in words, and a small picture of it. */
export function Gauge({ name, value, facts, history, share, warning = null }: GaugeProps) {
  return (
    <article className={styles.gauge} aria-label={name}>
      <p className={styles.name}>{name}</p>
      <p className={styles.value}>
        {value}
        {warning && <span className={styles.warning}>{warning}</span>}
      </p>
      {history && (
        <SparkChart label={history.label} area={history.points} spanMs={samplesKeptForMs} top={1} />
      )}
      {share !== undefined && (
        <div className={styles.bar} aria-hidden>
          <div className={warning ? styles.full : styles.used} style={{ width: `${share * 100}%` }} />
        </div>
      )}
      <p className={styles.facts}>{facts.filter(Boolean).join(' · ')}</p>
    </article>
  );
}
