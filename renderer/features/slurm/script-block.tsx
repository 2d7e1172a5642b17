import styles from './slurm.module.css';

/** Text of programs that scrolls in its own space. */
export function ScriptBlock({ label, text }: { readonly label: string; readonly text: string }) {
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling part must be reachable by keyboard.
      tabIndex={0}
      aria-label={label}
      className={styles.block}
    >
      <pre className="selectable">{text}</pre>
    </section>
  );
}
