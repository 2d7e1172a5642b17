import { AppWindow } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { MachineId } from '../../../shared/model/machine';
import { type WebApp, webAppAddress } from '../../../shared/model/web-app';
import { Button } from '../../components/button';
import { Row, RowFacts, RowTitle } from '../../components/row-list';
import { Spinner } from '../../components/spinner';
import { useTask } from '../../components/use-task';
import { showFailure } from '../../stores/notices-store';
import { serviceName } from '../tunnels/suggested-ports';
import { openWebPage } from './web-app-actions';

interface WebAppRowProps {
  readonly machineId: MachineId;
  readonly app: WebApp;
}

/** A program of the machine that shows itself as a web page, and the button that opens it. */
export function WebAppRow({ machineId, app }: WebAppRowProps) {
  const { t } = useTranslation();
  const { isRunning, run } = useTask();
  const address = webAppAddress(app);
  const name = app.title || serviceName(app.port) || app.process || address;
  const facts = [address.replace(/^http:\/\/|\/$/g, ''), app.process].filter((fact) => fact !== '');
  return (
    <Row
      icon={<AppWindow aria-hidden size={18} />}
      actions={
        <Button
          aria-label={t('webApps.openNamed', { name, port: app.port })}
          icon={isRunning && <Spinner size={15} />}
          isDisabled={isRunning}
          onPress={() => {
            run(
              () => openWebPage(machineId, address, name).catch(showFailure),
              () => undefined,
            );
          }}
        >
          {t('webApps.open')}
        </Button>
      }
    >
      <RowTitle>{name}</RowTitle>
      <RowFacts>{facts.join(' · ')}</RowFacts>
    </Row>
  );
}
