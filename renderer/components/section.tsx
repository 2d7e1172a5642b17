import type { ReactNode } from 'react';
import styles from './section.module.css';

interface SectionProps {
  /** Unique in the window; the title's is this with `-title`. */
  readonly id: string;
  readonly title: string;
  /** Buttons beside the title. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A part of a page under its own title. */
export function Section({ id, title, actions, children }: SectionProps) {
  const titleId = `${id}-title`;
  return (
    <section className={styles.section} aria-labelledby={titleId}>
      <div className={styles.header}>
        <h2 id={titleId}>{title}</h2>
        {actions && <div className={styles.actions}>{actions}</div>}
      </div>
      {children}
    </section>
  );
}
