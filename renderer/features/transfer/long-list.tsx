import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button';
import styles from './transfer.module.css';

/** More rows than people read; the rest is found by searching, or shown on request. */
export const rowsAtOnce = 100;

/** Short texts, each once, of which there may be thousands. */
export function LongList({ texts }: { readonly texts: readonly string[] }) {
  const { t } = useTranslation();
  const [mostRows, setMostRows] = useState(rowsAtOnce);
  const rows = [...new Set(texts)];
  return (
    <>
      <ul className={styles.remarks}>
        {rows.slice(0, mostRows).map((text) => (
          <li key={text} className="selectable">
            {text}
          </li>
        ))}
      </ul>
      {rows.length > mostRows && (
        <Button onPress={() => setMostRows(mostRows + rowsAtOnce)}>
          {t('import.more', { count: rows.length - mostRows })}
        </Button>
      )}
    </>
  );
}
