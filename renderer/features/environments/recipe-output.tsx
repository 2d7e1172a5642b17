import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './environments.module.css';

/** What commands have written so far; stays at the end while more comes. */
export function RecipeOutput({ lines }: { readonly lines: readonly string[] }) {
  const { t } = useTranslation();
  const ref = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: to be done whenever there are more lines.
  useEffect(() => {
    const output = ref.current;
    output?.scrollTo({ top: output.scrollHeight });
  }, [lines]);
  return (
    <section
      ref={ref}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling part must be reachable by keyboard.
      tabIndex={0}
      aria-label={t('recipe.output', { ns: 'environments' })}
      className={styles.output}
    >
      <pre className="selectable">{lines.join('\n')}</pre>
    </section>
  );
}
