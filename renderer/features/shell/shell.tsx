import { useStore } from 'zustand';
import { demoStore } from '../../stores/demo-store';
import { machinesStore } from '../../stores/machines-store';
import { tabsStore } from '../../stores/tabs-store';
import { viewStore } from '../../stores/view-store';
import { CodeQuestion } from '../aws/code-dialog';
import { AwsPages } from '../clusters/aws-pages';
import { PromptDialogs } from '../connection/prompt-dialogs';
import { DemoPage } from '../demo/demo-page';
import { KeysPage } from '../keys/keys-page';
import { MachinePage } from '../machines/machine-page';
import { shownMachine } from '../machines/machine-selection';
import { Welcome } from '../machines/welcome';
import { Toasts } from '../notices/toasts';
import { homePanelId, homeTabId } from '../tabs/tab-ids';
import { TabStrip } from '../tabs/tab-strip';
import { WebPages } from '../tabs/web-pages';
import { TrustedHostsPage } from '../trust/trusted-hosts-page';
import { OpenDialog } from './open-dialog';
import styles from './shell.module.css';
import { Sidebar } from './sidebar';

/** The whole window. */
export function Shell() {
  const { revision, machines } = useStore(machinesStore);
  const { activeTabId } = useStore(tabsStore);
  const { selected, isSidebarHidden } = useStore(viewStore);
  const demo = useStore(demoStore, ({ state }) => state);
  const isDemoChosen = selected.kind === 'demo';
  const isDemoShown = isDemoChosen && (demo.kind === 'preparing' || demo.kind === 'failed');
  const chosen =
    isDemoChosen && demo.kind === 'ready'
      ? { kind: 'machine' as const, machineId: demo.machineId }
      : selected;
  const isTrustShown = selected.kind === 'trustedHosts';
  const areKeysShown = selected.kind === 'keys';
  const isAwsShown = ['aws', 'clusters', 'instances', 'metrics', 's3'].includes(selected.kind);
  const isMachineHidden = isDemoShown || isTrustShown || areKeysShown || isAwsShown;
  const machine = isMachineHidden ? undefined : shownMachine(machines, chosen);
  const isHomeInFront = activeTabId === null;
  const isEmpty = revision >= 0 && machines.length === 0;
  const isFirstRun = isEmpty && !areKeysShown && !isTrustShown && !isAwsShown;

  return (
    <div className={styles.window}>
      {!isFirstRun && !isSidebarHidden && !(isEmpty && isAwsShown && isHomeInFront) && (
        <Sidebar shown={isHomeInFront ? machine : undefined} isDemoShown={isHomeInFront && isDemoShown} />
      )}
      <main className={styles.main}>
        {!isFirstRun && <TabStrip />}
        <div className={styles.pages}>
          <div
            {...(isFirstRun ? {} : { role: 'tabpanel', 'aria-labelledby': homeTabId })}
            id={homePanelId}
            hidden={!isHomeInFront}
            className={styles.home}
          >
            {isDemoShown ? (
              <DemoPage state={demo} isAlone={isFirstRun} />
            ) : areKeysShown ? (
              <KeysPage />
            ) : isAwsShown ? (
              <AwsPages />
            ) : isTrustShown ? (
              <TrustedHostsPage />
            ) : machine ? (
              <MachinePage key={machine.id} machine={machine} />
            ) : (
              isFirstRun && <Welcome demo={demo} />
            )}
          </div>
          <WebPages />
        </div>
      </main>
      <OpenDialog />
      <PromptDialogs />
      {/* The pages of AWS ask themselves; a machine may be an instance. */}
      {!isAwsShown && <CodeQuestion />}
      <Toasts />
    </div>
  );
}
