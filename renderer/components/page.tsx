import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from './button';
import styles from './page.module.css';

/** A page of the window: its parts one below the other, as wide as lines are easy to read. */
export function Page({ children }: { readonly children: ReactNode }) {
  return <div className={styles.page}>{children}</div>;
}

interface PageHeaderProps {
  readonly title: ReactNode;
  /** What the page is about, below the title. */
  readonly about: ReactNode;
  /** Buttons beside the title. */
  readonly actions?: ReactNode;
}

/** The title of a page, what it is about, and what can be done with the whole of it. */
export function PageHeader({ title, about, actions }: PageHeaderProps) {
  return (
    <header className={styles.header}>
      <div className={styles.names}>
        <h1>{title}</h1>
        <div className={styles.muted}>{about}</div>
      </div>
      {actions && <div className={styles.actions}>{actions}</div>}
    </header>
  );
}

interface PageBackProps {
  readonly children: string;
  readonly onPress: () => void;
}

/** Leads to the page above this one; its arrow stands in line with the title. */
export function PageBack({ children, onPress }: PageBackProps) {
  return (
    <div className={styles.back}>
      <Button variant="quiet" icon={<ArrowLeft aria-hidden />} onPress={onPress}>
        {children}
      </Button>
    </div>
  );
}

/** Where the things on a page are kept, as its last line. */
export function PageSource({ path }: { readonly path: string }) {
  return <p className={`${styles.source} selectable`}>{path}</p>;
}

/** Said instead of a list that has nothing in it. */
export function Nothing({ children }: { readonly children: ReactNode }) {
  return <p className={styles.muted}>{children}</p>;
}
