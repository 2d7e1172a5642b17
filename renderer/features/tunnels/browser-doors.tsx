import { ExternalLink, Globe, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { MachineId } from '../../../shared/model/machine';
import { nuvem } from '../../api/nuvem';
import { IconButton } from '../../components/icon-button';
import { Row, RowFacts, RowList, RowTitle } from '../../components/row-list';
import { browserDoorsStore } from '../../stores/browser-doors-store';
import { showFailure } from '../../stores/notices-store';
import styles from './tunnels.module.css';

/** Which servers of a machine the system's browser can use, as long as there are any. */
export function BrowserDoors({ machineId }: { readonly machineId: MachineId }) {
  const { t } = useTranslation();
  const doors = useStore(browserDoorsStore, (list) => list.doors).filter(
    (door) => door.machineId === machineId,
  );
  if (doors.length === 0) return null;
  return (
    <div className={styles.doors}>
      <h3>{t('browserDoor.title')}</h3>
      <p>{t('browserDoor.explanation')}</p>
      <RowList label={t('browserDoor.title')}>
        {doors.map(({ id: doorId, title, origin, host, browserCount: count }) => (
          <Row
            key={doorId}
            icon={<Globe aria-hidden size={16} />}
            actions={
              <>
                <IconButton
                  label={t('browserDoor.openAgain', { title })}
                  onPress={() => nuvem.browserDoors.openAgain({ doorId }).catch(showFailure)}
                >
                  <ExternalLink aria-hidden />
                </IconButton>
                <IconButton
                  label={t('browserDoor.close', { title })}
                  onPress={() => nuvem.browserDoors.close({ doorId }).catch(showFailure)}
                >
                  <X aria-hidden />
                </IconButton>
              </>
            }
          >
            <RowTitle>{title}</RowTitle>
            <RowFacts isMono>{t('browserDoor.way', { origin, host })}</RowFacts>
            <RowFacts>{t('browserDoor.browsers', { count })}</RowFacts>
          </Row>
        ))}
      </RowList>
    </div>
  );
}
