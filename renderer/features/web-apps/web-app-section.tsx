import { Search } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { MachineId } from '../../../shared/model/machine';
import { Button } from '../../components/button';
import { Nothing } from '../../components/page';
import { RowList } from '../../components/row-list';
import { Section } from '../../components/section';
import { Spinner } from '../../components/spinner';
import { tunnelsOf, tunnelsStore } from '../../stores/tunnels-store';
import { webAppsOf, webAppsStore } from '../../stores/web-apps-store';
import { AddressForm } from './address-form';
import { likelyWebApps } from './likely-web-apps';
import { lookForWebApps } from './web-app-actions';
import { WebAppRow } from './web-app-row';

/** What the machine shows as web pages: dashboards, monitors, whatever listens there. */
export function WebAppSection({ machineId }: { readonly machineId: MachineId }) {
  const { t } = useTranslation();
  const { apps: asked, isLooking } = useStore(webAppsStore, (all) => webAppsOf(all, machineId));
  const { ports } = useStore(tunnelsStore, (all) => tunnelsOf(all, machineId));
  const apps = asked ?? likelyWebApps(ports);
  return (
    <Section
      id="web-apps"
      title={t('webApps.title')}
      actions={
        <Button
          variant="quiet"
          icon={isLooking ? <Spinner size={15} /> : <Search aria-hidden />}
          isDisabled={isLooking}
          onPress={() => lookForWebApps(machineId)}
        >
          {t('webApps.look')}
        </Button>
      }
    >
      {apps === null || apps.length === 0 ? (
        <Nothing>{apps === null ? t('webApps.neverLooked') : t('webApps.noneFound')}</Nothing>
      ) : (
        <RowList>
          {apps.map((app) => (
            <WebAppRow key={app.port} machineId={machineId} app={app} />
          ))}
        </RowList>
      )}
      <AddressForm machineId={machineId} />
    </Section>
  );
}
