import { z } from 'zod';
import { AccessList, InstallReport, OfferedKey, OfferedName, OfferedText } from '../model/access';
import { mainActionIds, windowActionIds } from '../model/action';
import { AgentKeyList } from '../model/agent-keys';
import { AppInfo, Notice } from '../model/app';
import {
  AwsAccount,
  AwsAccountDraft,
  AwsAccountId,
  AwsAccountsSnapshot,
  AwsProfile,
  AwsPromptId,
} from '../model/aws-account';
import { BrowserDoorId, BrowserDoorList } from '../model/browser-door';
import { ConnectionSnapshot } from '../model/connection';
import { CostsSnapshot } from '../model/costs';
import { DemoSnapshot } from '../model/demo';
import { DiagnosisSnapshot } from '../model/diagnosis';
import { DownloadId, DownloadList } from '../model/download';
import { Ec2Snapshot, instanceOrders } from '../model/ec2';
import { EmrClusterId, EmrSnapshot } from '../model/emr-cluster';
import { mostNodeFiles, NodeCopyOutcome, NodeFilesSnapshot } from '../model/emr-node-files';
import { EmrNodeWay, EmrPrimaryNode, PersistentUi } from '../model/emr-primary-node';
import {
  EmrLogKind,
  EmrStepDraft,
  EmrStepId,
  EmrStepLog,
  EmrStepsSnapshot,
  LocalFile,
} from '../model/emr-step';
import { EmrTemplate, EmrTemplateId, emrTemplateFormats, SavedEmrTemplate } from '../model/emr-template';
import { EnvironmentsSnapshot } from '../model/environment';
import { ExportRequest, ExportResult } from '../model/export';
import { Port } from '../model/host-and-port';
import { IdleSnapshot } from '../model/idle';
import { IdlePolicy } from '../model/idle-policy';
import {
  ImportPlace,
  ImportPreview,
  ImportRequest,
  ImportResult,
  OfferedImport,
  PreviewId,
} from '../model/import-preview';
import { Ec2InstanceId } from '../model/instance-binding';
import { JupyterAddress } from '../model/jupyter-address';
import { KernelId, KernelsSnapshot } from '../model/kernel';
import { LogBatch, LogEntry } from '../model/log-entry';
import { FolderOnMachine, GroupId, Machine, MachineDraft, MachineId } from '../model/machine';
import { GroupDraft, GroupSettings, MachineGroup } from '../model/machine-group';
import { MachineList } from '../model/machine-list';
import { MachineListChange } from '../model/machine-list-change';
import { MachineMarks } from '../model/machine-marks';
import { MeterSnapshot } from '../model/meter';
import { MetricName, MetricReading, MetricResource, metricSources, mostCompared } from '../model/metric';
import { AlarmDraft, AlarmName, AlarmsSnapshot } from '../model/metric-alarm';
import { metricRanges } from '../model/metric-window';
import { NotebookSnapshot, ServerId } from '../model/notebook';
import { OpenedNotebook, OpenedNotebooksSnapshot } from '../model/opened-notebook';
import { PromptAnswer } from '../model/prompt';
import { RecentMachines } from '../model/recent-machines';
import { Recipe, RecipeId, RecipePlan, RecipeSnapshot } from '../model/recipe';
import { Reconnecting } from '../model/reconnecting';
import { S3BucketName, S3BucketPage, S3Folder, S3Key, S3Page } from '../model/s3';
import { S3Preview } from '../model/s3-preview';
import { S3TransferId, S3TransferList } from '../model/s3-transfer';
import { KernelSpec, ServerFiles, ServerPath } from '../model/server-files';
import { JournalBatch, UnitAction, UnitId, UnitPlan, UnitScope, UnitsSnapshot } from '../model/service-unit';
import { Settings, SettingsSnapshot } from '../model/settings';
import { JobId, SlurmPlan, SlurmRequest, SlurmSnapshot } from '../model/slurm';
import { ForeignKey, KeyImport, NewSshKey, PassphraseChange, SshKeyList } from '../model/ssh-key';
import { TabId, TabList } from '../model/tab';
import { TrustedHostId, TrustedHostList } from '../model/trusted-host';
import { Tunnel, TunnelDraft, TunnelId } from '../model/tunnel';
import { TunnelMeasurement, TunnelsSnapshot } from '../model/tunnel-status';
import { UpdateSnapshot } from '../model/update';
import { WebAddress } from '../model/web-address';
import { WebAppsSnapshot } from '../model/web-app';
import { defineContract, event, request } from './define-contract';

const OfMachine = z.strictObject({ machineId: MachineId });
const OfMachines = z.strictObject({ machineIds: z.array(MachineId).min(1).readonly() });
const OfGroup = z.strictObject({ groupId: GroupId });
const OfServer = z.strictObject({ machineId: MachineId, serverId: ServerId });
const OfJob = OfMachine.extend({ id: JobId });
const OfKernel = OfServer.extend({ kernelId: KernelId });
/** For sudo on the machine; empty: it asks for none. */
const SudoPassword = z.string().max(1024);
const OfTunnel = z.strictObject({ machineId: MachineId, tunnelId: TunnelId });
const OfAwsAccount = z.strictObject({ accountId: AwsAccountId });
const OfS3Bucket = OfAwsAccount.extend({ bucket: S3BucketName });
/** Folders are keys with a slash at the end, and stand for all that is in them. */
const OfS3Keys = OfS3Bucket.extend({ keys: z.array(S3Key).min(1).max(100_000).readonly() });
const OfS3Transfer = z.strictObject({ transferId: S3TransferId });
const OfCluster = OfAwsAccount.extend({ clusterId: EmrClusterId });
const OfTab = z.strictObject({ tabId: TabId });
const OfDoor = z.strictObject({ doorId: BrowserDoorId });
const OfDownload = z.strictObject({ downloadId: DownloadId });

/** All that renderer and main process say to each other. */
export const contract = defineContract({
  app: {
    info: request(z.void(), AppInfo),
    /** False: no system tray was found; closing the window then quits. The desktop may take its time to answer. */
    hasTray: request(z.void(), z.boolean()),
    /** Notices posted before the window could listen. */
    notices: request(z.void(), z.array(Notice).readonly()),
    dismissNotice: request(z.strictObject({ noticeId: z.uuid() }), z.void()),
    noticePosted: event(Notice),
    /** Lets the user pick a private key file; null when they cancel. */
    chooseKeyFile: request(z.void(), z.string().nullable()),
    /** What can be sent to whoever can help: versions, states, the log's end; without secrets and names. */
    diagnostics: request(z.void(), z.string()),
    copyText: request(z.strictObject({ text: z.string().max(1_000_000) }), z.void()),
    /** Saves a report or log without secrets where the user says; false when they cancel. */
    saveText: request(z.strictObject({ text: z.string().max(10_000_000) }), z.boolean()),
    quit: request(z.void(), z.void()),
    /** What a link opened before the window could listen wants in the connect box; given out once. */
    takeOfferedServer: request(z.void(), z.string().nullable()),
    serverOffered: event(z.strictObject({ address: z.string() })),
    /** The user chose something of the menu that the window itself does. */
    menuChosen: event(z.enum(windowActionIds)),
    /** Does what the user chose by palette or keys, as the menu would. */
    act: request(z.strictObject({ action: z.enum(mainActionIds) }), z.void()),
  },
  settings: {
    get: request(z.void(), SettingsSnapshot),
    save: request(Settings, SettingsSnapshot),
    changed: event(SettingsSnapshot),
  },
  /** New versions of Nuvem itself. */
  updates: {
    get: request(z.void(), UpdateSnapshot),
    /** Looks for one; what comes of it is in the snapshots. */
    check: request(z.void(), z.void()),
    /** Gets the one that was found, and puts it in this one's place when Nuvem quits. */
    install: request(z.void(), z.void()),
    /** Ends getting it. */
    cancel: request(z.void(), z.void()),
    changed: event(UpdateSnapshot),
  },
  machines: {
    list: request(z.void(), MachineList),
    /** Creates (id null) or replaces; a machine that is not saved stays so. */
    save: request(MachineDraft, Machine),
    /**
     * Makes a machine for this run alone. Where one leads by the same route, it is that one, which gets the draft's
     * identity if `setsIdentity`.
     */
    open: request(z.strictObject({ draft: MachineDraft, setsIdentity: z.boolean() }), Machine),
    /** Saves a machine that was not: with its id, so that what goes on with it goes on. */
    keep: request(MachineDraft.extend({ id: MachineId }), Machine),
    duplicate: request(OfMachine, Machine),
    /** Disconnects and removes; `restore` undoes it until the app quits. */
    remove: request(OfMachines, z.void()),
    restore: request(OfMachines, z.void()),
    mark: request(OfMachines.extend({ marks: MachineMarks }), z.void()),
    /** Into a group (null: none), before another machine or last. */
    move: request(OfMachines.extend({ groupId: GroupId.nullable(), before: MachineId.nullable() }), z.void()),
    saveDefaults: request(GroupSettings, z.void()),
    /** Follows a list of the revision before it; who has another one asks for the whole list. */
    changed: event(MachineListChange),
    recent: request(z.void(), RecentMachines),
    recentChanged: event(RecentMachines),
  },
  groups: {
    /** Creates (id null) or replaces. */
    save: request(GroupDraft, MachineGroup),
    /** Into another group (null: none), before one of its groups or last. */
    move: request(OfGroup.extend({ parentId: GroupId.nullable(), before: GroupId.nullable() }), z.void()),
    /** What lies in it moves up; `restore` undoes it until the app quits. */
    remove: request(OfGroup, z.void()),
    restore: request(OfGroup, z.void()),
  },
  imports: {
    /** Where else on this computer machines can be imported from. */
    places: request(z.void(), z.array(ImportPlace).readonly()),
    openPlace: request(ImportPlace, ImportPreview),
    /** Lets the user pick a file; null when they cancel. */
    chooseFile: request(z.void(), ImportPreview.nullable()),
    /** A file that was dropped onto the window. */
    openFile: request(
      z.strictObject({ name: z.string().max(1000), content: z.instanceof(Uint8Array) }),
      ImportPreview,
    ),
    /** Preview of a file that the desktop opened before the window could listen; given out once. */
    takeOffered: request(z.void(), OfferedImport.nullable()),
    offered: event(OfferedImport),
    apply: request(ImportRequest, ImportResult),
    /** Takes the last import back; `import-outdated` when there is another one since. */
    undo: request(z.strictObject({ previewId: PreviewId }), z.void()),
  },
  exports: {
    /** Lets the user say where, and writes; null when they cancel. */
    save: request(ExportRequest, ExportResult.nullable()),
  },
  connections: {
    list: request(z.void(), z.array(ConnectionSnapshot).readonly()),
    connect: request(OfMachine, z.void()),
    disconnect: request(OfMachine, z.void()),
    retryNow: request(OfMachine, z.void()),
    /** Of all machines: lost connections stay lost until the user lets Nuvem try again. */
    setPaused: request(z.strictObject({ isPaused: z.boolean() }), z.void()),
    reconnecting: request(z.void(), Reconnecting),
    reconnectingChanged: event(Reconnecting),
    /** Connects to a machine whose host key has changed; `typed`: see `canReplaceHostKey`. */
    replaceHostKey: request(OfMachine.extend({ typed: z.string().max(100) }), z.void()),
    answer: request(PromptAnswer, z.void()),
    /** The user has written the machine's proxy command themselves: it may run as it is now. */
    confirmCommand: request(OfMachine, z.void()),
    changed: event(ConnectionSnapshot),
    log: request(OfMachine, z.array(LogEntry).readonly()),
    logged: event(LogBatch),
  },
  trust: {
    list: request(z.void(), TrustedHostList),
    /** Removes lines from known_hosts; answers with those that are left. */
    forget: request(z.strictObject({ ids: z.array(TrustedHostId).min(1).readonly() }), TrustedHostList),
  },
  keys: {
    /** The private keys in `~/.ssh`, and those elsewhere that machines sign in with. */
    list: request(z.void(), SshKeyList),
    /** Lets only the owner read the key. */
    mend: request(z.strictObject({ name: z.string() }), SshKeyList),
    /** Makes a key pair; never overwrites one. */
    generate: request(NewSshKey, SshKeyList),
    /** Sets, changes or removes a key's passphrase. */
    changePassphrase: request(PassphraseChange, SshKeyList),
    /** Lets the user pick a file to import; null when they cancel. */
    chooseForeign: request(z.void(), ForeignKey.nullable()),
    /** Writes a key file as a new OpenSSH key; never overwrites one. */
    importKey: request(KeyImport, SshKeyList),
    /** Saves the public half where the user says; answers with that path, null when they cancel. */
    savePublic: request(z.strictObject({ name: z.string() }), z.string().nullable()),
  },
  agents: {
    /** The keys that an agent holds now; `socketPath` as an identity has it. */
    keys: request(z.strictObject({ socketPath: z.string().max(4096) }), AgentKeyList),
  },
  /** Who can log in to a machine: its `authorized_keys`. All but `inspect` and `chooseFile` connect if needed. */
  access: {
    list: request(OfMachine, AccessList),
    /** What is in a text that somebody sent. */
    inspect: request(z.strictObject({ text: OfferedText }), z.array(OfferedKey).readonly()),
    /** Lets the user pick a public key file, and answers with its text; null when they cancel. */
    chooseFile: request(z.void(), OfferedText.nullable()),
    add: request(OfMachine.extend({ text: OfferedText, name: OfferedName }), AccessList),
    /** `isConfirmed`: also when it is the key that Nuvem signs in with. */
    remove: request(OfMachine.extend({ entryId: z.string(), isConfirmed: z.boolean() }), AccessList),
    /** Mends the permissions that make sshd ignore the file. */
    mend: request(OfMachine, AccessList),
    /** Lets one of the user's keys in, and proves it. An empty passphrase means the remembered one, or none. */
    install: request(
      OfMachine.extend({ keyName: z.string(), passphrase: z.string().max(1024) }),
      InstallReport,
    ),
  },
  notebooks: {
    list: request(z.void(), z.array(NotebookSnapshot).readonly()),
    /** Connects if needed and looks for servers that run. */
    find: request(OfMachine, z.void()),
    /** Connects if needed, opens the server that Nuvem started there, or starts one; in `folder` instead if given. */
    openOrStart: request(OfMachine.extend({ folder: FolderOnMachine.exactOptional() }), z.void()),
    /** Starts one more server and opens it. */
    start: request(OfMachine, z.void()),
    /** Calls off the start that is under way; what it began on the machine is ended. */
    cancelStart: request(OfMachine, z.void()),
    open: request(OfServer, z.void()),
    /** Proves the server's token or password to it, then opens it. */
    signIn: request(
      OfServer.extend({ secret: z.string().min(1).max(1024), isRemembered: z.boolean() }),
      z.void(),
    ),
    /** Connects if needed and opens a server that no look finds; the secret is empty where none is asked for. */
    openAddress: request(
      OfMachine.extend({ address: JupyterAddress, secret: z.string().max(1024) }),
      z.void(),
    ),
    stop: request(OfServer, z.void()),
    changed: event(NotebookSnapshot),
  },
  /** Notebooks as jobs of Slurm; those that run are opened and stopped as servers of `notebooks`, too. */
  slurm: {
    list: request(z.void(), z.array(SlurmSnapshot).readonly()),
    /** Connects if needed; asks what Slurm has and how the jobs are. */
    look: request(OfMachine, z.void()),
    /** The script that would be handed in. */
    plan: request(OfMachine.extend({ request: SlurmRequest }), SlurmPlan),
    submit: request(OfJob.extend({ request: SlurmRequest }), z.void()),
    cancel: request(OfJob, z.void()),
    /** Takes a job that has ended off the list. */
    forget: request(OfJob, z.void()),
    /** The last lines that were written in a job. */
    log: request(OfJob, z.array(z.string()).readonly()),
    changed: event(SlurmSnapshot),
  },
  /** The kernels of the servers that `notebooks` tells of, watched for as long as their machine is connected. */
  kernels: {
    list: request(z.void(), z.array(KernelsSnapshot).readonly()),
    interrupt: request(OfKernel, z.void()),
    /** Begins it anew: what it holds in memory is lost. */
    restart: request(OfKernel, z.void()),
    shutDown: request(OfKernel, z.void()),
    changed: event(KernelsSnapshot),
  },
  /** What happens to servers that nobody uses. */
  idle: {
    list: request(z.void(), z.array(IdleSnapshot).readonly()),
    /** From now on; the time begins anew. */
    set: request(OfServer.extend({ policy: IdlePolicy }), z.void()),
    /** The time begins anew, as if a cell had run. */
    keep: request(OfServer, z.void()),
    changed: event(IdleSnapshot),
  },
  /** The files of servers that `notebooks` tells of; their machine must be connected. */
  notebookHome: {
    look: request(OfServer, ServerFiles),
    /** A file below the server's folder, as a page. */
    openFile: request(OfServer.extend({ path: ServerPath }), z.void()),
    /** The same where it is open, or in the JupyterLab that is open; else as a page. */
    showFile: request(OfServer.extend({ path: ServerPath }), z.void()),
    /** How a path that the user begins to type may go on, as they would type it; folders end with `/`. */
    completePath: request(OfServer.extend({ path: ServerPath }), z.array(z.string()).readonly()),
    /** What the user typed: an absolute path, one from the home folder (`~/…`), or one from the server's folder on. */
    openPath: request(OfServer.extend({ path: ServerPath }), z.void()),
    /** A new notebook in the server's folder, with a kernel that it has. */
    create: request(OfServer.extend({ kernelName: KernelSpec.shape.name }), z.void()),
  },
  /** The notebooks that were opened in Nuvem, also in earlier runs. */
  openedNotebooks: {
    list: request(z.void(), OpenedNotebooksSnapshot),
    /** One, by its absolute path, or with null all of the machine. */
    forget: request(OfMachine.extend({ path: OpenedNotebook.shape.path.nullable() }), z.void()),
    changed: event(OpenedNotebooksSnapshot),
  },
  /** How busy machines are; measured only while somebody looks. */
  meters: {
    list: request(z.void(), z.array(MeterSnapshot).readonly()),
    /** The machines that the window shows the meters of from now on, and no others. Connects to none. */
    look: request(z.strictObject({ machineIds: z.array(MachineId).max(20).readonly() }), z.void()),
    changed: event(MeterSnapshot),
  },
  /** The Python environments of machines. */
  environments: {
    list: request(z.void(), z.array(EnvironmentsSnapshot).readonly()),
    /** Connects if needed and looks for them. */
    find: request(OfMachine, z.void()),
    /** Takes one of the user's kernels from the list of every Jupyter; `folder` as it was found. */
    removeKernel: request(OfMachine.extend({ folder: z.string().min(1).max(4096) }), z.void()),
    changed: event(EnvironmentsSnapshot),
  },
  /** What Nuvem sets up on machines by commands that the user has seen. */
  recipes: {
    list: request(z.void(), z.array(RecipeSnapshot).readonly()),
    /** What would run. Connects if needed and looks for environments. */
    plan: request(OfMachine.extend({ recipe: Recipe }), RecipePlan),
    run: request(OfMachine.extend({ recipe: Recipe }), z.void()),
    /** Ends what runs and removes what it made. */
    cancel: request(OfMachine, z.void()),
    /** Removes what one made that was found on the machine, or is done. */
    undo: request(OfMachine.extend({ id: RecipeId }), z.void()),
    changed: event(RecipeSnapshot),
  },
  /** Notebook servers that systemd keeps on machines as services. All but `list` connect if needed. */
  units: {
    list: request(z.void(), z.array(UnitsSnapshot).readonly()),
    look: request(OfMachine, z.void()),
    /** What would be written and run. */
    plan: request(OfMachine.extend({ folder: FolderOnMachine, scope: UnitScope }), UnitPlan),
    /** Makes a service as it was planned and opens its notebook; how it goes is in the notebooks' snapshots. */
    create: request(
      OfMachine.extend({
        folder: FolderOnMachine,
        scope: UnitScope,
        id: UnitId,
        text: z.string().max(20_000),
        turnsLingeringOn: z.boolean(),
        password: SudoPassword,
      }),
      z.void(),
    ),
    act: request(OfMachine.extend({ unitId: UnitId, action: UnitAction, password: SudoPassword }), z.void()),
    turnLingeringOn: request(OfMachine.extend({ password: SudoPassword }), z.void()),
    /** Tells a service's journal from now on, in place of another one's; null: none. */
    followJournal: request(OfMachine.extend({ unitId: UnitId.nullable() }), z.void()),
    changed: event(UnitsSnapshot),
    journal: event(JournalBatch),
  },
  tabs: {
    list: request(z.void(), TabList),
    activate: request(z.strictObject({ tabId: TabId.nullable() }), z.void()),
    close: request(OfTab, z.void()),
    /** Closes all tabs but this one, unless unsaved changes are to be kept. */
    closeOthers: request(OfTab, z.void()),
    /** Opens the tab that was closed last. */
    reopenClosed: request(z.void(), z.void()),
    /** Opens the same page once more. */
    duplicate: request(OfTab, z.void()),
    /** Before another tab or, with null, to the end. */
    move: request(OfTab.extend({ before: TabId.nullable() }), z.void()),
    /** Loads a tab that is asleep, connecting if needed. */
    wake: request(OfTab, z.void()),
    /** Shows another page of the machine in the tab. */
    go: request(OfTab.extend({ address: WebAddress }), z.void()),
    /** Gives a page that does not respond more time. */
    waitFor: request(OfTab, z.void()),
    /** Loads a page anew that has crashed or does not respond: what is not saved in it is lost. */
    reload: request(OfTab, z.void()),
    /** From now on the machine's tabs accept the certificate that hinders this one, and no other there. */
    trustCertificate: request(OfTab.extend({ fingerprint: z.string() }), z.void()),
    changed: event(TabList),
  },
  /** Servers of machines that the system's browser can use. */
  browserDoors: {
    list: request(z.void(), BrowserDoorList),
    /** Shows a tab's page in the system's browser, which from then on is let in to its server. */
    open: request(OfTab, z.void()),
    openAgain: request(OfDoor, z.void()),
    /** Lets no browser in any more. */
    close: request(OfDoor, z.void()),
    changed: event(BrowserDoorList),
  },
  /** Files that pages of machines send to this computer. */
  downloads: {
    list: request(z.void(), DownloadList),
    pause: request(OfDownload, z.void()),
    /** Goes on with one that was paused or cut off; one that failed begins again. */
    resume: request(OfDownload, z.void()),
    /** Takes one off the list; one that is not finished ends. */
    remove: request(OfDownload, z.void()),
    /** Opens a finished one with the system's program for it. */
    open: request(OfDownload, z.void()),
    showInFolder: request(OfDownload, z.void()),
    changed: event(DownloadList),
  },
  /** Pages of a machine that are no notebooks: dashboards, monitors, whatever listens there. */
  webApps: {
    list: request(z.void(), z.array(WebAppsSnapshot).readonly()),
    /** Connects if needed and looks for programs that answer as web servers do. */
    look: request(OfMachine, z.void()),
    /** Connects if needed and opens a page of the machine in a tab. */
    open: request(OfMachine.extend({ address: WebAddress, title: z.string().max(300) }), z.void()),
    changed: event(WebAppsSnapshot),
  },
  tunnels: {
    /** Where the tunnels are; what they are stands in `Machine.tunnels`. */
    list: request(z.void(), z.array(TunnelsSnapshot).readonly()),
    /** Creates (id null, turned off) or replaces; one that is on starts again. */
    save: request(z.strictObject({ machineId: MachineId, draft: TunnelDraft }), Tunnel),
    remove: request(OfTunnel, z.void()),
    /** Turns a tunnel on, connecting if needed, or off; on again means: try again. */
    turn: request(OfTunnel.extend({ isOn: z.boolean() }), z.void()),
    /** Connects if needed and looks for ports that something listens on. */
    look: request(OfMachine, z.void()),
    /** The first free port of this computer's loopback from `from` on. */
    freePort: request(z.strictObject({ from: Port }), Port),
    openInBrowser: request(OfTunnel, z.void()),
    changed: event(TunnelsSnapshot),
    measured: event(TunnelMeasurement),
  },
  /** The accounts at AWS that the user has named; what they prove themselves with stays in the AWS tools' files. */
  aws: {
    accounts: request(z.void(), AwsAccountsSnapshot),
    /** What the AWS tools' files hold now. */
    profiles: request(z.void(), z.array(AwsProfile).readonly()),
    /** Creates (id null) or replaces. */
    save: request(AwsAccountDraft, AwsAccount),
    remove: request(OfAwsAccount, z.void()),
    /** Asks AWS who the user is, with new credentials where they can be had. */
    check: request(OfAwsAccount, z.void()),
    /** Signs in through the system's browser, for accounts whose profile does so. */
    signIn: request(OfAwsAccount, z.void()),
    /** The code of an MFA device, for the question of that id. */
    answerCode: request(
      OfAwsAccount.extend({
        promptId: AwsPromptId,
        code: z
          .string()
          .trim()
          .regex(/^\d{6}$/),
      }),
      z.void(),
    ),
    /** Calls off a check or a sign-in. */
    cancel: request(OfAwsAccount, z.void()),
    changed: event(AwsAccountsSnapshot),
  },
  /** The clusters of Amazon EMR: those of one account at a time, watched while somebody looks. */
  emr: {
    clusters: request(z.void(), EmrSnapshot),
    /** What the user has before their eyes from now on. */
    look: request(
      z.strictObject({ accountId: AwsAccountId.nullable(), clusterId: EmrClusterId.nullable() }),
      z.void(),
    ),
    refresh: request(z.void(), z.void()),
    /** Answers with the new cluster's id. */
    create: request(OfAwsAccount.extend({ template: EmrTemplate }), z.string()),
    /** What makes a cluster like this one. */
    templateOf: request(OfAwsAccount.extend({ clusterId: EmrClusterId }), EmrTemplate),
    /** Ends a cluster for good; `emr-protected` if it is protected and `liftsProtection` is false. */
    terminate: request(
      OfAwsAccount.extend({ clusterId: EmrClusterId, liftsProtection: z.boolean() }),
      z.void(),
    ),
    templates: request(z.void(), z.array(SavedEmrTemplate).readonly()),
    /** Under its name, in the place of one of that name. */
    saveTemplate: request(EmrTemplate, z.array(SavedEmrTemplate).readonly()),
    removeTemplate: request(
      z.strictObject({ templateId: EmrTemplateId }),
      z.array(SavedEmrTemplate).readonly(),
    ),
    writeTemplate: request(
      z.strictObject({ template: EmrTemplate, format: z.enum(emrTemplateFormats) }),
      z.string(),
    ),
    readTemplate: request(z.strictObject({ text: z.string().max(1_000_000) }), EmrTemplate),
    changed: event(EmrSnapshot),
  },
  /** The instances of EC2 of the account that is looked at. */
  ec2: {
    instances: request(z.void(), Ec2Snapshot),
    /** The account that the user has before their eyes from now on. */
    look: request(z.strictObject({ accountId: AwsAccountId.nullable() }), z.void()),
    refresh: request(z.void(), z.void()),
    order: request(
      OfAwsAccount.extend({ instanceId: Ec2InstanceId, order: z.enum(instanceOrders) }),
      z.void(),
    ),
    changed: event(Ec2Snapshot),
  },
  /** What runs at AWS and costs money by the hour, as far as Nuvem knows of it. */
  costs: {
    get: request(z.void(), CostsSnapshot),
    /** Whether a cluster's cost is the user's own. */
    setCounted: request(OfCluster.extend({ isCounted: z.boolean() }), z.void()),
    changed: event(CostsSnapshot),
  },
  /** The buckets of S3 and what is in them; pages go on from the cursor of the one before. */
  s3: {
    buckets: request(OfAwsAccount.extend({ cursor: z.string().nullable() }), S3BucketPage),
    /** What is in a folder, of which the names begin with `nameStart`. */
    list: request(
      OfS3Bucket.extend({
        folder: S3Folder,
        nameStart: z.string().max(1024),
        cursor: z.string().nullable(),
      }),
      S3Page,
    ),
    /** How many objects `delete` would delete, counted no further than `most`. */
    count: request(OfS3Keys.extend({ most: z.number().int().positive() }), z.number().int()),
    /** Deletes for good, where the bucket keeps no versions. */
    delete: request(OfS3Keys, z.void()),
    /**
     * Copies an address by which whoever has it gets the object for so long; at most the seven days that S3 allows. It
     * works as a password does, so the window never has it.
     */
    copyLink: request(
      OfS3Bucket.extend({ key: S3Key, forSeconds: z.number().int().min(60).max(604_800) }),
      z.void(),
    ),
    /** The head of an object. */
    preview: request(OfS3Bucket.extend({ key: S3Key }), S3Preview),
    transfers: request(z.void(), S3TransferList),
    /** Lets the user pick what to upload; null when they cancel. */
    chooseUpload: request(
      z.strictObject({ kind: z.enum(['files', 'folder']) }),
      z.array(z.string()).readonly().nullable(),
    ),
    /** Sends files, and folders with all that is in them; `s3-would-replace` unless `replaces`. */
    upload: request(
      OfS3Bucket.extend({
        folder: S3Folder,
        paths: z.array(z.string().min(1)).min(1).max(10_000).readonly(),
        replaces: z.boolean(),
      }),
      z.void(),
    ),
    /** Asks where to, then gets them; `folder` is where they are chosen. */
    download: request(OfS3Keys.extend({ folder: S3Folder }), z.void()),
    pause: request(OfS3Transfer, z.void()),
    /** Goes on with one that was paused, cut off or has failed. */
    resume: request(OfS3Transfer, z.void()),
    /** Takes one off the list; one that is not finished ends. */
    remove: request(OfS3Transfer, z.void()),
    /** Of a finished download. */
    showInFolder: request(OfS3Transfer, z.void()),
    transfersChanged: event(S3TransferList),
  },
  /** The steps of EMR clusters: those of one cluster at a time, watched while somebody looks. */
  emrSteps: {
    list: request(z.void(), EmrStepsSnapshot),
    /** The cluster whose steps the user has before their eyes from now on. */
    look: request(OfCluster.nullable(), z.void()),
    refresh: request(z.void(), z.void()),
    /** Asks the user for files of this computer; no others can be uploaded. None when they cancel. */
    chooseFiles: request(z.void(), z.array(LocalFile).readonly()),
    /** Uploads the step's files, with progress in the snapshots, then adds it; answers with its id. */
    add: request(OfCluster.extend({ draft: EmrStepDraft }), z.string()),
    cancelUpload: request(z.void(), z.void()),
    cancel: request(OfCluster.extend({ stepId: EmrStepId }), z.void()),
    /** The end of what a step wrote, from S3 or a primary node that is connected. */
    log: request(OfCluster.extend({ stepId: EmrStepId, kind: EmrLogKind }), EmrStepLog),
    /** The same from the primary node, which is connected to if needed. */
    nodeLog: request(OfCluster.extend({ stepId: EmrStepId, kind: EmrLogKind }), EmrStepLog),
    changed: event(EmrStepsSnapshot),
  },
  /** The files on the primary node of one EMR cluster at a time, which would end with it. */
  emrNodeFiles: {
    get: request(z.void(), NodeFilesSnapshot),
    /** Connects if needed and looks at the disk; what comes of it is in the snapshots. */
    look: request(OfCluster, z.void()),
    /** Asks for a folder of this computer, then copies files that were found; progress is in the snapshots. */
    copy: request(
      z.strictObject({ paths: z.array(z.string()).min(1).max(mostNodeFiles).readonly() }),
      NodeCopyOutcome,
    ),
    cancelCopy: request(z.void(), z.void()),
    leave: request(z.void(), z.void()),
    changed: event(NodeFilesSnapshot),
  },
  /** The primary nodes of EMR clusters, and what AWS shows of clusters that have ended. */
  emrNodes: {
    node: request(OfCluster, EmrPrimaryNode),
    /** Makes or changes the saved machine that leads to the node; answers with its id. */
    bind: request(OfCluster.extend({ way: EmrNodeWay }), MachineId),
    /** In the system's browser; resolves once it was opened. */
    openPersistent: request(OfCluster.extend({ ui: PersistentUi }), z.void()),
  },
  /** Metrics and alarms of CloudWatch. */
  metrics: {
    /** What a service has told CloudWatch about in the last two weeks. */
    resources: request(
      OfAwsAccount.extend({ source: z.enum(metricSources) }),
      z.array(MetricResource).readonly(),
    ),
    /** The values of a metric in the window of that length that ends now. */
    read: request(
      OfAwsAccount.extend({
        metric: MetricName,
        resourceIds: z.array(MetricResource.shape.id).min(1).max(mostCompared).readonly(),
        range: z.enum(metricRanges),
      }),
      MetricReading,
    ),
    /** Writes a chart where the user says; false when they cancel. */
    save: request(
      z.strictObject({
        name: z.string().regex(/^[\w-]{1,100}\.(csv|png)$/),
        file: z.discriminatedUnion('kind', [
          z.strictObject({ kind: z.literal('csv'), text: z.string().max(10_000_000) }),
          z.strictObject({ kind: z.literal('png'), base64: z.base64().max(20_000_000) }),
        ]),
      }),
      z.boolean(),
    ),
    alarms: request(z.void(), AlarmsSnapshot),
    /** The account whose alarms the user has before their eyes from now on; null: none. */
    lookAtAlarms: request(z.strictObject({ accountId: AwsAccountId.nullable() }), z.void()),
    refreshAlarms: request(z.void(), z.void()),
    /** Creates an alarm, or replaces the one of its name. */
    createAlarm: request(OfAwsAccount.extend({ alarm: AlarmDraft }), z.void()),
    deleteAlarm: request(OfAwsAccount.extend({ name: AlarmName }), z.void()),
    /** Whether the user is told when an alarm of the account changes. */
    setAlarmsTold: request(OfAwsAccount.extend({ isTold: z.boolean() }), z.void()),
    alarmsChanged: event(AlarmsSnapshot),
  },
  diagnosis: {
    /** What is or was found out in this run of Nuvem. */
    list: request(z.void(), z.array(DiagnosisSnapshot).readonly()),
    /** Looks at the whole way into a machine, step by step; begins anew if it is at it. */
    start: request(OfMachine, z.void()),
    /** Signs in by password to look at the files by which keys sign in. */
    lookInside: request(OfMachine, z.void()),
    stop: request(OfMachine, z.void()),
    answer: request(PromptAnswer, z.void()),
    /** Lets only the owner read the key file of a server on the way. */
    mendKeyFile: request(OfMachine.extend({ hop: z.number().int().min(0) }), z.void()),
    changed: event(DiagnosisSnapshot),
  },
  demo: {
    get: request(z.void(), DemoSnapshot),
    /** Prepares the demo machine, connects to it and opens its notebook. */
    start: request(z.void(), z.void()),
    cancel: request(z.void(), z.void()),
    changed: event(DemoSnapshot),
  },
});

export type AppContract = typeof contract;
