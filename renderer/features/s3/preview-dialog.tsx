import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AppError, type ErrorReport } from '../../../shared/errors/app-error';
import type { AwsAccountId } from '../../../shared/model/aws-account';
import { s3NameOf } from '../../../shared/model/s3';
import type { S3Preview } from '../../../shared/model/s3-preview';
import { nuvem } from '../../api/nuvem';
import { Button } from '../../components/button';
import { Dialog } from '../../components/dialog';
import { Spinner } from '../../components/spinner';
import { AwsProblem } from '../aws/aws-problem';
import styles from './s3.module.css';

interface PreviewDialogProps {
  readonly accountId: AwsAccountId;
  readonly bucket: string;
  readonly objectKey: string;
  readonly onClose: () => void;
  readonly onDownload: () => void;
}

/** The head of an object, without downloading it. */
export function PreviewDialog({ accountId, bucket, objectKey, onClose, onDownload }: PreviewDialogProps) {
  const { t } = useTranslation('s3');
  const [preview, setPreview] = useState<S3Preview | null>(null);
  const [error, setError] = useState<ErrorReport | null>(null);
  useEffect(() => {
    let isWanted = true;
    nuvem.s3
      .preview({ accountId, bucket, key: objectKey })
      .then((found) => isWanted && setPreview(found))
      .catch((thrown: unknown) => isWanted && setError(AppError.from(thrown).toReport()));
    return () => {
      isWanted = false;
    };
  }, [accountId, bucket, objectKey]);
  return (
    <Dialog
      title={s3NameOf(objectKey)}
      width="wide"
      onCancel={onClose}
      buttons={
        <>
          <Button onPress={onDownload}>{t('download')}</Button>
          <Button autoFocus variant="primary" onPress={onClose}>
            {t('close')}
          </Button>
        </>
      }
    >
      {error && <AwsProblem error={error} />}
      {preview === null && error === null && <Spinner size={18} />}
      {preview && <Content preview={preview} />}
    </Dialog>
  );
}

function Content({ preview }: { readonly preview: S3Preview }) {
  const { t, i18n } = useTranslation('s3');
  if (preview.kind === 'binary') return <p>{t('noPreview')}</p>;
  if (preview.kind === 'text')
    return preview.text === '' ? (
      <p>{t('emptyObject')}</p>
    ) : (
      <>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it is scrolled by keys. */}
        <section className={styles.previewBox} tabIndex={0} aria-label={t('preview')}>
          <pre className="selectable">{preview.text}</pre>
        </section>
        {!preview.isWhole && <p className={styles.hint}>{t('onlyHead')}</p>}
      </>
    );
  const { columns, rows, rowCount, isWhole, isTooLarge } = preview;
  const number = new Intl.NumberFormat(i18n.language);
  const facts = [
    t('columnCount', { count: columns.length }),
    rowCount !== null && t('rowCount', { count: rowCount, number: number.format(rowCount) }),
    isTooLarge ? t('tooLarge') : !isWhole && t('firstRows', { count: rows.length }),
  ].filter(Boolean);
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it is scrolled by keys. */}
      <section className={styles.previewBox} tabIndex={0} aria-label={t('preview')}>
        <table className={styles.preview}>
          <thead>
            <tr>
              {columns.map(({ name, type }, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place.
                <th key={column} scope="col">
                  {name}
                  {type !== '' && <span className={styles.type}>{type}</span>}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((cells, row) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place.
              <tr key={row}>
                {cells.map((cell, column) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its column.
                  <td key={column} className="selectable">
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p className={styles.hint}>{facts.join(' · ')}</p>
    </>
  );
}
