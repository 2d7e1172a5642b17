import type { ReactNode } from 'react';
import styles from './problem-box.module.css';

interface ProblemBoxProps {
  /** As `errorTexts` gives them. */
  readonly texts: { readonly what: string; readonly todo: string };
  /** `warning`: it goes on by itself, so nothing is read aloud. */
  readonly level?: 'error' | 'warning';
  /** Buttons that help. */
  readonly actions?: ReactNode;
}

/** What failed and what to do, right where it failed. */
export function ProblemBox({ texts, level = 'error', actions }: ProblemBoxProps) {
  return (
    <div className={`${styles.box} ${styles[level]}`} {...(level === 'error' ? { role: 'alert' } : {})}>
      <div className={styles.text}>
        <p className="selectable">{texts.what}</p>
        <p className="selectable">{texts.todo}</p>
      </div>
      {actions}
    </div>
  );
}
