import { useTranslation } from 'react-i18next';
import type { FoundNodeFiles } from '../../../../shared/model/emr-node-files';
import { ProblemBox } from '../../../components/problem-box';
import styles from './termination.module.css';

/** Names more than anybody reads are counted. */
const mostNames = 20;

/** What could not be copied, for which reason the cluster was not terminated, and what nobody could read. */
export function NotKeptList({ found }: { readonly found: FoundNodeFiles }) {
  const { t } = useTranslation('clusters');
  const { missing, unread, isCut, files } = found;
  return (
    <>
      {missing.length > 0 && (
        <>
          <ProblemBox
            texts={{
              what: t('nodeFiles.notCopied', { count: missing.length }),
              todo: t('nodeFiles.notCopiedTodo'),
            }}
          />
          <Names
            label={t('nodeFiles.missing')}
            names={missing.map(({ path, reason }) => `${path}: ${t(`nodeFiles.reason.${reason}`)}`)}
          />
        </>
      )}
      {unread.length > 0 && (
        <>
          <p>{t('nodeFiles.unread')}</p>
          <Names label={t('nodeFiles.unread')} names={unread} />
        </>
      )}
      {isCut && <p>{t('nodeFiles.cut', { number: files.length })}</p>}
    </>
  );
}

function Names({ label, names }: { readonly label: string; readonly names: readonly string[] }) {
  const { t } = useTranslation('clusters');
  return (
    <ul className={styles.names} aria-label={label}>
      {names.slice(0, mostNames).map((name) => (
        <li key={name} className="mono selectable">
          {name}
        </li>
      ))}
      {names.length > mostNames && <li>{t('nodeFiles.others', { count: names.length - mostNames })}</li>}
    </ul>
  );
}
