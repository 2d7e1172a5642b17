import { useTranslation } from 'react-i18next';
import type { MachineId } from '../../../shared/model/machine';
import type { ListeningPort } from '../../../shared/model/tunnel-status';
import { Button } from '../../components/button';
import { Nothing } from '../../components/page';
import { serviceName, suggestedPorts } from './suggested-ports';
import { openPort } from './tunnel-actions';
import styles from './tunnels.module.css';

interface PortSuggestionsProps {
  readonly machineId: MachineId;
  readonly ports: readonly ListeningPort[];
}

/** What listens on the machine; a press opens it on this computer. */
export function PortSuggestions({ machineId, ports }: PortSuggestionsProps) {
  const { t } = useTranslation();
  if (ports.length === 0) return <Nothing>{t('tunnel.nothingListens')}</Nothing>;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for what one fills in.
    <div role="group" aria-labelledby="listening-ports" className={styles.suggestions}>
      <span id="listening-ports" className={styles.empty}>
        {t('tunnel.listening')}
      </span>
      {suggestedPorts(ports).map((listening) => {
        const { port, process } = listening;
        const name = serviceName(port) ?? process;
        return (
          <Button
            key={port}
            aria-label={t('tunnel.forwardPort', { port, name })}
            onPress={() => openPort(machineId, listening)}
          >
            {name === '' ? port : `${port} · ${name}`}
          </Button>
        );
      })}
    </div>
  );
}
