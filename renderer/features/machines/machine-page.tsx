import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { ErrorReport } from '../../../shared/errors/app-error';
import type { UserAction } from '../../../shared/errors/error-codes';
import type { ConnectionState } from '../../../shared/model/connection';
import { isSaved, type Machine } from '../../../shared/model/machine';
import type { NotebookActivity } from '../../../shared/model/notebook';
import { nuvem } from '../../api/nuvem';
import { Disclosure } from '../../components/disclosure';
import { Page } from '../../components/page';
import { connectionStateOf, connectionsStore } from '../../stores/connections-store';
import { notebooksOf, notebooksStore } from '../../stores/notebooks-store';
import { showFailure } from '../../stores/notices-store';
import { openHostKeyReplacement, openMachineEditor } from '../../stores/view-store';
import { AccessSection } from '../access/access-section';
import { connect } from '../connection/connection-actions';
import { ErrorCard } from '../connection/error-card';
import { offerOldAlgorithms } from '../connection/failing-machine';
import { LogPanel } from '../connection/log-panel';
import { StatusRow } from '../connection/status-row';
import { MachineCostLine } from '../costs/cost-lines';
import { openDiagnosis } from '../diagnosis/diagnosis-actions';
import { EnvironmentSection } from '../environments/environment-section';
import { newEnvironment } from '../environments/recipe-actions';
import { RecipeDialog } from '../environments/recipe-dialog';
import { MeterSection } from '../meter/meter-section';
import { ImageProgress } from '../notebook/image-progress';
import { openNotebook, startNotebook } from '../notebook/notebook-actions';
import { NotebookProgress } from '../notebook/notebook-progress';
import { NotebookSection } from '../notebook/notebook-section';
import { HomeSection } from '../notebook-home/home-section';
import { SlurmSection } from '../slurm/slurm-section';
import { TunnelSection } from '../tunnels/tunnel-section';
import { ServiceSection } from '../units/service-section';
import { WebAppSection } from '../web-apps/web-app-section';
import { MachineFacts } from './machine-facts';
import { MachineHeader } from './machine-header';
import { UnsavedNote } from './unsaved-note';

/** All about one machine. */
export function MachinePage({ machine }: { readonly machine: Machine }) {
  const { t } = useTranslation();
  const state = useStore(connectionsStore, (connections) => connectionStateOf(connections, machine.id));
  const notebooks = useStore(notebooksStore, (all) => notebooksOf(all, machine.id));
  const [isInstalling, setIsInstalling] = useState(false);
  const [isLogShown, setIsLogShown] = useState(false);
  const logRef = useRef<HTMLDivElement>(null);
  const { activity } = notebooks;
  const openable = notebooks.servers?.filter(({ canOpen }) => canOpen) ?? [];
  const failure = failureOf(state, activity);
  const isConnectionFailure = state.kind === 'failed' && failure === state.error;
  const [dismissed, setDismissed] = useState<ErrorReport | null>(null);

  const act = (action: Exclude<UserAction, 'none'>) => {
    switch (action) {
      case 'retry':
        return activity.kind === 'failed' ? openNotebook(machine.id) : connect(machine.id);
      case 'edit-machine':
        return openMachineEditor(machine.id);
      case 'show-log':
        setIsLogShown(true);
        return requestAnimationFrame(() => logRef.current?.scrollIntoView({ block: 'end' }));
      case 'install-jupyter':
        return setIsInstalling(true);
      case 'start-notebook':
        return startNotebook(machine.id);
      case 'replace-host-key':
        return openHostKeyReplacement(machine.id);
      case 'allow-old-algorithms':
        return failure && offerOldAlgorithms(machine.id, failure.params);
      case 'reopen-app':
        return nuvem.app.quit().catch(showFailure);
    }
  };

  return (
    <Page>
      <MachineHeader
        machine={machine}
        state={state}
        isOpeningNotebook={activity.kind === 'starting' || activity.kind === 'fetchingImage'}
      />
      {!isSaved(machine) && <UnsavedNote machine={machine} />}
      <StatusRow machineId={machine.id} state={state} />
      <MachineCostLine machineId={machine.id} state={state} />
      {activity.kind === 'starting' && <NotebookProgress machineId={machine.id} step={activity.step} />}
      {activity.kind === 'fetchingImage' && <ImageProgress machineId={machine.id} fetching={activity} />}
      {failure && failure !== dismissed && (
        <ErrorCard
          report={failure}
          machine={machine}
          {...(isConnectionFailure && { onDiagnose: () => openDiagnosis(machine.id) })}
          onDismiss={() => setDismissed(failure)}
          onAction={act}
        />
      )}
      {state.kind === 'waitingToRetry' && (
        <ErrorCard
          report={state.error}
          machine={machine}
          level="warning"
          onDiagnose={() => openDiagnosis(machine.id)}
          onAction={act}
        />
      )}
      <NotebookSection machineId={machine.id} notebooks={notebooks} />
      {openable.length > 0 && <HomeSection machineId={machine.id} servers={openable} />}
      {!machine.isDemo && <ServiceSection machine={machine} />}
      <SlurmSection machineId={machine.id} isConnected={state.kind === 'ready'} />
      <WebAppSection machineId={machine.id} />
      {state.kind === 'ready' && <MeterSection machineId={machine.id} />}
      <EnvironmentSection machine={machine} />
      <TunnelSection machine={machine} />
      {!machine.isDemo && <AccessSection machine={machine} />}
      <MachineFacts machine={machine} />
      <div ref={logRef}>
        <Disclosure title={t('log.title')} isExpanded={isLogShown} onExpandedChange={setIsLogShown}>
          {isLogShown && <LogPanel machine={machine} />}
        </Disclosure>
      </div>
      {isInstalling && (
        <RecipeDialog machine={machine} recipe={newEnvironment} onClose={() => setIsInstalling(false)} />
      )}
    </Page>
  );
}

/** The failure to show: the connection's before the notebook's, and nothing that the user cancelled. */
function failureOf(state: ConnectionState, activity: NotebookActivity): ErrorReport | null {
  const reports = [state, activity].flatMap((part) => (part.kind === 'failed' ? [part.error] : []));
  return reports.find((report) => report.code !== 'cancelled') ?? null;
}
