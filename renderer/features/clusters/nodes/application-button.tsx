import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { MachineId } from '../../../../shared/model/machine';
import { Button } from '../../../components/button';
import { Spinner } from '../../../components/spinner';
import { useTask } from '../../../components/use-task';
import { showFailure } from '../../../stores/notices-store';
import { openWebPage } from '../../web-apps/web-app-actions';

interface ApplicationButtonProps {
  readonly machineId: MachineId;
  readonly title: string;
  /** As the primary node would write it. */
  readonly address: string;
  readonly icon: ReactNode;
}

/** Opens the page of an application in a tab of the machine, connecting if needed. */
export function ApplicationButton({ machineId, title, address, icon }: ApplicationButtonProps) {
  const { t } = useTranslation('clusters');
  const { isRunning, run } = useTask();
  return (
    <Button
      aria-label={t('node.openNamed', { name: title, address })}
      icon={isRunning ? <Spinner size={15} /> : icon}
      isDisabled={isRunning}
      onPress={() =>
        run(
          () => openWebPage(machineId, address, title).catch(showFailure),
          () => undefined,
        )
      }
    >
      {title}
    </Button>
  );
}
