import { useTranslation } from 'react-i18next';
import { Disclosure } from '../../components/disclosure';
import type { ChartData } from './chart-data';
import styles from './metrics.module.css';

/** More rows than people read; the file has all. */
const mostRows = 200;

interface ValueTableProps {
  readonly data: ChartData;
  readonly timeText: (atMs: number) => string;
  /** Null: there is none. */
  readonly textOf: (value: number | null) => string;
}

/** The values of a chart in rows, newest first. */
export function ValueTable({ data, timeText, textOf }: ValueTableProps) {
  const { t } = useTranslation('metrics');
  const rows = data.timesMs.map((atMs, index) => ({ atMs, index })).toReversed();
  return (
    <Disclosure title={t('table')}>
      {rows.length > mostRows && <p className={styles.muted}>{t('tableShortened', { count: mostRows })}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling part must be reachable by keyboard. */}
      <section className={styles.tableBox} aria-label={t('table')} tabIndex={0}>
        <table className={`${styles.table} selectable`}>
          <thead>
            <tr>
              <th scope="col">{t('time')}</th>
              {data.lines.map(({ label }) => (
                <th key={label} scope="col">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, mostRows).map(({ atMs, index }) => (
              <tr key={atMs}>
                <th scope="row">{timeText(atMs)}</th>
                {data.lines.map(({ label, values }) => (
                  <td key={label}>{textOf(values[index] ?? null)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Disclosure>
  );
}
