import { Copy, NotebookText, Pencil, Plug, Stethoscope, Trash2, Unplug } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { type ConnectionState, canConnect, canDisconnect } from '../../../shared/model/connection';
import { isSaved, type Machine } from '../../../shared/model/machine';
import { Button } from '../../components/button';
import { IconButton } from '../../components/icon-button';
import { PageHeader } from '../../components/page';
import { Spinner } from '../../components/spinner';
import { openMachineEditor } from '../../stores/view-store';
import { connect, disconnect } from '../connection/connection-actions';
import { openDiagnosis } from '../diagnosis/diagnosis-actions';
import { openNotebook } from '../notebook/notebook-actions';
import { duplicateMachine, removeMachines } from './machine-actions';
import styles from './machine-header.module.css';
import { routeText } from './route-text';

interface MachineHeaderProps {
  readonly machine: Machine;
  readonly state: ConnectionState;
  readonly isOpeningNotebook: boolean;
}

/** A machine's name and address, and all that can be done with it. */
export function MachineHeader({ machine, state, isOpeningNotebook }: MachineHeaderProps) {
  const { t } = useTranslation();
  return (
    <PageHeader
      title={<span className="selectable">{machine.name}</span>}
      about={<span className="mono selectable">{routeText(machine.route)}</span>}
      actions={
        <>
          <Button
            variant="primary"
            icon={isOpeningNotebook ? <Spinner size={15} /> : <NotebookText aria-hidden />}
            isDisabled={isOpeningNotebook}
            onPress={() => openNotebook(machine.id)}
          >
            {t('notebook.openNotebook')}
          </Button>
          {canDisconnect(state) ? (
            <Button icon={<Unplug aria-hidden />} onPress={() => disconnect(machine.id)}>
              {t('connection.disconnect')}
            </Button>
          ) : (
            <Button
              icon={<Plug aria-hidden />}
              isDisabled={!canConnect(state)}
              onPress={() => connect(machine.id)}
            >
              {t('connection.connect')}
            </Button>
          )}
          <div className={styles.tools}>
            {isSaved(machine) && (
              <IconButton label={t('machine.edit')} onPress={() => openMachineEditor(machine.id)}>
                <Pencil aria-hidden />
              </IconButton>
            )}
            <IconButton label={t('open', { ns: 'diagnosis' })} onPress={() => openDiagnosis(machine.id)}>
              <Stethoscope aria-hidden />
            </IconButton>
            {isSaved(machine) && (
              <>
                <IconButton label={t('machine.duplicate')} onPress={() => duplicateMachine(machine.id)}>
                  <Copy aria-hidden />
                </IconButton>
                <IconButton label={t('machine.delete')} onPress={() => removeMachines([machine])}>
                  <Trash2 aria-hidden />
                </IconButton>
              </>
            )}
          </div>
        </>
      }
    />
  );
}
