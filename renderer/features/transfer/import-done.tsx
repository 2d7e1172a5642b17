import { useTranslation } from 'react-i18next';
import type { ImportResult } from '../../../shared/model/import-preview';
import { RowProblem } from '../../components/row-list';
import styles from './transfer.module.css';

interface ImportDoneProps {
  readonly result: ImportResult;
  readonly isUndone: boolean;
}

/** What an import has made. */
export function ImportDone({ result, isUndone }: ImportDoneProps) {
  const { t } = useTranslation();
  if (isUndone) return <p role="status">{t('import.undone')}</p>;
  const { addedIds, replacedIds, trustedHostKeys, refusedHostKeys } = result;
  return (
    <div role="status" className={styles.done}>
      <p>{t('import.added', { count: addedIds.length })}</p>
      {replacedIds.length > 0 && <p>{t('import.replaced', { count: replacedIds.length })}</p>}
      {trustedHostKeys > 0 && <p>{t('import.trusted', { count: trustedHostKeys })}</p>}
      {refusedHostKeys.length > 0 && (
        <RowProblem>{t('import.refused', { hosts: refusedHostKeys.join(', ') })}</RowProblem>
      )}
    </div>
  );
}
