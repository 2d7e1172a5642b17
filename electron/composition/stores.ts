import { randomUUID } from 'node:crypto';
import ElectronStore from 'electron-store';
import type { AwsAccountId } from '../../shared/model/aws-account';
import type { EmrTemplateId } from '../../shared/model/emr-template';
import type { GroupId, MachineId } from '../../shared/model/machine';
import type { MachineListChange } from '../../shared/model/machine-list-change';
import type { OpenedNotebooksSnapshot } from '../../shared/model/opened-notebook';
import type { RecentMachines as RecentMachinesSnapshot } from '../../shared/model/recent-machines';
import { defaultSettings, Settings, type SettingsSnapshot } from '../../shared/model/settings';
import type { TunnelId } from '../../shared/model/tunnel';
import { AwsAccountStore, AwsAccountsData, awsAccountsVersion, noAwsAccounts } from '../aws/account-store';
import {
  CountedClusters,
  CountedClustersData,
  countedClustersVersion,
  noCountedClusters,
} from '../aws/costs/counted-clusters';
import { EmrNodeStore, EmrNodesData, emrNodesVersion, noEmrNodes } from '../aws/emr/nodes/node-store';
import {
  EmrTemplateStore,
  EmrTemplatesData,
  emrTemplatesVersion,
  noEmrTemplates,
} from '../aws/emr/template-store';
import {
  noToldAccounts,
  ToldAccountsData,
  type ToldAccountsStore,
  toldAccountsVersion,
} from '../aws/metrics/told-accounts';
import { noPrices, PriceBook, PricesData, pricesVersion } from '../aws/prices/price-book';
import {
  noS3Transfers,
  type S3TransferStore,
  S3TransfersData,
  s3TransfersVersion,
} from '../aws/s3/transfer-store';
import {
  ConfirmedCommands,
  ConfirmedCommandsData,
  confirmedCommandsVersion,
  noConfirmedCommands,
} from '../connection/confirmed-commands';
import { languageInForce } from '../desktop/language';
import type { AppLog } from '../desktop/log-file';
import type { NoticeBoard } from '../desktop/notice-board';
import {
  noOpenNotebooks,
  OpenNotebooks,
  OpenNotebooksData,
  openNotebooksVersion,
} from '../desktop/open-notebooks';
import { noOpenTabs, OpenTabs, OpenTabsData, openTabsVersion } from '../desktop/open-tabs';
import { noPageZoom, PageZoomData, pageZoomVersion } from '../desktop/page-zoom';
import {
  noTrustedCertificates,
  TrustedCertificates,
  TrustedCertificatesData,
  trustedCertificatesVersion,
} from '../desktop/trusted-certificates';
import { unplacedWindow, WindowState, windowStateVersion } from '../desktop/window-state';
import {
  noOpenedNotebooks,
  OpenedNotebooks,
  OpenedNotebooksData,
  openedNotebooksVersion,
} from '../jupyter/home/opened-notebooks';
import { MachineStore } from '../machines/machine-store';
import { noMachines, StoredMachines } from '../machines/machines-data';
import { machinesText } from '../machines/machines-text';
import { machinesMigrations, machinesVersion } from '../machines/migrations';
import {
  noRecentMachines,
  RecentMachines,
  RecentMachinesData,
  recentMachinesVersion,
} from '../machines/recent-machines';
import { SettingsStore, settingsMigrations, settingsVersion } from '../settings/settings-store';
import { systemClock } from '../system/clock';
import {
  type OpenStoreFile,
  RecoverableStore,
  type StoreFile,
  type StoreRecovery,
} from '../system/recoverable-store';
import { noSeenHostKeys, SeenHostKeys, SeenHostKeysData, seenHostKeysVersion } from '../trust/seen-host-keys';

interface StoresDependencies {
  readonly folder: string;
  readonly notices: NoticeBoard;
  readonly log: AppLog;
  /** The system's preferred languages, best first. */
  readonly preferredLanguages: () => readonly string[];
  readonly isGlobalShortcutRefused: () => boolean;
  readonly onSettingsChanged: (snapshot: SettingsSnapshot) => void;
  readonly onMachinesChanged: (change: MachineListChange) => void;
  readonly onOpenedNotebooksChanged: (snapshot: OpenedNotebooksSnapshot) => void;
  readonly onRecentMachinesChanged: (recent: RecentMachinesSnapshot) => void;
}

export interface Stores {
  readonly settings: SettingsStore;
  readonly machines: MachineStore;
  readonly recentMachines: RecentMachines;
  readonly confirmedCommands: ConfirmedCommands;
  readonly seenHostKeys: SeenHostKeys;
  readonly windowState: RecoverableStore<WindowState>;
  readonly openNotebooks: OpenNotebooks;
  readonly certificates: TrustedCertificates;
  readonly pageZoom: RecoverableStore<PageZoomData>;
  readonly openTabs: OpenTabs;
  readonly openedNotebooks: OpenedNotebooks;
  readonly awsAccounts: AwsAccountStore;
  readonly prices: PriceBook;
  readonly emrTemplates: EmrTemplateStore;
  readonly s3Transfers: S3TransferStore;
  readonly emrNodes: EmrNodeStore;
  readonly alarmsTold: ToldAccountsStore;
  readonly countedClusters: CountedClusters;
}

/** Opens what the app keeps on disk. Of the user's own data they are told when it had to be recovered. */
export function openStores(deps: StoresDependencies): Stores {
  const { log, notices } = deps;
  const basics = {
    folder: deps.folder,
    openFile: (options: Parameters<OpenStoreFile>[0]) => new ElectronStore<StoreFile['store']>(options),
    nowMs: systemClock.nowMs,
    onWriteFailed: (file: string, error: unknown) => log.warn(`could not write ${file}`, error),
  };
  const logRecovery = ({ kind, file, putAside }: StoreRecovery): void =>
    log.warn(`${file}: ${kind}, was put aside as ${putAside ?? 'nothing'}`);
  const tellRecovery = (recovery: StoreRecovery): void => {
    logRecovery(recovery);
    const code = recovery.kind === 'reset' ? 'store-reset' : 'store-restored-from-copy';
    notices.post('warning', code, { file: recovery.file, putAside: recovery.putAside ?? '' });
  };
  const settings = new SettingsStore({
    store: new RecoverableStore({
      ...basics,
      name: 'settings',
      version: settingsVersion,
      migrations: settingsMigrations,
      schema: Settings,
      initial: defaultSettings,
      onRecovered: tellRecovery,
    }),
    languageOf: (choice) => languageInForce(choice, deps.preferredLanguages()),
    isGlobalShortcutRefused: deps.isGlobalShortcutRefused,
    onChanged: deps.onSettingsChanged,
  });
  const machines = new MachineStore({
    store: new RecoverableStore({
      ...basics,
      name: 'machines',
      version: machinesVersion,
      migrations: machinesMigrations,
      schema: StoredMachines,
      textOf: machinesText,
      initial: noMachines,
      onRecovered: tellRecovery,
    }),
    newId: () => randomUUID() as MachineId,
    newGroupId: () => randomUUID() as GroupId,
    newTunnelId: () => randomUUID() as TunnelId,
    onChanged: deps.onMachinesChanged,
  });
  const confirmedCommands = new ConfirmedCommands(
    new RecoverableStore({
      ...basics,
      name: 'confirmed-commands',
      version: confirmedCommandsVersion,
      schema: ConfirmedCommandsData,
      initial: noConfirmedCommands,
      // Lost ones are asked for again.
      onRecovered: logRecovery,
    }),
  );
  const recentMachines = new RecentMachines({
    store: new RecoverableStore({
      ...basics,
      name: 'recent-machines',
      version: recentMachinesVersion,
      schema: RecentMachinesData,
      initial: noRecentMachines,
      onRecovered: logRecovery,
    }),
    nowMs: systemClock.nowMs,
    onChanged: deps.onRecentMachinesChanged,
    onWriteFailed: (error) => log.warn('a machine in use was not remembered', error),
  });
  const seenHostKeys = new SeenHostKeys({
    store: new RecoverableStore({
      ...basics,
      name: 'seen-host-keys',
      version: seenHostKeysVersion,
      schema: SeenHostKeysData,
      initial: noSeenHostKeys,
      onRecovered: logRecovery,
    }),
    nowMs: systemClock.nowMs,
  });
  const windowState = new RecoverableStore({
    ...basics,
    name: 'window',
    version: windowStateVersion,
    schema: WindowState,
    initial: unplacedWindow,
    onRecovered: logRecovery,
  });
  const openNotebooks = new OpenNotebooks(
    new RecoverableStore({
      ...basics,
      name: 'open-notebooks',
      version: openNotebooksVersion,
      schema: OpenNotebooksData,
      initial: noOpenNotebooks,
      onRecovered: logRecovery,
    }),
    (error) => log.warn('open notebooks not remembered', error),
  );
  const certificates = new TrustedCertificates(
    new RecoverableStore({
      ...basics,
      name: 'trusted-certificates',
      version: trustedCertificatesVersion,
      schema: TrustedCertificatesData,
      initial: noTrustedCertificates,
      // Lost ones are asked for again.
      onRecovered: logRecovery,
    }),
  );
  try {
    certificates.forgetAllBut(new Set(machines.list().machines.map(({ id }) => id)));
  } catch (error) {
    log.warn('certificates of machines that are gone were not forgotten', error);
  }
  const openTabs = new OpenTabs({
    store: new RecoverableStore({
      ...basics,
      name: 'open-tabs',
      version: openTabsVersion,
      schema: OpenTabsData,
      initial: noOpenTabs,
      onRecovered: logRecovery,
    }),
    clock: systemClock,
    onWriteFailed: (error) => log.warn('open tabs not remembered', error),
  });
  const openedNotebooks = new OpenedNotebooks({
    store: new RecoverableStore({
      ...basics,
      name: 'opened-notebooks',
      version: openedNotebooksVersion,
      schema: OpenedNotebooksData,
      initial: noOpenedNotebooks,
      onRecovered: logRecovery,
    }),
    nowMs: systemClock.nowMs,
    onChanged: deps.onOpenedNotebooksChanged,
    onWriteFailed: (error) => log.warn('a notebook that was opened was not remembered', error),
  });
  const prices = new PriceBook({
    store: new RecoverableStore({
      ...basics,
      name: 'prices',
      version: pricesVersion,
      schema: PricesData,
      initial: noPrices,
      // Lost ones are asked for again.
      onRecovered: logRecovery,
    }),
    nowMs: systemClock.nowMs,
    onTrouble: (error) => log.warn('a price was not had or not kept', error),
  });
  const awsAccounts = new AwsAccountStore({
    store: new RecoverableStore({
      ...basics,
      name: 'aws-accounts',
      version: awsAccountsVersion,
      schema: AwsAccountsData,
      initial: noAwsAccounts,
      onRecovered: tellRecovery,
    }),
    newId: () => randomUUID() as AwsAccountId,
  });
  const pageZoom = new RecoverableStore({
    ...basics,
    name: 'page-zoom',
    version: pageZoomVersion,
    schema: PageZoomData,
    initial: noPageZoom,
    onRecovered: logRecovery,
  });
  const emrTemplates = new EmrTemplateStore({
    store: new RecoverableStore({
      ...basics,
      name: 'emr-templates',
      version: emrTemplatesVersion,
      schema: EmrTemplatesData,
      initial: noEmrTemplates,
      onRecovered: tellRecovery,
    }),
    newId: () => randomUUID() as EmrTemplateId,
  });
  const s3Transfers = new RecoverableStore({
    ...basics,
    name: 's3-transfers',
    version: s3TransfersVersion,
    schema: S3TransfersData,
    initial: noS3Transfers,
    onRecovered: logRecovery,
  });
  const emrNodes = new EmrNodeStore({
    store: new RecoverableStore({
      ...basics,
      name: 'emr-nodes',
      version: emrNodesVersion,
      schema: EmrNodesData,
      initial: noEmrNodes,
      onRecovered: logRecovery,
    }),
  });
  const countedClusters = new CountedClusters({
    store: new RecoverableStore({
      ...basics,
      name: 'counted-clusters',
      version: countedClustersVersion,
      schema: CountedClustersData,
      initial: noCountedClusters,
      onRecovered: logRecovery,
    }),
    bound: () => emrNodes.clusters(),
  });
  const alarmsTold = new RecoverableStore({
    ...basics,
    name: 'alarms-told',
    version: toldAccountsVersion,
    schema: ToldAccountsData,
    initial: noToldAccounts,
    onRecovered: logRecovery,
  });
  return {
    pageZoom,
    settings,
    machines,
    recentMachines,
    confirmedCommands,
    seenHostKeys,
    windowState,
    openNotebooks,
    certificates,
    openTabs,
    openedNotebooks,
    awsAccounts,
    prices,
    emrTemplates,
    s3Transfers,
    emrNodes,
    alarmsTold,
    countedClusters,
  };
}
