import type { MatchRanges } from './machine-search';
import styles from './machine-tree.module.css';

/** A text with what a search matched in it marked. */
export function Highlighted({ text, ranges }: { readonly text: string; readonly ranges: MatchRanges }) {
  if (ranges.length === 0) return text;
  const parts = ranges.flatMap(([start, end], index) => [
    text.slice(ranges[index - 1]?.[1] ?? 0, start),
    <mark key={start} className={styles.match}>
      {text.slice(start, end)}
    </mark>,
  ]);
  return [...parts, text.slice(ranges.at(-1)?.[1])];
}
