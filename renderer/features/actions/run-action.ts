import { type ActionId, isMainAction, type WindowActionId } from '../../../shared/model/action';
import type { MachineId } from '../../../shared/model/machine';
import { isAwake, type TabId } from '../../../shared/model/tab';
import { nuvem } from '../../api/nuvem';
import { focusConnectBox } from '../../stores/connect-box-focus';
import { openFind, stepFind } from '../../stores/find-store';
import { showFailure } from '../../stores/notices-store';
import { tabsStore } from '../../stores/tabs-store';
import {
  openDefaultSettings,
  openDiagnostics,
  openExport,
  openGroupEditor,
  openImport,
  openMachineEditor,
  openPalette,
  openSettings,
  openShortcuts,
  selectAws,
  selectKeys,
  selectTrustedHosts,
  toggleSidebar,
} from '../../stores/view-store';
import { connect, disconnect } from '../connection/connection-actions';
import { openDiagnosis } from '../diagnosis/diagnosis-actions';
import { duplicateMachine } from '../machines/machine-actions';
import { openNotebook } from '../notebook/notebook-actions';
import { showPage } from '../shell/show-page';
import { machineInFront } from './front-facts';

const ofMachine = (act: (machineId: MachineId) => void) => () => {
  const machine = machineInFront();
  if (machine !== undefined) act(machine.id);
};

const ofPage = (act: (tabId: TabId) => void, without: () => void) => () => {
  const { tabs, activeTabId } = tabsStore.getState();
  const tab = tabs.find(({ id }) => id === activeTabId);
  if (tab !== undefined && isAwake(tab)) act(tab.id);
  else without();
};
const nothing = () => undefined;

const ofWindow: Readonly<Record<WindowActionId, () => void>> = {
  palette: () => openPalette('everything'),
  goTo: () => openPalette('machines'),
  summon: () => openPalette('machines'),
  connect: focusConnectBox,
  newMachine: () => openMachineEditor(null),
  newGroup: () => openGroupEditor(null),
  openNotebook: ofMachine(openNotebook),
  connectMachine: ofMachine(connect),
  disconnectMachine: ofMachine(disconnect),
  editMachine: ofMachine((machineId) => openMachineEditor(machineId)),
  duplicateMachine: ofMachine(duplicateMachine),
  diagnoseMachine: ofMachine(openDiagnosis),
  import: openImport,
  export: openExport,
  // Where there is no page to look through, it is a machine that is looked for.
  find: ofPage(openFind, focusConnectBox),
  findNext: ofPage((tabId) => stepFind(tabId, true), nothing),
  findPrevious: ofPage((tabId) => stepFind(tabId, false), nothing),
  toggleSidebar,
  showKeys: () => showPage(selectKeys),
  showTrustedHosts: () => showPage(selectTrustedHosts),
  showAws: () => showPage(selectAws),
  defaultSettings: openDefaultSettings,
  settings: () => openSettings(),
  shortcuts: openShortcuts,
  diagnostics: openDiagnostics,
};

/** Does what the user chose by menu, palette or keys. */
export function runAction(id: ActionId): void {
  if (isMainAction(id)) nuvem.app.act({ action: id }).catch(showFailure);
  else ofWindow[id]();
}
