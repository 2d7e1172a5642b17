import { neighbourTab } from '../../renderer/features/tabs/tab-order';
import { type AppContract, contract } from '../../shared/contract/contract';
import { AppError } from '../../shared/errors/app-error';
import type { ErrorCode } from '../../shared/errors/error-codes';
import type { AccessList, InstallReport, OfferedKey } from '../../shared/model/access';
import type { MainActionId } from '../../shared/model/action';
import type { AgentKeyList } from '../../shared/model/agent-keys';
import type { AppInfo, Notice } from '../../shared/model/app';
import type {
  AwsAccountId,
  AwsAccountStatus,
  AwsAccountsSnapshot,
  AwsProfile,
  AwsSignIn,
} from '../../shared/model/aws-account';
import type { BrowserDoor, BrowserDoorList } from '../../shared/model/browser-door';
import type { ConnectionSnapshot, ConnectionState } from '../../shared/model/connection';
import { type CostsSnapshot, noCosts } from '../../shared/model/costs';
import type { DemoState } from '../../shared/model/demo';
import type { DiagnosisSnapshot } from '../../shared/model/diagnosis';
import type { Download, DownloadList } from '../../shared/model/download';
import { type Ec2Snapshot, noEc2Instances } from '../../shared/model/ec2';
import { type EmrSnapshot, noEmrClusters } from '../../shared/model/emr-cluster';
import { type NodeFilesSnapshot, noNodeFiles } from '../../shared/model/emr-node-files';
import type { EmrPrimaryNode } from '../../shared/model/emr-primary-node';
import {
  type EmrStepLog,
  type EmrStepsSnapshot,
  type LocalFile,
  noEmrSteps,
} from '../../shared/model/emr-step';
import { type SavedEmrTemplate, usualTemplate } from '../../shared/model/emr-template';
import type { EnvironmentsSnapshot } from '../../shared/model/environment';
import type { IdleSnapshot } from '../../shared/model/idle';
import type { ImportPlan } from '../../shared/model/import-plan';
import type { ImportPlace, PreviewId } from '../../shared/model/import-preview';
import type { KernelsSnapshot } from '../../shared/model/kernel';
import type { LogEntry } from '../../shared/model/log-entry';
import type { GroupId, Machine, MachineDraft, MachineId } from '../../shared/model/machine';
import type { GroupSettings, MachineGroup } from '../../shared/model/machine-group';
import type { MachineList } from '../../shared/model/machine-list';
import { changeBetween } from '../../shared/model/machine-list-change';
import { withMarks } from '../../shared/model/machine-marks';
import type { MeterSnapshot, MeterState } from '../../shared/model/meter';
import type { NotebookSnapshot } from '../../shared/model/notebook';
import type { OpenedNotebook } from '../../shared/model/opened-notebook';
import type { RecipePlan, RecipeSnapshot, RecipeState } from '../../shared/model/recipe';
import type { ServerFiles } from '../../shared/model/server-files';
import type { UnitPlan, UnitsSnapshot } from '../../shared/model/service-unit';
import { defaultSettings, type Settings } from '../../shared/model/settings';
import { JobId, type SlurmPlan, type SlurmRequest, type SlurmSnapshot } from '../../shared/model/slurm';
import type { ForeignKey, SshKey } from '../../shared/model/ssh-key';
import type { WebTab } from '../../shared/model/tab';
import type { TrustedHost } from '../../shared/model/trusted-host';
import type { Tunnel, TunnelDraft, TunnelId } from '../../shared/model/tunnel';
import type { TunnelMeasurement, TunnelsSnapshot } from '../../shared/model/tunnel-status';
import type { UpdateSnapshot, UpdateState } from '../../shared/model/update';
import type { WebAppsSnapshot } from '../../shared/model/web-app';
import { createFakeBridge, type FakeBridge } from './fake-bridge';
import { FakeMetrics } from './fake-metrics';
import { FakeS3 } from './fake-s3';

/**
 * Stands in for the main process behind the bridge: machines, tabs and settings behave, connections and notebooks
 * are what a test sets them to.
 */
export class FakeMain {
  info: AppInfo = {
    version: '0.1.0',
    electronVersion: '33.2.1',
    platform: 'linux',
    userName: 'ana',
    canKeepSecrets: true,
    isWayland: true,
  };
  hasTray: boolean | Promise<boolean> = true;
  /** So that none that is set from now on can be had. */
  isGlobalShortcutRefused = false;
  keyFile: string | null = '/home/ana/.ssh/id_ed25519';
  keys: readonly SshKey[] = [];
  foreignKey: ForeignKey | null = null;
  agentKeys: AgentKeyList = { socketPath: '/run/user/1000/keyring/ssh', keys: [] };
  trustedHosts: readonly TrustedHost[] = [];
  importPlaces: readonly ImportPlace[] = [];
  /** What an import shows; null: the file is none that can be imported. */
  importPlan: ImportPlan | null = null;
  accessList: AccessList | null = null;
  offeredKeys: readonly OfferedKey[] = [];
  installReport: InstallReport | null = null;
  awsProfiles: readonly AwsProfile[] = [];
  emrTemplates: readonly SavedEmrTemplate[] = [];
  primaryNode: EmrPrimaryNode = {
    publicName: 'ec2-203-0-113-25.compute-1.amazonaws.com',
    privateName: 'ip-10-0-0-12.sa-east-1.compute.internal',
    keyPair: 'ana-at-laptop',
    machineId: null,
    keyPath: '',
  };
  stepLog: EmrStepLog = { kind: 'notKept', mayBeOnNode: false };
  chosenFiles: readonly LocalFile[] = [];
  recipePlan: RecipePlan | null = null;
  unitPlan: UnitPlan | null = null;
  jobLog: readonly string[] = [];
  slurmRefusal: readonly string[] = [];
  serverFiles: ServerFiles | null = { recent: [], isWhole: true, specs: [] };
  /** Files of the machine, as a path that is typed may go on. */
  paths: readonly string[] = [];
  readonly metrics = new FakeMetrics((snapshot) => this.#fake.emit.metrics.alarmsChanged(snapshot));
  readonly s3 = new FakeS3((list) => this.#fake.emit.s3.transfersChanged(list));
  #costs: CostsSnapshot = { ...noCosts, revision: 0 };
  #ec2: Ec2Snapshot = { ...noEc2Instances, revision: 0 };
  #emr: EmrSnapshot = { ...noEmrClusters, revision: 0 };
  #opened: readonly OpenedNotebook[] = [];
  #emrSteps: EmrStepsSnapshot = { ...noEmrSteps, revision: 0 };
  #nodeFiles: NodeFilesSnapshot = { ...noNodeFiles, revision: 0 };
  #awsAccounts: readonly AwsAccountStatus[] = [];
  #revision = 0;
  #list: MachineList = { revision: 0, machines: [], groups: [], defaults: {} };
  #recentIds: readonly MachineId[] = [];
  #removed = new Map<MachineId, Machine>();
  #connections = new Map<MachineId, ConnectionSnapshot>();
  #notebooks = new Map<MachineId, NotebookSnapshot>();
  #kernels = new Map<MachineId, KernelsSnapshot>();
  #idle = new Map<MachineId, IdleSnapshot>();
  #logs = new Map<MachineId, readonly LogEntry[]>();
  #tabs: readonly WebTab[] = [];
  #activeTabId: WebTab['id'] | null = null;
  #doors: readonly BrowserDoor[] = [];
  #downloads: readonly Download[] = [];
  #settings: Settings = defaultSettings;
  #update: UpdateState = { kind: 'idle', checkedAtMs: null };
  #demo: DemoState = { kind: 'absent' };
  #tunnels = new Map<MachineId, TunnelsSnapshot>();
  #meters = new Map<MachineId, MeterSnapshot>();
  #diagnoses = new Map<MachineId, DiagnosisSnapshot>();
  #environments = new Map<MachineId, EnvironmentsSnapshot>();
  #webApps = new Map<MachineId, WebAppsSnapshot>();
  #recipes = new Map<MachineId, RecipeSnapshot>();
  #units = new Map<MachineId, UnitsSnapshot>();
  #slurm = new Map<MachineId, SlurmSnapshot>();
  #nextSaveError: ErrorCode | null = null;
  #losesNextMachineChange = false;
  #isPaused = false;
  readonly #fake: FakeBridge<AppContract> = createFakeBridge(contract, {
    app: {
      info: () => this.info,
      hasTray: () => this.hasTray,
      notices: () => [],
      dismissNotice: () => undefined,
      chooseKeyFile: () => this.keyFile,
      diagnostics: () =>
        'Nuvem 0.1.0 (packaged)\nElectron 33.2.1, Chromium 130.0.6723.137, Node.js 20.18.1\nSystem: linux 6.1.0 x64\n\n' +
        'Machines: 2, used in this run: 1\n  machine 1: connected, notebooks: 2, tunnels: 1\n\nLog:\n  [2026-03-04 12:30:00.000] [info] started\n',
      copyText: () => undefined,
      saveText: () => true,
      takeOfferedServer: () => null,
      act: ({ action }) => this.#act(action),
      quit: () => undefined,
    },
    settings: { get: () => this.#settingsSnapshot(), save: (settings) => this.#saveSettings(settings) },
    updates: {
      get: () => this.#updateSnapshot(),
      check: () => this.setUpdate({ kind: 'idle', checkedAtMs: Date.UTC(2026, 2, 4, 12, 30) }),
      install: () => this.setUpdate({ kind: 'downloading', version: '0.2.0', part: 0.4 }),
      cancel: () => this.setUpdate({ kind: 'found', version: '0.2.0' }),
    },
    machines: {
      list: () => this.#list,
      save: (draft) => {
        const code = this.#nextSaveError;
        this.#nextSaveError = null;
        if (code !== null) throw new AppError(code);
        return this.#saveMachine(draft);
      },
      open: ({ draft }) => this.#saveMachine(draft, { isUnsaved: true }),
      keep: (draft) => this.#saveMachine(draft, {}),
      duplicate: ({ machineId }) => {
        const { id: _, isDemo: __, tunnels: ___, isUnsaved: ____, ...draft } = this.#machine(machineId);
        return this.#saveMachine({ ...draft, id: null, name: `${draft.name} (copy)` });
      },
      remove: ({ machineIds }) => {
        for (const id of machineIds) this.#removed.set(id, this.#machine(id));
        this.setMachines(this.#list.machines.filter(({ id }) => !machineIds.includes(id)));
      },
      restore: ({ machineIds }) => {
        this.setMachines([
          ...this.#list.machines,
          ...machineIds.flatMap((id) => this.#removed.get(id) ?? []),
        ]);
      },
      mark: ({ machineIds, marks }) =>
        this.#changeMachines(machineIds, (machine) => withMarks(machine, marks)),
      move: ({ machineIds, groupId }) =>
        this.#changeMachines(machineIds, (machine) => ({ ...machine, groupId })),
      recent: () => this.#recentMachines(),
      saveDefaults: (defaults) => this.setGroups(this.#list.groups, defaults),
    },
    groups: {
      save: (draft) => {
        const group = { ...draft, id: draft.id ?? (crypto.randomUUID() as GroupId) };
        this.setGroups([...this.#list.groups.filter(({ id }) => id !== group.id), group]);
        return group;
      },
      move: ({ groupId, parentId }) =>
        this.setGroups(
          this.#list.groups.map((group) => (group.id === groupId ? { ...group, parentId } : group)),
        ),
      remove: ({ groupId }) => this.setGroups(this.#list.groups.filter(({ id }) => id !== groupId)),
      restore: () => undefined,
    },
    imports: {
      places: () => this.importPlaces,
      openPlace: () => this.#importPreview(),
      chooseFile: () => this.#importPreview(),
      openFile: () => this.#importPreview(),
      takeOffered: () => null,
      apply: ({ previewId, choices }) => ({
        previewId,
        addedIds: choices
          .filter(({ replaces }) => replaces === null)
          .map(() => crypto.randomUUID() as MachineId),
        replacedIds: choices.flatMap(({ replaces }) => replaces ?? []),
        trustedHostKeys: 0,
        refusedHostKeys: ['node1.example.com:22'],
      }),
      undo: () => undefined,
    },
    exports: {
      save: ({ format }) => ({
        path: `/home/ana/Documents/nuvem-machines.${format === 'yaml' ? 'nuvem' : format}`,
        machineCount: this.#list.machines.length,
      }),
    },
    connections: {
      list: () => [...this.#connections.values()],
      connect: ({ machineId }) => this.setConnection(machineId, { kind: 'connecting', isReconnect: false }),
      disconnect: ({ machineId }) => this.setConnection(machineId, { kind: 'closed' }),
      retryNow: ({ machineId }) => this.setConnection(machineId, { kind: 'connecting', isReconnect: true }),
      setPaused: ({ isPaused }) => this.#setPaused(isPaused),
      reconnecting: () => this.#reconnecting(),
      replaceHostKey: ({ machineId }) =>
        this.setConnection(machineId, { kind: 'connecting', isReconnect: false }),
      answer: () => undefined,
      confirmCommand: () => undefined,
      log: ({ machineId }) => this.#logs.get(machineId) ?? [],
    },
    access: {
      list: () => this.#accessList(),
      inspect: ({ text }) => {
        if (text.includes('PRIVATE')) throw new AppError('access-key-private');
        return this.offeredKeys;
      },
      chooseFile: () => null,
      add: () => this.#accessList(),
      remove: () => this.#accessList(),
      mend: () => this.#accessList(),
      install: () => {
        if (this.installReport === null) throw new AppError('key-passphrase-wrong', { path: '~/.ssh/id' });
        return this.installReport;
      },
    },
    trust: {
      list: () => ({ path: '/home/ana/.ssh/known_hosts', hosts: this.trustedHosts }),
      forget: ({ ids }) => {
        this.trustedHosts = this.trustedHosts.filter(({ id }) => !ids.includes(id));
        return { path: '/home/ana/.ssh/known_hosts', hosts: this.trustedHosts };
      },
    },
    keys: {
      list: () => this.#keyList(),
      mend: ({ name }) => {
        this.keys = this.keys.map((key) => (key.name === name ? { ...key, isOpenToOthers: false } : key));
        return this.#keyList();
      },
      generate: ({ name }) => {
        throw new AppError('key-file-exists', { path: `/home/ana/.ssh/${name}` });
      },
      changePassphrase: ({ name }) => {
        throw new AppError('key-passphrase-wrong', { path: `/home/ana/.ssh/${name}` });
      },
      chooseForeign: () => this.foreignKey,
      importKey: ({ path }) => {
        throw new AppError('key-passphrase-wrong', { path });
      },
      savePublic: ({ name }) => `/home/ana/${name}.pub`,
    },
    agents: { keys: () => this.agentKeys },
    notebooks: {
      list: () => [...this.#notebooks.values()],
      find: () => undefined,
      openOrStart: () => undefined,
      start: () => undefined,
      cancelStart: () => undefined,
      open: () => undefined,
      signIn: () => {
        throw new AppError('notebook-secret-wrong');
      },
      openAddress: ({ address: { host, port } }) => {
        throw new AppError('notebook-not-there', { address: `${host}:${port}/` });
      },
      stop: () => undefined,
    },
    slurm: {
      list: () => [...this.#slurm.values()],
      look: () => undefined,
      plan: ({ request }) => this.#slurmPlan(request),
      submit: () => {
        throw new AppError('slurm-refused', {}, { details: this.slurmRefusal });
      },
      cancel: () => undefined,
      forget: () => undefined,
      log: () => this.jobLog,
    },
    kernels: {
      list: () => [...this.#kernels.values()],
      interrupt: () => undefined,
      restart: () => undefined,
      shutDown: () => undefined,
    },
    idle: { list: () => [...this.#idle.values()], set: () => undefined, keep: () => undefined },
    notebookHome: {
      look: () => {
        if (this.serverFiles === null) throw new AppError('notebook-gone');
        return this.serverFiles;
      },
      openFile: () => undefined,
      showFile: () => undefined,
      completePath: ({ path }) => this.paths.filter((one) => one.startsWith(path)),
      openPath: ({ path }) => {
        throw new AppError('notebook-file-missing', { path });
      },
      create: () => undefined,
    },
    openedNotebooks: {
      list: () => ({ revision: this.#revision, notebooks: this.#opened }),
      forget: ({ machineId, path }) =>
        this.setOpened(
          this.#opened.filter((one) => one.machineId !== machineId || (path !== null && one.path !== path)),
        ),
    },
    meters: { list: () => [...this.#meters.values()], look: () => undefined },
    environments: {
      list: () => [...this.#environments.values()],
      removeKernel: () => undefined,
      find: ({ machineId }) => this.setEnvironments(machineId, { search: { kind: 'looking' } }),
    },
    recipes: {
      list: () => [...this.#recipes.values()],
      plan: () => {
        if (this.recipePlan === null) throw new AppError('install-python-missing', { minor: 9 });
        return this.recipePlan;
      },
      run: ({ machineId, recipe }) => this.setRecipe(machineId, { kind: 'running', recipe, lines: [] }),
      cancel: () => undefined,
      undo: () => undefined,
    },
    units: {
      list: () => [...this.#units.values()],
      look: ({ machineId }) => this.setUnits(machineId, { activity: { kind: 'looking' } }),
      plan: () => {
        if (this.unitPlan === null) throw new AppError('user-manager-missing');
        return this.unitPlan;
      },
      create: () => undefined,
      act: ({ machineId, unitId }) => this.setUnits(machineId, { activity: { kind: 'acting', unitId } }),
      turnLingeringOn: ({ machineId }) => this.setUnits(machineId, { activity: { kind: 'lingering' } }),
      followJournal: () => undefined,
    },
    tabs: {
      list: () => this.#tabList(),
      activate: ({ tabId }) => this.setTabs(this.#tabs, tabId),
      close: ({ tabId }) => this.#closeTab(tabId),
      closeOthers: ({ tabId }) =>
        this.setTabs(
          this.#tabs.filter(({ id }) => id === tabId),
          tabId,
        ),
      reopenClosed: () => undefined,
      duplicate: () => undefined,
      move: () => undefined,
      wake: () => undefined,
      go: () => undefined,
      waitFor: () => undefined,
      reload: () => undefined,
      trustCertificate: () => undefined,
    },
    browserDoors: {
      list: () => this.#doorList(),
      open: () => undefined,
      openAgain: () => undefined,
      close: ({ doorId }) => this.setDoors(this.#doors.filter(({ id }) => id !== doorId)),
    },
    downloads: {
      list: () => this.#downloadList(),
      pause: () => undefined,
      resume: () => undefined,
      remove: ({ downloadId }) => this.setDownloads(this.#downloads.filter(({ id }) => id !== downloadId)),
      open: () => undefined,
      showInFolder: () => undefined,
    },
    webApps: {
      list: () => [...this.#webApps.values()],
      look: () => undefined,
      open: () => undefined,
    },
    tunnels: {
      list: () => [...this.#tunnels.values()],
      save: ({ machineId, draft }) => this.#saveTunnel(machineId, draft),
      remove: ({ machineId, tunnelId }) => {
        this.#setTunnelsOf(machineId, (tunnels) => tunnels.filter(({ id }) => id !== tunnelId));
      },
      turn: ({ machineId, tunnelId, isOn }) => {
        this.#setTunnelsOf(machineId, (tunnels) =>
          tunnels.map((tunnel) => (tunnel.id === tunnelId ? { ...tunnel, isOn } : tunnel)),
        );
      },
      look: () => undefined,
      freePort: ({ from }) => from,
      openInBrowser: () => undefined,
    },
    aws: {
      accounts: () => this.#awsSnapshot(),
      profiles: () => this.awsProfiles,
      save: (draft) => {
        const account = { ...draft, id: draft.id ?? (crypto.randomUUID() as AwsAccountId) };
        const others = this.#awsAccounts.filter(({ account: { id } }) => id !== account.id);
        this.setAwsAccounts([...others, { account, signIn: { kind: 'unknown' } }]);
        return account;
      },
      remove: ({ accountId }) =>
        this.setAwsAccounts(this.#awsAccounts.filter(({ account }) => account.id !== accountId)),
      check: ({ accountId }) => this.#setAwsSignIn(accountId, { kind: 'checking' }),
      signIn: ({ accountId }) => this.#setAwsSignIn(accountId, { kind: 'checking' }),
      answerCode: ({ accountId }) => this.#setAwsSignIn(accountId, { kind: 'checking' }),
      cancel: ({ accountId }) => this.#setAwsSignIn(accountId, { kind: 'unknown' }),
    },
    s3: this.s3.handlers(),
    metrics: this.metrics.handlers(),
    ec2: {
      instances: () => this.#ec2,
      look: () => undefined,
      refresh: () => undefined,
      order: () => {
        throw new AppError('aws-denied', { permissions: 'ec2:StopInstances', resource: '*' });
      },
    },
    costs: {
      get: () => this.#costs,
      setCounted: ({ clusterId, isCounted }) =>
        this.setCosts(
          this.#costs.items.map((item) => (item.id === clusterId ? { ...item, isCounted } : item)),
        ),
    },
    emr: {
      clusters: () => this.#emr,
      look: () => undefined,
      refresh: () => undefined,
      create: () => {
        throw new AppError('aws-denied', { permissions: 'elasticmapreduce:RunJobFlow', resource: '*' });
      },
      templateOf: () => usualTemplate,
      terminate: () => {
        throw new AppError('emr-protected', { cluster: 'Nightly' });
      },
      templates: () => this.emrTemplates,
      saveTemplate: () => this.emrTemplates,
      removeTemplate: () => this.emrTemplates,
      writeTemplate: ({ template }) => JSON.stringify(template, null, 2),
      readTemplate: () => usualTemplate,
    },
    emrSteps: {
      list: () => this.#emrSteps,
      look: (of) => this.setEmrSteps({ ...noEmrSteps, of }),
      refresh: () => undefined,
      chooseFiles: () => this.chosenFiles,
      // As long as an upload that does not end.
      add: () => new Promise<never>(() => undefined),
      cancelUpload: () => undefined,
      cancel: () => {
        throw new AppError('emr-step-not-cancelled', {}, { details: ['Step is in a final state.'] });
      },
      log: () => this.stepLog,
      nodeLog: () => this.stepLog,
    },
    emrNodeFiles: {
      get: () => this.#nodeFiles,
      look: (of) => this.setNodeFiles({ of, state: { kind: 'looking' } }),
      // As long as a copy that does not end.
      copy: () => new Promise<never>(() => undefined),
      cancelCopy: () => undefined,
      leave: () => this.setNodeFiles({ of: null, state: { kind: 'idle' } }),
    },
    emrNodes: {
      node: () => this.primaryNode,
      bind: () => {
        throw new AppError('store-write-failed', { reason: 'EACCES' });
      },
      openPersistent: () => {
        throw new AppError('emr-ui-not-ready');
      },
    },
    diagnosis: {
      list: () => [...this.#diagnoses.values()],
      start: () => undefined,
      lookInside: () => undefined,
      stop: () => undefined,
      answer: () => undefined,
      mendKeyFile: () => undefined,
    },
    demo: {
      get: () => this.#demoSnapshot(),
      start: () => undefined,
      cancel: () => this.setDemo({ kind: 'absent' }),
    },
  });

  get bridge() {
    return this.#fake.bridge;
  }

  get emit() {
    return this.#fake.emit;
  }

  get calls() {
    return this.#fake.calls;
  }

  failNextSave(code: ErrorCode): void {
    this.#nextSaveError = code;
  }

  /** The next change of the machines happens, but the window does not hear of it. */
  loseNextMachineChange(): void {
    this.#losesNextMachineChange = true;
  }

  setMachines(machines: readonly Machine[]): void {
    this.#setList({ ...this.#list, machines });
  }

  setGroups(groups: readonly MachineGroup[], defaults: GroupSettings = this.#list.defaults): void {
    this.#setList({ ...this.#list, groups, defaults });
  }

  setRecentMachines(machineIds: readonly MachineId[]): void {
    this.#recentIds = machineIds;
    this.#fake.emit.machines.recentChanged(this.#recentMachines());
  }

  #reconnecting() {
    return { revision: this.#nextRevision(), isPaused: this.#isPaused };
  }

  #setPaused(isPaused: boolean): void {
    this.#isPaused = isPaused;
    this.#fake.emit.connections.reconnectingChanged(this.#reconnecting());
    for (const { machineId, state } of this.#connections.values()) {
      if (state.kind !== 'waitingToRetry') continue;
      this.setConnection(
        machineId,
        isPaused ? { ...state, nextTryAtMs: null } : { kind: 'connecting', isReconnect: true },
      );
    }
  }

  setConnection(machineId: MachineId, state: ConnectionState): void {
    const snapshot = { machineId, revision: this.#nextRevision(), state };
    this.#connections.set(machineId, snapshot);
    this.#fake.emit.connections.changed(snapshot);
  }

  setNotebooks(machineId: MachineId, notebooks: Pick<NotebookSnapshot, 'activity' | 'servers'>): void {
    const snapshot = { machineId, revision: this.#nextRevision(), ...notebooks };
    this.#notebooks.set(machineId, snapshot);
    this.#fake.emit.notebooks.changed(snapshot);
  }

  setSlurm(machineId: MachineId, slurm: Pick<SlurmSnapshot, 'cluster' | 'jobs'>): void {
    const snapshot = { machineId, revision: this.#nextRevision(), isLooking: false, ...slurm };
    this.#slurm.set(machineId, snapshot);
    this.#fake.emit.slurm.changed(snapshot);
  }

  setKernels(machineId: MachineId, servers: KernelsSnapshot['servers']): void {
    const snapshot = { machineId, revision: this.#nextRevision(), servers };
    this.#kernels.set(machineId, snapshot);
    this.#fake.emit.kernels.changed(snapshot);
  }

  setIdle(machineId: MachineId, servers: IdleSnapshot['servers']): void {
    const snapshot = { machineId, revision: this.#nextRevision(), servers };
    this.#idle.set(machineId, snapshot);
    this.#fake.emit.idle.changed(snapshot);
  }

  setEnvironments(
    machineId: MachineId,
    environments: Partial<Omit<EnvironmentsSnapshot, 'machineId' | 'revision'>>,
  ): void {
    const before = this.#environments.get(machineId) ?? { search: { kind: 'idle' }, found: null };
    const snapshot = { ...before, ...environments, machineId, revision: this.#nextRevision() };
    this.#environments.set(machineId, snapshot);
    this.#fake.emit.environments.changed(snapshot);
  }

  setUnits(machineId: MachineId, units: Partial<Pick<UnitsSnapshot, 'activity' | 'found'>>): void {
    const before = this.#units.get(machineId) ?? { activity: { kind: 'idle' }, found: null };
    const snapshot = { ...before, ...units, machineId, revision: this.#nextRevision() };
    this.#units.set(machineId, snapshot);
    this.#fake.emit.units.changed(snapshot);
  }

  setRecipe(machineId: MachineId, state: RecipeState): void {
    const snapshot = { machineId, revision: this.#nextRevision(), state };
    this.#recipes.set(machineId, snapshot);
    this.#fake.emit.recipes.changed(snapshot);
  }

  setTunnels(
    machineId: MachineId,
    { tunnels, ports }: Partial<Pick<TunnelsSnapshot, 'tunnels' | 'ports'>>,
  ): void {
    const snapshot = {
      machineId,
      revision: this.#nextRevision(),
      tunnels: tunnels ?? [],
      isLooking: false,
      ports: ports ?? null,
    };
    this.#tunnels.set(machineId, snapshot);
    this.#fake.emit.tunnels.changed(snapshot);
  }

  measureTunnels(measurement: TunnelMeasurement): void {
    this.#fake.emit.tunnels.measured(measurement);
  }

  setMeter(machineId: MachineId, state: MeterState): void {
    const snapshot = { machineId, revision: this.#nextRevision(), state };
    this.#meters.set(machineId, snapshot);
    this.#fake.emit.meters.changed(snapshot);
  }

  setDiagnosis(machineId: MachineId, diagnosis: Omit<DiagnosisSnapshot, 'machineId' | 'revision'>): void {
    const snapshot = { machineId, revision: this.#nextRevision(), ...diagnosis };
    this.#diagnoses.set(machineId, snapshot);
    this.#fake.emit.diagnosis.changed(snapshot);
  }

  setWebApps(machineId: MachineId, apps: WebAppsSnapshot['apps']): void {
    const snapshot = { machineId, revision: this.#nextRevision(), isLooking: false, apps };
    this.#webApps.set(machineId, snapshot);
    this.#fake.emit.webApps.changed(snapshot);
  }

  setLog(machineId: MachineId, entries: readonly LogEntry[]): void {
    this.#logs.set(machineId, entries);
    this.#fake.emit.connections.logged({ machineId, entries });
  }

  setDoors(doors: readonly BrowserDoor[]): void {
    this.#doors = doors;
    this.#fake.emit.browserDoors.changed(this.#doorList());
  }

  setDownloads(downloads: readonly Download[]): void {
    this.#downloads = downloads;
    this.#fake.emit.downloads.changed(this.#downloadList());
  }

  setOpened(opened: readonly OpenedNotebook[]): void {
    this.#opened = opened;
    this.#revision += 1;
    this.#fake.emit.openedNotebooks.changed({ revision: this.#revision, notebooks: opened });
  }

  setTabs(tabs: readonly WebTab[], activeTabId: WebTab['id'] | null): void {
    this.#tabs = tabs;
    this.#activeTabId = activeTabId;
    this.#fake.emit.tabs.changed(this.#tabList());
  }

  setSettings(settings: Settings) {
    this.#settings = settings;
    const snapshot = this.#settingsSnapshot();
    this.#fake.emit.settings.changed(snapshot);
    return snapshot;
  }

  #saveSettings(settings: Settings) {
    const key = settings.shortcuts.summon ?? null;
    const isNew = key !== (this.#settings.shortcuts.summon ?? null);
    if (this.isGlobalShortcutRefused && isNew && key !== null)
      throw new AppError('global-shortcut-refused', { keys: key });
    return this.setSettings(settings);
  }

  setUpdate(state: UpdateState): void {
    this.#update = state;
    this.#fake.emit.updates.changed(this.#updateSnapshot());
  }

  changeSettings(part: Partial<Settings>): void {
    this.setSettings({ ...this.#settings, ...part });
  }

  setDemo(state: DemoState): void {
    this.#demo = state;
    this.#fake.emit.demo.changed(this.#demoSnapshot());
  }

  setEc2(change: Partial<Ec2Snapshot>): void {
    this.#ec2 = { ...this.#ec2, ...change, revision: this.#nextRevision() };
    this.#fake.emit.ec2.changed(this.#ec2);
  }

  setCosts(items: CostsSnapshot['items']): void {
    this.#costs = { items, revision: this.#nextRevision() };
    this.#fake.emit.costs.changed(this.#costs);
  }

  setEmr(change: Partial<EmrSnapshot>): void {
    this.#emr = { ...this.#emr, ...change, revision: this.#nextRevision() };
    this.#fake.emit.emr.changed(this.#emr);
  }

  setEmrSteps(change: Partial<EmrStepsSnapshot>): void {
    this.#emrSteps = { ...this.#emrSteps, ...change, revision: this.#nextRevision() };
    this.#fake.emit.emrSteps.changed(this.#emrSteps);
  }

  setNodeFiles(change: Partial<NodeFilesSnapshot>): void {
    this.#nodeFiles = { ...this.#nodeFiles, ...change, revision: this.#nextRevision() };
    this.#fake.emit.emrNodeFiles.changed(this.#nodeFiles);
  }

  setAwsAccounts(accounts: readonly AwsAccountStatus[]): void {
    this.#awsAccounts = accounts;
    this.#fake.emit.aws.changed(this.#awsSnapshot());
  }

  postNotice(notice: Notice): void {
    this.#fake.emit.app.noticePosted(notice);
  }

  #setAwsSignIn(accountId: AwsAccountId, signIn: AwsSignIn): void {
    this.setAwsAccounts(
      this.#awsAccounts.map((status) => (status.account.id === accountId ? { ...status, signIn } : status)),
    );
  }

  #awsSnapshot(): AwsAccountsSnapshot {
    return { revision: this.#nextRevision(), accounts: this.#awsAccounts };
  }

  #machine(machineId: MachineId): Machine {
    const machine = this.#list.machines.find(({ id }) => id === machineId);
    if (!machine) throw new AppError('machine-not-found');
    return machine;
  }

  #saveMachine(draft: MachineDraft, standing?: Pick<Machine, 'isUnsaved'>): Machine {
    const known = this.#list.machines.find(({ id }) => id === draft.id);
    const machine: Machine = {
      ...draft,
      ...(standing ?? (known?.isUnsaved && { isUnsaved: true })),
      id: draft.id ?? (crypto.randomUUID() as MachineId),
      isDemo: known?.isDemo ?? false,
      tunnels: known?.tunnels ?? [],
    };
    this.setMachines(
      known
        ? this.#list.machines.map((other) => (other.id === machine.id ? machine : other))
        : [...this.#list.machines, machine],
    );
    return machine;
  }

  #changeMachines(ids: readonly MachineId[], change: (machine: Machine) => Machine): void {
    this.setMachines(
      this.#list.machines.map((machine) => (ids.includes(machine.id) ? change(machine) : machine)),
    );
  }

  #accessList(): AccessList {
    if (this.accessList === null) throw new AppError('not-connected');
    return this.accessList;
  }

  #keyList() {
    return { folder: '/home/ana/.ssh', keys: this.keys };
  }

  #saveTunnel(machineId: MachineId, draft: TunnelDraft): Tunnel {
    const known = this.#machine(machineId).tunnels.find(({ id }) => id === draft.id);
    const tunnel = {
      ...draft,
      id: draft.id ?? (crypto.randomUUID() as TunnelId),
      isOn: known?.isOn ?? false,
    };
    this.#setTunnelsOf(machineId, (tunnels) =>
      known ? tunnels.map((other) => (other.id === tunnel.id ? tunnel : other)) : [...tunnels, tunnel],
    );
    return tunnel;
  }

  #setTunnelsOf(machineId: MachineId, change: (tunnels: readonly Tunnel[]) => readonly Tunnel[]): void {
    this.setMachines(
      this.#list.machines.map((machine) =>
        machine.id === machineId ? { ...machine, tunnels: change(machine.tunnels) } : machine,
      ),
    );
  }

  #closeTab(tabId: WebTab['id']): void {
    this.setTabs(
      this.#tabs.filter(({ id }) => id !== tabId),
      this.#activeTabId === tabId ? null : this.#activeTabId,
    );
  }

  /** Of the main process's actions, those that show in the window. */
  #act(action: MainActionId): void {
    const goBy = (step: 1 | -1) =>
      this.setTabs(this.#tabs, neighbourTab(this.#tabs, this.#activeTabId, step));
    if (action === 'nextTab') goBy(1);
    else if (action === 'previousTab') goBy(-1);
    else if (action === 'machines') this.setTabs(this.#tabs, null);
    else if (action === 'pauseReconnecting' || action === 'resumeReconnecting')
      this.#setPaused(action === 'pauseReconnecting');
    else if (action === 'closeTab' && this.#activeTabId !== null) this.#closeTab(this.#activeTabId);
  }

  #importPreview() {
    if (this.importPlan === null) throw new AppError('import-file-unknown', { path: '/home/ana/notes.txt' });
    return { id: crypto.randomUUID() as PreviewId, plan: this.importPlan };
  }

  #recentMachines() {
    return { revision: this.#nextRevision(), machineIds: this.#recentIds };
  }

  #setList(list: MachineList): void {
    const before = this.#list;
    this.#list = { ...list, revision: before.revision + 1 };
    if (!this.#losesNextMachineChange) this.#fake.emit.machines.changed(changeBetween(before, this.#list));
    this.#losesNextMachineChange = false;
  }

  #doorList(): BrowserDoorList {
    return { revision: this.#nextRevision(), doors: this.#doors };
  }

  #downloadList(): DownloadList {
    return { revision: this.#nextRevision(), downloads: this.#downloads };
  }

  #tabList() {
    return {
      revision: this.#nextRevision(),
      tabs: this.#tabs,
      activeTabId: this.#activeTabId,
      canReopen: true,
    };
  }

  #updateSnapshot(): UpdateSnapshot {
    return { revision: this.#nextRevision(), state: this.#update };
  }

  #settingsSnapshot() {
    const { language } = this.#settings;
    return {
      revision: this.#nextRevision(),
      settings: this.#settings,
      language: language === 'system' ? ('en' as const) : language,
      isGlobalShortcutRefused: this.isGlobalShortcutRefused,
    };
  }

  #demoSnapshot() {
    return { revision: this.#nextRevision(), state: this.#demo };
  }

  #slurmPlan({ cpus, partition }: SlurmRequest): SlurmPlan {
    return {
      id: JobId.parse('0123456789ab'),
      command: 'sbatch --parsable --output=…/log …/job.sh …',
      script: `#!/bin/sh\n#SBATCH --cpus-per-task=${cpus}\n#SBATCH --partition=${partition}\nexec sh run.sh\n`,
    };
  }

  #nextRevision(): number {
    this.#revision += 1;
    return this.#revision;
  }
}
