import { useTranslation } from 'react-i18next';
import type { RecentNotebook } from '../../../shared/model/server-files';
import { Button } from '../../components/button';
import styles from './home.module.css';
import { type OfServer, openFile } from './home-actions';

interface RecentListProps {
  readonly server: OfServer;
  readonly recent: readonly RecentNotebook[];
}

/** The notebooks that were changed last, each opened by one press. */
export function RecentList({ server, recent }: RecentListProps) {
  const { t, i18n } = useTranslation();
  const dateText = (atMs: number) =>
    new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short' }).format(atMs);
  return (
    <table className={styles.table}>
      <caption>{t('home.recent')}</caption>
      <thead className="visuallyHidden">
        <tr>
          <th scope="col">{t('home.column.notebook')}</th>
          <th scope="col">{t('home.column.changed')}</th>
        </tr>
      </thead>
      <tbody>
        {recent.map(({ path, modifiedMs }) => (
          <tr key={path}>
            <th scope="row" className={styles.file}>
              <Button variant="quiet" onPress={() => openFile(server, path)}>
                <span className={styles.path}>{path}</span>
              </Button>
            </th>
            <td className={styles.small}>{dateText(modifiedMs)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
