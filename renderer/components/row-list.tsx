import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './row-list.module.css';

interface RowListProps {
  /** The accessible name; not needed below a section's title. */
  readonly label?: string;
  /** `Row`s, or list items of their own layout. */
  readonly children: ReactNode;
}

/** A framed list with a line between its rows. */
export function RowList({ label, children }: RowListProps) {
  return (
    <ul className={styles.list} aria-label={label}>
      {children}
    </ul>
  );
}

interface RowProps {
  readonly icon: ReactNode;
  /** A `RowTitle` and what else there is to say. */
  readonly children: ReactNode;
  /** Buttons at the end. */
  readonly actions?: ReactNode;
}

/** One thing in a list: its picture, what there is to say about it, and what can be done with it. */
export function Row({ icon, children, actions }: RowProps) {
  return (
    <li className={styles.row}>
      {icon}
      <div className={styles.body}>
        <div className={styles.text}>{children}</div>
        {actions && <div className={styles.actions}>{actions}</div>}
      </div>
    </li>
  );
}

export function RowTitle({ children }: { readonly children: ReactNode }) {
  return <p className={styles.title}>{children}</p>;
}

interface RowFactsProps {
  readonly children: ReactNode;
  /** Something to copy, like a fingerprint. */
  readonly isMono?: boolean;
}

/** A small line below the title. */
export function RowFacts({ children, isMono = false }: RowFactsProps) {
  return <p className={`${styles.facts} ${isMono ? 'mono selectable' : ''}`}>{children}</p>;
}

/** A small line that warns. */
export function RowProblem({ children }: { readonly children: ReactNode }) {
  return (
    <p className={styles.problem}>
      <TriangleAlert aria-hidden size={14} />
      {children}
    </p>
  );
}
