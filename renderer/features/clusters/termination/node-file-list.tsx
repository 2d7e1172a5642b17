import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FoundNodeFiles } from '../../../../shared/model/emr-node-files';
import { Button } from '../../../components/button';
import { Checkbox } from '../../../components/checkbox';
import { byteText } from '../../tunnels/byte-text';
import styles from './termination.module.css';
import type { NodeFilesChoice } from './use-node-files';

/** More rows than people read; the rest is chosen like the others, and shown on request. */
const rowsAtOnce = 100;

interface NodeFileListProps {
  readonly found: FoundNodeFiles;
  readonly files: NodeFilesChoice;
}

/** The files that end with the cluster: those that are ticked are copied before. */
export function NodeFileList({ found, files }: NodeFileListProps) {
  const { t, i18n } = useTranslation('clusters');
  const [mostRows, setMostRows] = useState(rowsAtOnce);
  if (found.files.length === 0) return <p>{t('nodeFiles.none')}</p>;
  const format = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short' });
  const bytes = (amount: number) => byteText(i18n.language, amount);
  const size = bytes(files.chosen.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0));
  const safe = new Set(found.copied);
  return (
    <>
      <p>{t('nodeFiles.found', { count: found.files.length })}</p>
      {found.folder !== null && <p className={styles.hint}>{t('nodeFiles.to', { folder: found.folder })}</p>}
      <div className={styles.head}>
        <Checkbox
          isSelected={files.chosen.length === found.files.length}
          onChange={(isChosen) =>
            files.choose(
              found.files.map(({ path }) => path),
              isChosen,
            )
          }
        >
          {t('nodeFiles.all')}
        </Checkbox>
        <span className={styles.hint}>{t('nodeFiles.chosen', { count: files.chosen.length, size })}</span>
      </div>
      <ul className={styles.list} aria-label={t('nodeFiles.title')}>
        {found.files.slice(0, mostRows).map(({ path, sizeBytes, modifiedAtMs }) => (
          <li key={path} className={styles.row}>
            <Checkbox
              isSelected={files.isChosen(path)}
              onChange={(isChosen) => files.choose([path], isChosen)}
            >
              {path}
            </Checkbox>
            <span className={styles.hint}>
              {safe.has(path) ? `${t('nodeFiles.copied')} · ` : ''}
              {bytes(sizeBytes)} · {format.format(modifiedAtMs)}
            </span>
          </li>
        ))}
        {found.files.length > mostRows && (
          <li className={styles.row}>
            <Button onPress={() => setMostRows(mostRows + rowsAtOnce)}>
              {t('more', { count: found.files.length - mostRows })}
            </Button>
          </li>
        )}
      </ul>
    </>
  );
}
