import { useStore } from 'zustand';
import type { OfferedImport } from '../../../shared/model/import-preview';
import { findMachine, machinesStore } from '../../stores/machines-store';
import { closeDialog, viewStore } from '../../stores/view-store';
import { HostKeyReplacementDialog } from '../connection/host-key-replacement-dialog';
import { OldAlgorithmsDialog } from '../connection/old-algorithms-dialog';
import { DiagnosisDialog } from '../diagnosis/diagnosis-dialog';
import { DiagnosticsDialog } from '../diagnostics/diagnostics-dialog';
import { RecipeDialog } from '../environments/recipe-dialog';
import { DefaultSettingsEditor, GroupEditor } from '../machines/group-editor';
import { GroupRemovalDialog } from '../machines/group-removal-dialog';
import { MachineEditor } from '../machines/machine-editor';
import { TagsDialog } from '../machines/tags-dialog';
import { Palette } from '../palette/palette';
import { SettingsDialog } from '../settings/settings-dialog';
import { ShortcutsDialog } from '../settings/shortcuts-dialog';
import { ExportDialog } from '../transfer/export-dialog';
import { ImportDialog } from '../transfer/import-dialog';
import { ExposedDialog } from '../tunnels/exposed-dialog';

/** The dialog that the user opened, if any. */
export function OpenDialog() {
  const dialog = useStore(viewStore, (view) => view.dialog);
  switch (dialog.kind) {
    case 'none':
      return null;
    case 'settings':
      return <SettingsDialog sought={dialog.sought} />;
    case 'shortcuts':
      return <ShortcutsDialog />;
    case 'palette':
      return <Palette key={dialog.scope} scope={dialog.scope} />;
    case 'hostKeyReplacement':
      return <HostKeyReplacementDialog machineId={dialog.machineId} />;
    case 'oldAlgorithms': {
      const machine = findMachine(machinesStore.getState(), dialog.machineId);
      return machine ? <OldAlgorithmsDialog machine={machine} connectTo={dialog.connectTo} /> : null;
    }
    case 'exposedTunnels':
      return <ExposedDialog />;
    case 'diagnostics':
      return <DiagnosticsDialog />;
    case 'import':
      return <ImportDialog key={keyOfOffered(dialog.offered)} offered={dialog.offered} />;
    case 'export':
      return <ExportDialog />;
    case 'diagnosis': {
      const machine = findMachine(machinesStore.getState(), dialog.machineId);
      return machine ? <DiagnosisDialog machine={machine} /> : null;
    }
    case 'machineEditor': {
      const { machineId, groupId, from } = dialog;
      const machine = machineId && findMachine(machinesStore.getState(), machineId);
      return <MachineEditor key={machineId} machine={machine || null} groupId={groupId} from={from} />;
    }
    case 'groupEditor': {
      const { groupId, parentId } = dialog;
      const group = machinesStore.getState().groups.find(({ id }) => id === groupId);
      return <GroupEditor key={groupId} group={group ?? null} parentId={parentId} />;
    }
    case 'defaultSettings':
      return <DefaultSettingsEditor />;
    case 'groupRemoval':
      return <GroupRemovalDialog groupId={dialog.groupId} />;
    case 'recipe': {
      const machine = findMachine(machinesStore.getState(), dialog.machineId);
      return machine ? <RecipeDialog machine={machine} recipe={dialog.recipe} onClose={closeDialog} /> : null;
    }
    case 'tags':
      return <TagsDialog machineIds={dialog.machineIds} />;
  }
}

/** Another file that is opened starts another import; what else happens leaves the one that is shown alone. */
function keyOfOffered(offered: OfferedImport | null): string {
  if (offered === null) return 'chosen';
  return offered.kind === 'preview' ? offered.preview.id : JSON.stringify(offered.error);
}
