import { ProgressBar } from 'react-aria-components';
import styles from './progress.module.css';

interface ProgressProps {
  readonly label: string;
  /** From 0 to 1; null: nobody knows. */
  readonly ratio: number | null;
}

/** How far something is, as a thin bar. */
export function Progress({ label, ratio }: ProgressProps) {
  return (
    <ProgressBar
      aria-label={label}
      isIndeterminate={ratio === null}
      value={(ratio ?? 0) * 100}
      className={styles.progress ?? ''}
    >
      {({ percentage, isIndeterminate }) => (
        <div
          className={isIndeterminate ? `${styles.bar} ${styles.unknown}` : styles.bar}
          style={{ width: isIndeterminate ? '100%' : `${percentage}%` }}
        />
      )}
    </ProgressBar>
  );
}
