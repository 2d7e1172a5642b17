import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { MachineId } from '../../../shared/model/machine';
import type { NotebookServer } from '../../../shared/model/notebook';
import { Section } from '../../components/section';
import { connectionStateOf, connectionsStore } from '../../stores/connections-store';
import { kernelsStore } from '../../stores/kernels-store';
import { meterStateOf, metersStore } from '../../stores/meters-store';
import { ServerHome } from './server-home';

interface HomeSectionProps {
  readonly machineId: MachineId;
  /** Those that can be opened. */
  readonly servers: readonly NotebookServer[];
}

const none: readonly never[] = [];

/** The home of a machine's notebooks: the kernels that run, and what there is to open. */
export function HomeSection({ machineId, servers }: HomeSectionProps) {
  const { t } = useTranslation();
  const isConnected = useStore(
    connectionsStore,
    (connections) => connectionStateOf(connections, machineId).kind === 'ready',
  );
  const known = useStore(kernelsStore, (kernels) => kernels[machineId]?.servers ?? none);
  const measured = useStore(metersStore, (meters) => {
    const state = meterStateOf(meters, machineId);
    return state.kind === 'measuring' ? state.sample.kernels : none;
  });
  return (
    <Section id="home" title={t('home.title')}>
      {servers.map((server) => (
        <ServerHome
          key={server.id}
          of={{ machineId, serverId: server.id }}
          server={server}
          known={known.find(({ serverId }) => serverId === server.id)}
          measured={measured}
          isConnected={isConnected}
        />
      ))}
    </Section>
  );
}
