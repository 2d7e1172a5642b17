import { createStore } from 'zustand/vanilla';
import type { AwsAccountId } from '../../shared/model/aws-account';
import type { OfferedImport } from '../../shared/model/import-preview';
import type { InstanceBinding } from '../../shared/model/instance-binding';
import type { GroupId, MachineId } from '../../shared/model/machine';
import type { Recipe } from '../../shared/model/recipe';

/** What a palette offers: all that can be done, or only ways to machines. */
export type PaletteScope = 'everything' | 'machines';

/** The settings that one can be led to. */
export const settingNames = [
  'language',
  'theme',
  'closesToTray',
  'restoresTabs',
  'startsAtLogin',
  'startsHidden',
  'longRuns',
  'checksForUpdates',
] as const;
export type SettingName = (typeof settingNames)[number];

/** A machine to be made of an instance of EC2. */
export interface NewInstanceMachine {
  readonly name: string;
  readonly instance: InstanceBinding;
}

/** What the window shows, as far as only the window knows it: lost when it closes. */
export interface View {
  /** What the machines page shows. A machine that is gone counts as none. */
  readonly selected:
    | { readonly kind: 'none' }
    | { readonly kind: 'demo' }
    | { readonly kind: 'trustedHosts' }
    | { readonly kind: 'keys' }
    | { readonly kind: 'aws' }
    | { readonly kind: 'clusters'; readonly accountId: AwsAccountId }
    /** Null: no account's, but simulated ones. */
    | { readonly kind: 'metrics'; readonly accountId: AwsAccountId | null }
    | { readonly kind: 'instances'; readonly accountId: AwsAccountId }
    | {
        readonly kind: 's3';
        readonly accountId: AwsAccountId;
        /** Null: the list of buckets. */
        readonly bucket: string | null;
        readonly folder: string;
      }
    | { readonly kind: 'machine'; readonly machineId: MachineId };
  readonly search: string;
  readonly isSidebarHidden: boolean;
  readonly dialog:
    | { readonly kind: 'none' }
    | {
        readonly kind: 'settings';
        /** The one that is looked for, if any. */
        readonly sought: SettingName | null;
      }
    | { readonly kind: 'shortcuts' }
    | { readonly kind: 'palette'; readonly scope: PaletteScope }
    | { readonly kind: 'hostKeyReplacement'; readonly machineId: MachineId }
    /** `connectTo` is the machine to try again then, on whose way `machineId` is. */
    | { readonly kind: 'oldAlgorithms'; readonly machineId: MachineId; readonly connectTo: MachineId }
    | { readonly kind: 'exposedTunnels' }
    /** `offered`: what the desktop opened with Nuvem; null: the user looks for a file themselves. */
    | { readonly kind: 'import'; readonly offered: OfferedImport | null }
    | { readonly kind: 'diagnostics' }
    | { readonly kind: 'export' }
    | { readonly kind: 'diagnosis'; readonly machineId: MachineId }
    | {
        readonly kind: 'machineEditor';
        /** Null: a new machine. */
        readonly machineId: MachineId | null;
        /** Where a new machine is put. */
        readonly groupId: GroupId | null;
        /** The instance that a new machine is to be; absent: none. */
        readonly from?: NewInstanceMachine;
      }
    | {
        readonly kind: 'groupEditor';
        /** Null: a new group. */
        readonly groupId: GroupId | null;
        /** Where a new group is put. */
        readonly parentId: GroupId | null;
      }
    | { readonly kind: 'defaultSettings' }
    | { readonly kind: 'groupRemoval'; readonly groupId: GroupId }
    | { readonly kind: 'recipe'; readonly machineId: MachineId; readonly recipe: Recipe }
    | { readonly kind: 'tags'; readonly machineIds: readonly MachineId[] };
}

/** What the window shows. */
export const viewStore = createStore<View>(() => ({
  selected: { kind: 'none' },
  search: '',
  isSidebarHidden: false,
  dialog: { kind: 'none' },
}));

export const selectMachine = (machineId: MachineId): void =>
  viewStore.setState({ selected: { kind: 'machine', machineId } });
export const selectNothing = (): void => viewStore.setState({ selected: { kind: 'none' } });
export const selectDemo = (): void => viewStore.setState({ selected: { kind: 'demo' } });
export const selectKeys = (): void => viewStore.setState({ selected: { kind: 'keys' } });
export const selectAws = (): void => viewStore.setState({ selected: { kind: 'aws' } });
export const selectClusters = (accountId: AwsAccountId): void =>
  viewStore.setState({ selected: { kind: 'clusters', accountId } });
export const selectMetrics = (accountId: AwsAccountId | null): void =>
  viewStore.setState({ selected: { kind: 'metrics', accountId } });
export const selectInstances = (accountId: AwsAccountId): void =>
  viewStore.setState({ selected: { kind: 'instances', accountId } });
export const selectS3 = (accountId: AwsAccountId, bucket: string | null, folder: string): void =>
  viewStore.setState({ selected: { kind: 's3', accountId, bucket, folder } });
export const selectTrustedHosts = (): void => viewStore.setState({ selected: { kind: 'trustedHosts' } });
export const setSearch = (search: string): void => viewStore.setState({ search });
export const toggleSidebar = (): void =>
  viewStore.setState((view) => ({ isSidebarHidden: !view.isSidebarHidden }));
export const openSettings = (sought: SettingName | null = null): void =>
  viewStore.setState({ dialog: { kind: 'settings', sought } });
export const openShortcuts = (): void => viewStore.setState({ dialog: { kind: 'shortcuts' } });
export const openPalette = (scope: PaletteScope): void =>
  viewStore.setState({ dialog: { kind: 'palette', scope } });
export const openDiagnostics = (): void => viewStore.setState({ dialog: { kind: 'diagnostics' } });
export const openImport = (): void => viewStore.setState({ dialog: { kind: 'import', offered: null } });
export const showOfferedImport = (offered: OfferedImport): void =>
  viewStore.setState({ dialog: { kind: 'import', offered } });
export const openExport = (): void => viewStore.setState({ dialog: { kind: 'export' } });
export const openExposedTunnels = (): void => viewStore.setState({ dialog: { kind: 'exposedTunnels' } });
export const openMachineEditor = (machineId: MachineId | null, groupId: GroupId | null = null): void =>
  viewStore.setState({ dialog: { kind: 'machineEditor', machineId, groupId } });
export const openMachineEditorFor = (from: NewInstanceMachine): void =>
  viewStore.setState({ dialog: { kind: 'machineEditor', machineId: null, groupId: null, from } });
export const openGroupEditor = (groupId: GroupId | null, parentId: GroupId | null = null): void =>
  viewStore.setState({ dialog: { kind: 'groupEditor', groupId, parentId } });
export const openDefaultSettings = (): void => viewStore.setState({ dialog: { kind: 'defaultSettings' } });
export const openGroupRemoval = (groupId: GroupId): void =>
  viewStore.setState({ dialog: { kind: 'groupRemoval', groupId } });
export const openTags = (machineIds: readonly MachineId[]): void =>
  viewStore.setState({ dialog: { kind: 'tags', machineIds } });
export const openHostKeyReplacement = (machineId: MachineId): void =>
  viewStore.setState({ dialog: { kind: 'hostKeyReplacement', machineId } });
export const openOldAlgorithms = (machineId: MachineId, connectTo: MachineId): void =>
  viewStore.setState({ dialog: { kind: 'oldAlgorithms', machineId, connectTo } });
export const showDiagnosis = (machineId: MachineId): void =>
  viewStore.setState({ dialog: { kind: 'diagnosis', machineId } });
export const openRecipe = (machineId: MachineId, recipe: Recipe): void =>
  viewStore.setState({ dialog: { kind: 'recipe', machineId, recipe } });
export const closeDialog = (): void => viewStore.setState({ dialog: { kind: 'none' } });
