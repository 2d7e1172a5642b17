import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../components/button';
import { IconButton } from '../../components/icon-button';
import { useNow } from '../../components/use-now';
import styles from './home.module.css';
import { forgetOpened, type OfServer, openPath } from './home-actions';
import { agoText } from './kernel-text';
import type { OpenedBelow } from './opened-below';

interface OpenedListProps {
  readonly server: OfServer;
  readonly opened: readonly OpenedBelow[];
}

/** The notebooks that were opened last in Nuvem, each to be opened again, or forgotten. */
export function OpenedList({ server, opened }: OpenedListProps) {
  const { t, i18n } = useTranslation();
  const nowMs = useNow(30_000);
  return (
    <table className={styles.table}>
      <caption>
        <span className={styles.captionRow}>
          {t('home.opened')}
          <Button variant="quiet" onPress={() => forgetOpened(server.machineId, null)}>
            {t('home.forgetAll')}
          </Button>
        </span>
      </caption>
      <thead className="visuallyHidden">
        <tr>
          <th scope="col">{t('home.column.notebook')}</th>
          <th scope="col">{t('home.column.opened')}</th>
          <th scope="col">{t('home.column.actions')}</th>
        </tr>
      </thead>
      <tbody>
        {opened.map(({ below, path, openedAtMs }) => (
          <tr key={path}>
            <th scope="row" className={styles.file}>
              <Button variant="quiet" onPress={() => openPath(server, path)}>
                <span className={styles.path}>{below}</span>
              </Button>
            </th>
            <td className={styles.small}>{agoText(i18n.language, openedAtMs, nowMs)}</td>
            <td className={styles.actions}>
              <IconButton
                label={t('home.forget', { name: below })}
                onPress={() => forgetOpened(server.machineId, path)}
              >
                <X aria-hidden />
              </IconButton>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
