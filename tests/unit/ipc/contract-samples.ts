import type { z } from 'zod';
import type { AppContract } from '../../../shared/contract/contract';
import type { RequestEntry } from '../../../shared/contract/define-contract';
import { usualTemplate } from '../../../shared/model/emr-template';
import { type MachineId, usualAgent } from '../../../shared/model/machine';
import { shortcut } from '../../../shared/model/shortcut';

type SampleOf<Entry> =
  Entry extends RequestEntry<infer Input, infer Output>
    ? { readonly input: z.input<Input>; readonly output: z.input<Output> }
    : Entry extends { readonly kind: 'event'; readonly payload: infer Payload extends z.ZodType }
      ? { readonly payload: z.input<Payload> }
      : never;

type Samples = {
  readonly [Group in keyof AppContract]: {
    readonly [Name in keyof AppContract[Group]]: SampleOf<AppContract[Group][Name]>;
  };
};

const id = '6f9619ff-8b86-4d01-b42d-00cf4fc964ff';
const machineId = id as MachineId;
const ofBucket = { accountId: id, bucket: 'lab-bucket' };
const s3Bucket = { name: 'lab-bucket', region: 'us-east-1', createdAtMs: 0 };
const s3Entries = [
  { kind: 'folder', key: 'data/' },
  { kind: 'object', key: 'a.csv', sizeBytes: 1, modifiedAtMs: null, storageClass: 'STANDARD' },
] as const;
const s3Transfers = {
  revision: 1,
  transfers: [
    {
      id,
      direction: 'upload',
      accountId: id,
      bucket: 'lab-bucket',
      folder: '',
      name: 'a.csv',
      chosenCount: 1,
      path: '/home/ana/a.csv',
      fileCount: 1,
      doneCount: 0,
      totalBytes: 10,
      doneBytes: 5,
      state: { kind: 'paused' },
    },
  ],
} as const;
const ofMachine = { machineId: id };
const ofKernel = { machineId: id, serverId: 'nuvem-1', kernelId: 'kernel-1' } as const;
const ofServer = { machineId: id, serverId: 'nuvem-1' };
const idle = {
  machineId: id,
  revision: 1,
  servers: [
    {
      serverId: 'nuvem-1',
      policy: { kind: 'stop' as const, afterHours: 4 },
      countedBy: 'machine' as const,
      idleSinceMs: 5,
      stopsAtMs: 14_400_005,
    },
  ],
};
const kernels = {
  machineId: id,
  revision: 2,
  servers: [
    {
      serverId: 'nuvem-1',
      watch: { kind: 'watching', by: 'asking' },
      seenAtMs: 6,
      kernels: [
        {
          id: 'kernel-1',
          name: 'python3',
          displayName: 'Python 3 (ipykernel)',
          state: 'busy',
          lastActivityMs: 5,
          busySinceMs: 4,
          connections: 1,
          sessions: [{ id: 'session-1', type: 'notebook', path: 'work/train.ipynb', name: 'train.ipynb' }],
        },
      ],
    },
  ],
} as const;
const emr = {
  revision: 3,
  accountId: id,
  clusters: [{ id: 'j-1', name: 'Nightly', state: 'WAITING', reason: '', createdAtMs: 5, endedAtMs: null }],
  isLoading: false,
  isWhole: true,
  atMs: 6,
  error: null,
  detail: null,
} as const;
const emrSteps = {
  revision: 3,
  of: { accountId: id, clusterId: 'j-1' },
  steps: [],
  isCut: false,
  isLoading: false,
  atMs: 6,
  error: null,
  upload: { name: 'train.py', sentBytes: 1, totalBytes: 2 },
} as const;
const nodeFiles = {
  revision: 3,
  of: { accountId: id, clusterId: 'j-1' },
  state: {
    kind: 'found',
    files: [{ path: '/home/hadoop/a.ipynb', sizeBytes: 1, modifiedAtMs: 2 }],
    unread: [],
    isCut: false,
    folder: null,
    copied: [],
    missing: [],
  },
} as const;
const ofCluster = { accountId: id, clusterId: 'j-1' } as const;
const stepDraft = {
  name: 'Training',
  onFailure: 'CONTINUE',
  jar: 'command-runner.jar',
  mainClass: '',
  args: ['spark-submit', 's3://bucket/train.py'],
  uploads: [{ path: '/home/ana/train.py', uri: 's3://bucket/train.py' }],
} as const;
const metricAlarm = {
  name: 'Idle',
  state: 'ALARM',
  reason: 'Threshold crossed',
  sinceMs: 5,
  metric: 'IsIdle',
  dimensions: 'JobFlowId=j-1',
  statistic: 'Average',
  comparison: 'GreaterThanOrEqualToThreshold',
  threshold: 1,
  periodSeconds: 300,
  evaluationPeriods: 12,
  actions: [],
} as const;
const alarms = {
  revision: 4,
  accountId: id,
  alarms: [metricAlarm],
  isLoading: false,
  atMs: 6,
  error: null,
  isTold: true,
} as const;
const metricReading = {
  metric: 'IsIdle',
  ...{ fromMs: 0, untilMs: 600_000, periodMs: 300_000 },
  series: [{ resourceId: 'j-1', points: [{ atMs: 0, value: 1 }] }],
} as const;
const ec2 = {
  revision: 3,
  accountId: id,
  instances: [
    {
      id: 'i-0123456789abcdef0',
      name: 'GPU',
      state: 'running',
      reason: '',
      instanceType: 'g5.xlarge',
      platform: 'Linux/UNIX',
      zone: 'us-east-1a',
      publicAddress: '203.0.113.7',
      privateAddress: '10.0.0.7',
      keyPair: 'ana',
      isSpot: false,
      isInstanceStore: false,
      autoScalingGroup: '',
      launchedAtMs: 5,
      tags: [{ key: 'team', value: 'vision' }],
    },
  ],
  prices: [{ instanceType: 'g5.xlarge', usdPerHour: 1.006, source: 'list', asOf: '2026-03-04' }],
  isLoading: false,
  isWhole: true,
  atMs: 6,
  error: null,
} as const;
const costs = {
  revision: 1,
  items: [
    {
      kind: 'cluster',
      accountId: id,
      id: 'j-2AXXXXXXGAPLF',
      name: 'Nightly',
      machineIds: [id],
      isCounted: true,
      startedAtMs: 1,
      atMs: 2,
      usdSoFar: 0.5,
      usdPerHour: 0.24,
      unpricedCount: 0,
      isAtMost: false,
      source: 'table',
      asOf: '2025-01-15',
      shares: [
        {
          instanceType: 'm5.xlarge',
          isSpot: false,
          count: 1,
          usdPerHour: 0.192,
          surchargeUsdPerHour: 0.048,
        },
      ],
    },
  ],
} as const;
const ofAwsAccount = { accountId: id } as const;
const awsAccount = {
  id,
  name: 'Research',
  profile: 'research',
  region: 'us-east-1',
  endpoint: 'http://127.0.0.1:5000',
} as const;
const awsAccounts = {
  revision: 1,
  accounts: [
    { account: awsAccount, signIn: { kind: 'awaitingCode', promptId: id, device: 'arn:aws:iam::1:mfa/ana' } },
  ],
} as const;
const draft = {
  id: null,
  name: 'Training',
  route: { host: 'gpu.example.org', port: 22, user: 'ana', jumps: [], proxy: null },
  instance: {
    accountId: id,
    instanceId: 'i-0123456789abcdef0',
    address: 'private',
    ifStopped: 'ask',
    sessionManager: 'fallback',
    pushesKey: true,
  },
  identity: { kind: 'agent', socketPath: '~/.1password/agent.sock', pinnedKey: null },
  forwardsAgent: false,
  allowsOldAlgorithms: false,
  workingFolder: '~/work',
  notebook: { kind: 'auto' },
  idlePolicy: { kind: 'nothing' },
  keepsCookies: false,
  groupId: id,
  tags: ['gpu'],
  isFavourite: true,
  colour: 'blue',
  inherits: ['user'],
} as const;
const groupSettings = { user: 'ana', proxy: null, identity: usualAgent } as const;
const groupDraft = { id: null, name: 'Lab', parentId: null, colour: null, settings: groupSettings } as const;
const tunnelDraft = {
  id: null,
  name: 'Spark',
  forward: {
    kind: 'local',
    listen: { kind: 'tcp', address: '127.0.0.1', port: 4040 },
    target: { kind: 'tcp', host: 'localhost', port: 4040 },
  },
  isExposed: false,
  startsWith: 'connection',
  whileAway: 'wait',
} as const;
const tunnel = { ...tunnelDraft, id, isOn: true } as const;
const machine = { ...draft, id, isDemo: false, tunnels: [tunnel] } as const;
const activity = {
  openConnections: 1,
  waitingConnections: 0,
  bytesUp: 12,
  bytesDown: 1200,
  bytesUpPerSecond: 0,
  bytesDownPerSecond: 600,
  lastError: null,
} as const;
const ofTunnel = { machineId: id, tunnelId: id };
const tunnels = {
  machineId: id,
  revision: 1,
  tunnels: [{ tunnelId: id, state: { kind: 'active', sinceMs: 5 }, activity }],
  isLooking: false,
  ports: [{ port: 4040, host: '127.0.0.1', process: 'java' }],
} as const;
const settings = {
  language: 'system',
  theme: 'dark',
  closesToTray: true,
  restoresTabs: true,
  startsAtLogin: true,
  startsHidden: false,
  longRunSeconds: 60,
  checksForUpdates: true,
  shortcuts: { print: shortcut('Mod+Alt+P', 'other'), zoomIn: null },
} as const;
const settingsSnapshot = {
  revision: 1,
  settings,
  language: 'pt-BR',
  isGlobalShortcutRefused: false,
} as const;
const update = { revision: 2, state: { kind: 'downloading', version: '1.2.3', part: 0.5 } } as const;
const notice = {
  noticeId: id,
  level: 'info',
  code: 'popup-blocked',
  params: { host: 'example.org' },
} as const;
const group = { ...groupDraft, id };
const list = { revision: 1, machines: [machine], groups: [group], defaults: {} };
const ofMachines = { machineIds: [id] };
const ofGroup = { groupId: id };
const connection = { machineId: id, revision: 3, state: { kind: 'ready', sinceMs: 12 } } as const;
const entry = { sequence: 1, atMs: 5, level: 'info', code: 'ready', params: {} } as const;
const server = {
  id: 'nuvem-1',
  origin: 'nuvem',
  interface: 'lab',
  version: '2.14.1',
  folder: '/home/ana',
  address: 'port 8888',
  detachedBy: 'tmux',
  startedAtMs: null,
  canOpen: true,
  keeping: { kind: 'kept', isRestored: true },
} as const;
const notebook = { machineId: id, revision: 1, activity: { kind: 'idle' }, servers: [server] } as const;
const ofJob = { machineId: id, id: '0123456789ab' };
const slurmRequest = {
  minutes: 90,
  partition: 'gpu',
  cpus: 4,
  memory: '8G',
  gpus: 'a100:1',
  account: '',
  qos: '',
  extra: ['--constraint=skylake'],
};
const slurm = {
  machineId: id,
  revision: 1,
  isLooking: false,
  cluster: {
    kind: 'there',
    partitions: [
      {
        name: 'gpu',
        isDefault: true,
        isUp: true,
        timeLimit: '1:00:00',
        nodes: 4,
        idleNodes: 1,
        resources: '',
      },
    ],
  },
  jobs: [
    {
      id: '0123456789ab',
      number: '17',
      partition: 'gpu',
      folder: '/home/ana',
      submittedAtMs: 5,
      state: { kind: 'pending', reason: 'Resources', startsAtMs: null },
    },
  ],
} as const;
const meterSample = {
  atMs: 5,
  cpu: { busyShare: 0.5, coreCount: 8, isLimited: false },
  memory: { usedBytes: 12, totalBytes: 64, isLimited: false },
  swap: null,
  load: [0.5, 0.4, 0.3] as [number, number, number],
  disks: [{ path: '/', usedBytes: 12, availableBytes: 88 }],
  gpus: [
    {
      index: 0,
      name: 'NVIDIA T4',
      busyShare: null,
      memory: { usedBytes: 1, totalBytes: 16 },
      temperatureCelsius: 51,
    },
  ],
  kernels: [{ kernelId: 'k1', memoryBytes: 12 }],
};
const meter = {
  machineId: id,
  revision: 1,
  state: { kind: 'measuring' as const, sample: meterSample },
};
const tab = {
  id,
  machineId: id,
  serverId: 'nuvem-1',
  title: 'JupyterLab',
  url: 'http://localhost:8888/lab',
  address: 'http://localhost:8888/lab/tree/a.ipynb',
  partition: `machine-${id}`,
  hindrance: {
    kind: 'certificate',
    host: 'localhost:9443',
    fingerprint: 'sha256/x',
    issuer: 'EMR',
    validUntilMs: 1,
    isChanged: false,
  },
} as const;
const doorList = {
  revision: 1,
  doors: [
    {
      id,
      machineId: id,
      host: 'localhost:8888',
      title: 'JupyterLab',
      origin: 'http://nuvem-1f2e3d4c.localhost:23456',
      browserCount: 1,
    },
  ],
};
const ofDownload = { downloadId: id };
const downloadList = {
  revision: 1,
  downloads: [
    {
      id,
      machineId: id,
      name: 'model.bin',
      path: '/home/ana/Downloads/model.bin',
      receivedBytes: 5,
      totalBytes: 10,
      canContinue: true,
      state: { kind: 'running' as const, bytesPerSecond: 2 },
    },
  ],
};
const tabList = { revision: 1, tabs: [tab], activeTabId: id, canReopen: false };
const webApps = {
  machineId: id,
  revision: 1,
  isLooking: false,
  apps: [{ port: 6006, host: '127.0.0.1', process: 'tensorboard', scheme: 'http', title: 'TensorBoard' }],
} as const;
const demo = { revision: 1, state: { kind: 'ready', machineId: id } } as const;

const keys = {
  folder: '/home/ana/.ssh',
  keys: [
    {
      name: 'id_rsa',
      path: '/home/ana/.ssh/id_rsa',
      container: 'pem',
      state: 'usable',
      isEncrypted: true,
      publicHalf: null,
      comment: '',
      isOpenToOthers: false,
      machineIds: [id],
    },
  ],
} as const;
const trustedHosts = {
  path: '/home/ana/.ssh/known_hosts',
  hosts: [
    {
      id: '0'.repeat(64),
      names: ['gpu.example.org'],
      marker: 'none',
      keyType: 'ssh-ed25519',
      fingerprint: 'SHA256:uNiVztksCsDhcc0u9e8BrfiXOj3Zi4g3hSNAAgKAnMw',
      comment: '',
      machineIds: [id],
      firstSeenMs: 1_790_000_000_000,
    },
  ],
} as const;

const place = { kind: 'putty', location: '/home/ana/.putty' } as const;
const { id: _, groupId: __, ...imported } = draft;
const preview = {
  id,
  plan: {
    source: place,
    items: [{ key: 'session:a', machine: imported, groupPath: ['Team'], tunnels: [], remarks: [] }],
    groups: [],
    hostKeys: [],
    remarks: [{ code: 'entry-not-ssh', params: { name: 'b', type: 'telnet' }, line: 3 }],
  },
} as const;

const accessList = {
  machineId: id,
  path: '/home/ana/.ssh/authorized_keys',
  entries: [{ kind: 'notUnderstood', id: 'a-0', text: 'garbage' }],
  warnings: [{ kind: 'openToOthers', path: '/home/ana', permissions: 'drwxrwxr-x' }],
} as const;

const openedNotebooks = {
  revision: 1,
  notebooks: [{ machineId: id, path: '/home/ana/a.ipynb', openedAtMs: 1_700_000_000_000 }],
} as const;
const environments = {
  machineId,
  revision: 1,
  search: { kind: 'idle' },
  found: {
    environments: [
      {
        kind: 'conda',
        name: 'ml',
        path: '/home/ana/miniforge3/envs/ml',
        python: '/home/ana/miniforge3/envs/ml/bin/python3',
        pythonVersion: '3.12.4',
        jupyterLabVersion: '4.2.5',
        notebookVersion: '',
        ipykernelVersion: '6.29.5',
        jupytextVersion: '',
        takesPackages: true,
        hasPip: true,
        makesEnvironments: true,
        isOurs: false,
      },
    ],
    modules: ['python/3.11'],
    kernels: [
      {
        name: 'ml',
        displayName: 'ml (conda)',
        folder: '/home/ana/.local/share/jupyter/kernels/ml',
        interpreter: '/home/ana/miniforge3/envs/ml/bin/python3',
        isBroken: false,
        isRemovable: true,
      },
    ],
    made: [
      {
        id: '0123456789ab',
        recipe: { kind: 'newEnvironment' },
        place: '/home/ana/venv',
        end: 'done',
        startedAtMs: 1_700_000_000_000,
      },
    ],
    uv: '/home/ana/.local/bin/uv',
    environmentsFolder: '/home/ana/.local/share/nuvem/environments',
    kernelsFolder: '/home/ana/.local/share/jupyter/kernels',
    isComplete: true,
  },
} as const;

const recipe = {
  machineId,
  revision: 3,
  state: { kind: 'running', recipe: { kind: 'newEnvironment' }, lines: ['Collecting jupyterlab'] },
} as const;

const diagnosis = {
  machineId,
  revision: 2,
  state: { kind: 'finished', verdict: 'trouble', atMs: 5 },
  hops: ['Training'],
  steps: [
    {
      id: '0/reach',
      kind: 'reach',
      hop: 0,
      method: null,
      state: {
        kind: 'failed',
        elapsedMs: 20,
        finding: {
          code: 'port-refused',
          params: { host: 'gpu.example.org', port: 22 },
          quotes: [],
          commands: [],
        },
      },
      entries: [entry],
    },
  ],
} as const;

const unitId = '0123456789ab';
const units = {
  machineId: id,
  revision: 1,
  activity: { kind: 'acting', unitId },
  found: {
    ways: { user: 'ready', lingering: 'off', system: 'password' },
    units: [
      {
        id: unitId,
        scope: 'user',
        name: `nuvem-notebook-${unitId}.service`,
        folder: '/home/ana',
        state: 'failed',
        result: 'start-limit-hit',
        restarts: 9,
        isEnabled: true,
      },
    ],
  },
} as const;

/** One well-formed message for each entry of the contract. Does not compile when an entry has none. */
export const samples: Samples = {
  app: {
    info: {
      input: undefined,
      output: {
        version: '0.1.0',
        electronVersion: '33.2.1',
        platform: 'linux',
        userName: 'ana',
        canKeepSecrets: true,
        isWayland: false,
      },
    },
    hasTray: { input: undefined, output: false },
    notices: { input: undefined, output: [notice] },
    dismissNotice: { input: { noticeId: id }, output: undefined },
    noticePosted: { payload: notice },
    chooseKeyFile: { input: undefined, output: '/home/ana/.ssh/id_ed25519' },
    diagnostics: { input: undefined, output: 'Nuvem 0.1.0' },
    copyText: { input: { text: 'ssh -p 22' }, output: undefined },
    saveText: { input: { text: 'It fails here.' }, output: true },
    quit: { input: undefined, output: undefined },
    takeOfferedServer: { input: undefined, output: 'ssh://ana@gpu.example.com' },
    serverOffered: { payload: { address: 'ssh://ana@gpu.example.com' } },
    menuChosen: { payload: 'import' },
    act: { input: { action: 'print' }, output: undefined },
  },
  settings: {
    get: { input: undefined, output: settingsSnapshot },
    save: { input: settings, output: settingsSnapshot },
    changed: { payload: settingsSnapshot },
  },
  updates: {
    get: { input: undefined, output: update },
    check: { input: undefined, output: undefined },
    install: { input: undefined, output: undefined },
    cancel: { input: undefined, output: undefined },
    changed: { payload: update },
  },
  machines: {
    list: { input: undefined, output: list },
    save: { input: draft, output: machine },
    open: { input: { draft, setsIdentity: true }, output: { ...machine, isUnsaved: true } },
    keep: { input: { ...draft, id }, output: machine },
    duplicate: { input: ofMachine, output: machine },
    remove: { input: ofMachines, output: undefined },
    restore: { input: ofMachines, output: undefined },
    mark: { input: { ...ofMachines, marks: { colour: 'red', addedTags: ['a b'] } }, output: undefined },
    move: { input: { ...ofMachines, groupId: null, before: id }, output: undefined },
    saveDefaults: { input: groupSettings, output: undefined },
    changed: {
      payload: { revision: 2, machines: [machine], order: [id], groups: null, defaults: groupSettings },
    },
    recent: { input: undefined, output: { revision: 1, machineIds: [id] } },
    recentChanged: { payload: { revision: 1, machineIds: [id] } },
  },
  groups: {
    save: { input: groupDraft, output: group },
    move: { input: { ...ofGroup, parentId: null, before: id }, output: undefined },
    remove: { input: ofGroup, output: undefined },
    restore: { input: ofGroup, output: undefined },
  },
  imports: {
    places: { input: undefined, output: [place] },
    openPlace: { input: place, output: preview },
    chooseFile: { input: undefined, output: null },
    openFile: { input: { name: 'a.reg', content: new Uint8Array([1]) }, output: preview },
    takeOffered: { input: undefined, output: { kind: 'preview', preview } },
    offered: {
      payload: {
        kind: 'failed',
        error: { code: 'import-file-unknown', params: { path: '/x' }, details: [] },
      },
    },
    apply: {
      input: {
        previewId: id,
        choices: [{ key: 'session:a', replaces: null }],
        trustsHostKeys: false,
        takesDefaults: true,
      },
      output: {
        previewId: id,
        addedIds: [id],
        replacedIds: [],
        trustedHostKeys: 0,
        refusedHostKeys: [],
      },
    },
    undo: { input: { previewId: id }, output: undefined },
  },
  exports: {
    save: {
      input: { format: 'yaml', machineIds: null },
      output: { path: '/home/ana/machines.yaml', machineCount: 1 },
    },
  },
  connections: {
    list: { input: undefined, output: [connection] },
    connect: { input: ofMachine, output: undefined },
    disconnect: { input: ofMachine, output: undefined },
    retryNow: { input: ofMachine, output: undefined },
    setPaused: { input: { isPaused: true }, output: undefined },
    reconnecting: { input: undefined, output: { revision: 1, isPaused: true } },
    reconnectingChanged: { payload: { revision: 2, isPaused: false } },
    replaceHostKey: { input: { machineId: id, typed: 'kYxA3d' }, output: undefined },
    answer: { input: { kind: 'hostKey', promptId: id, isAccepted: true }, output: undefined },
    confirmCommand: { input: ofMachine, output: undefined },
    changed: { payload: connection },
    log: { input: ofMachine, output: [entry] },
    logged: { payload: { machineId, entries: [entry] } },
  },
  keys: {
    list: { input: undefined, output: keys },
    mend: { input: { name: 'id_rsa' }, output: keys },
    generate: {
      input: { kind: 'ed25519', name: 'id_ed25519', comment: '', passphrase: '' },
      output: keys,
    },
    changePassphrase: {
      input: { name: 'id_rsa', oldPassphrase: 'one', newPassphrase: 'two' },
      output: keys,
    },
    chooseForeign: {
      input: undefined,
      output: {
        ...{ path: '/home/ana/a.ppk', container: 'putty', isEncrypted: true, publicHalf: null, comment: '' },
      },
    },
    importKey: {
      input: { path: '/home/ana/a.ppk', name: 'a', passphrase: 'one', newPassphrase: 'one' },
      output: keys,
    },
    savePublic: { input: { name: 'id_rsa' }, output: '/home/ana/id_rsa.pub' },
  },
  agents: {
    keys: {
      input: { socketPath: '' },
      output: {
        socketPath: '/run/agent.sock',
        keys: [
          {
            line: 'ssh-ed25519 AAAA',
            keyType: 'ssh-ed25519',
            fingerprint: 'SHA256:x',
            comment: 'ana@laptop',
          },
        ],
      },
    },
  },
  access: {
    list: { input: ofMachine, output: accessList },
    inspect: {
      input: { text: 'ssh-ed25519 AAAA ana' },
      output: [{ keyType: 'ssh-ed25519', bits: 256, fingerprint: 'SHA256:x', name: 'ana', options: '' }],
    },
    chooseFile: { input: undefined, output: null },
    add: { input: { ...ofMachine, text: 'ssh-ed25519 AAAA', name: 'Ana' }, output: accessList },
    remove: { input: { ...ofMachine, entryId: 'a-0', isConfirmed: false }, output: accessList },
    mend: { input: ofMachine, output: accessList },
    install: {
      input: { ...ofMachine, keyName: 'id_ed25519', passphrase: '' },
      output: { addedEntryId: 'a-0', mended: [], proof: { kind: 'proven', alsoWanted: '' } },
    },
  },
  trust: {
    list: { input: undefined, output: trustedHosts },
    forget: { input: { ids: ['0'.repeat(64)] }, output: trustedHosts },
  },
  notebooks: {
    list: { input: undefined, output: [notebook] },
    find: { input: ofMachine, output: undefined },
    openOrStart: { input: { ...ofMachine, folder: '~/work' }, output: undefined },
    start: { input: ofMachine, output: undefined },
    cancelStart: { input: ofMachine, output: undefined },
    open: { input: { machineId: id, serverId: 'nuvem-1' }, output: undefined },
    signIn: {
      input: { machineId: id, serverId: 'found-7', secret: 'open sesame', isRemembered: true },
      output: undefined,
    },
    openAddress: {
      input: {
        machineId: id,
        address: { host: '127.0.0.1', port: 8888, isTls: false, baseUrl: '/' },
        secret: '',
      },
      output: undefined,
    },
    stop: { input: { machineId: id, serverId: 'nuvem-1' }, output: undefined },
    changed: { payload: notebook },
  },
  slurm: {
    list: { input: undefined, output: [slurm] },
    look: { input: ofMachine, output: undefined },
    plan: {
      input: { ...ofMachine, request: slurmRequest },
      output: { id: '0123456789ab', script: '#!/bin/sh', command: 'sbatch job.sh' },
    },
    submit: { input: { ...ofJob, request: slurmRequest }, output: undefined },
    cancel: { input: ofJob, output: undefined },
    forget: { input: ofJob, output: undefined },
    log: { input: ofJob, output: ['a line'] },
    changed: { payload: slurm },
  },
  kernels: {
    list: { input: undefined, output: [kernels] },
    interrupt: { input: ofKernel, output: undefined },
    restart: { input: ofKernel, output: undefined },
    shutDown: { input: ofKernel, output: undefined },
    changed: { payload: kernels },
  },
  idle: {
    list: { input: undefined, output: [idle] },
    set: { input: { ...ofServer, policy: { kind: 'stop', afterHours: 4 } }, output: undefined },
    keep: { input: ofServer, output: undefined },
    changed: { payload: idle },
  },
  notebookHome: {
    look: {
      input: { machineId: id, serverId: 'nuvem-1' },
      output: {
        recent: [{ path: 'a/train.ipynb', modifiedMs: 5 }],
        isWhole: true,
        specs: [{ name: 'python3', displayName: 'Python 3' }],
      },
    },
    openFile: { input: { machineId: id, serverId: 'nuvem-1', path: 'a.ipynb' }, output: undefined },
    showFile: { input: { machineId: id, serverId: 'nuvem-1', path: 'a.ipynb' }, output: undefined },
    completePath: { input: { machineId: id, serverId: 'nuvem-1', path: '~/a' }, output: ['~/a.py', '~/ab/'] },
    openPath: { input: { machineId: id, serverId: 'nuvem-1', path: '~/a.py' }, output: undefined },
    create: { input: { machineId: id, serverId: 'nuvem-1', kernelName: 'python3' }, output: undefined },
  },
  openedNotebooks: {
    list: { input: undefined, output: openedNotebooks },
    forget: { input: { machineId: id, path: '/home/ana/a.ipynb' }, output: undefined },
    changed: { payload: openedNotebooks },
  },
  meters: {
    list: { input: undefined, output: [meter] },
    look: { input: ofMachines, output: undefined },
    changed: { payload: meter },
  },
  environments: {
    list: { input: undefined, output: [environments] },
    find: { input: ofMachine, output: undefined },
    removeKernel: {
      input: { ...ofMachine, folder: '/home/ana/.local/share/jupyter/kernels/ml' },
      output: undefined,
    },
    changed: { payload: environments },
  },
  recipes: {
    list: { input: undefined, output: [recipe] },
    plan: {
      input: { ...ofMachine, recipe: { kind: 'newEnvironment' } },
      output: { commands: ['python3 -m venv /home/ana/venv'], place: '/home/ana/venv' },
    },
    run: { input: { ...ofMachine, recipe: { kind: 'registerKernel', path: '/opt/env' } }, output: undefined },
    cancel: { input: ofMachine, output: undefined },
    undo: { input: { ...ofMachine, id: '0123456789ab' }, output: undefined },
    changed: { payload: recipe },
  },
  units: {
    list: { input: undefined, output: [units] },
    look: { input: ofMachine, output: undefined },
    plan: {
      input: { machineId: id, folder: '~/work', scope: 'system' },
      output: {
        id: unitId,
        path: '/etc/systemd/system/nuvem-notebook-0123456789ab.service',
        text: '[Unit]\n',
        commands: ['systemctl daemon-reload'],
        lingerCommand: 'loginctl enable-linger ana',
      },
    },
    create: {
      input: {
        machineId: id,
        folder: '~/work',
        scope: 'user',
        id: unitId,
        text: '[Unit]\n',
        turnsLingeringOn: true,
        password: '',
      },
      output: undefined,
    },
    act: { input: { machineId: id, unitId, action: 'restart', password: 'secret' }, output: undefined },
    turnLingeringOn: { input: { machineId: id, password: '' }, output: undefined },
    followJournal: { input: { machineId: id, unitId: null }, output: undefined },
    changed: { payload: units },
    journal: { payload: { machineId: id, unitId, lines: ['Started'], isFirst: true } },
  },
  tabs: {
    list: { input: undefined, output: tabList },
    activate: { input: { tabId: null }, output: undefined },
    close: { input: { tabId: id }, output: undefined },
    closeOthers: { input: { tabId: id }, output: undefined },
    reopenClosed: { input: undefined, output: undefined },
    duplicate: { input: { tabId: id }, output: undefined },
    move: { input: { tabId: id, before: null }, output: undefined },
    wake: { input: { tabId: id }, output: undefined },
    go: { input: { tabId: id, address: 'http://localhost:8501/' }, output: undefined },
    waitFor: { input: { tabId: id }, output: undefined },
    reload: { input: { tabId: id }, output: undefined },
    trustCertificate: { input: { tabId: id, fingerprint: 'sha256/x' }, output: undefined },
    changed: { payload: tabList },
  },
  browserDoors: {
    list: { input: undefined, output: doorList },
    open: { input: { tabId: id }, output: undefined },
    openAgain: { input: { doorId: id }, output: undefined },
    close: { input: { doorId: id }, output: undefined },
    changed: { payload: doorList },
  },
  downloads: {
    list: { input: undefined, output: downloadList },
    pause: { input: ofDownload, output: undefined },
    resume: { input: ofDownload, output: undefined },
    remove: { input: ofDownload, output: undefined },
    open: { input: ofDownload, output: undefined },
    showInFolder: { input: ofDownload, output: undefined },
    changed: { payload: downloadList },
  },
  webApps: {
    list: { input: undefined, output: [webApps] },
    look: { input: ofMachine, output: undefined },
    open: {
      input: { machineId: id, address: 'http://localhost:6006/', title: 'TensorBoard' },
      output: undefined,
    },
    changed: { payload: webApps },
  },
  tunnels: {
    list: { input: undefined, output: [tunnels] },
    save: { input: { machineId: id, draft: tunnelDraft }, output: tunnel },
    remove: { input: ofTunnel, output: undefined },
    turn: { input: { ...ofTunnel, isOn: true }, output: undefined },
    look: { input: ofMachine, output: undefined },
    freePort: { input: { from: 4040 }, output: 4041 },
    openInBrowser: { input: ofTunnel, output: undefined },
    changed: { payload: tunnels },
    measured: { payload: { machineId: id, atMs: 5, tunnels: [{ tunnelId: id, activity }] } },
  },
  aws: {
    accounts: { input: undefined, output: awsAccounts },
    profiles: {
      input: undefined,
      output: [{ name: 'lab', kind: 'role', region: 'sa-east-1', isSignedInByBrowser: true }],
    },
    save: { input: { ...awsAccount, id: null }, output: awsAccount },
    remove: { input: ofAwsAccount, output: undefined },
    check: { input: ofAwsAccount, output: undefined },
    signIn: { input: ofAwsAccount, output: undefined },
    answerCode: { input: { ...ofAwsAccount, promptId: id, code: '012345' }, output: undefined },
    cancel: { input: ofAwsAccount, output: undefined },
    changed: { payload: awsAccounts },
  },
  s3: {
    buckets: { input: { accountId: id, cursor: null }, output: { buckets: [s3Bucket], cursor: 'next' } },
    list: {
      input: { ...ofBucket, folder: 'data/', nameStart: '', cursor: 'next' },
      output: { entries: s3Entries, cursor: null },
    },
    count: { input: { ...ofBucket, keys: ['data/'], most: 10_000 }, output: 12 },
    delete: { input: { ...ofBucket, keys: ['data/', 'a.csv'] }, output: undefined },
    copyLink: { input: { ...ofBucket, key: 'a.csv', forSeconds: 3600 }, output: undefined },
    preview: { input: { ...ofBucket, key: 'a.csv' }, output: { kind: 'binary' } },
    transfers: { input: undefined, output: s3Transfers },
    chooseUpload: { input: { kind: 'files' }, output: ['/home/ana/a.csv'] },
    upload: {
      input: { ...ofBucket, folder: '', paths: ['/home/ana/a.csv'], replaces: false },
      output: undefined,
    },
    download: { input: { ...ofBucket, folder: '', keys: ['a.csv'] }, output: undefined },
    pause: { input: { transferId: id }, output: undefined },
    resume: { input: { transferId: id }, output: undefined },
    remove: { input: { transferId: id }, output: undefined },
    showInFolder: { input: { transferId: id }, output: undefined },
    transfersChanged: { payload: s3Transfers },
  },
  ec2: {
    instances: { input: undefined, output: ec2 },
    look: { input: { accountId: null }, output: undefined },
    refresh: { input: undefined, output: undefined },
    order: {
      input: { accountId: id, instanceId: 'i-0123456789abcdef0', order: 'stop' },
      output: undefined,
    },
    changed: { payload: ec2 },
  },
  costs: {
    get: { input: undefined, output: costs },
    setCounted: {
      input: { accountId: id, clusterId: 'j-2AXXXXXXGAPLF', isCounted: true },
      output: undefined,
    },
    changed: { payload: costs },
  },
  emr: {
    clusters: { input: undefined, output: emr },
    look: { input: { accountId: id, clusterId: null }, output: undefined },
    refresh: { input: undefined, output: undefined },
    create: { input: { accountId: id, template: usualTemplate }, output: 'j-1' },
    templateOf: { input: { accountId: id, clusterId: 'j-1' }, output: usualTemplate },
    terminate: { input: { accountId: id, clusterId: 'j-1', liftsProtection: true }, output: undefined },
    templates: { input: undefined, output: [{ id, template: usualTemplate }] },
    saveTemplate: { input: usualTemplate, output: [{ id, template: usualTemplate }] },
    removeTemplate: { input: { templateId: id }, output: [{ id, template: usualTemplate }] },
    writeTemplate: { input: { template: usualTemplate, format: 'yaml' }, output: 'name: Nuvem' },
    readTemplate: { input: { text: 'name: Nuvem' }, output: usualTemplate },
    changed: { payload: emr },
  },
  emrSteps: {
    list: { input: undefined, output: emrSteps },
    look: { input: ofCluster, output: undefined },
    refresh: { input: undefined, output: undefined },
    chooseFiles: {
      input: undefined,
      output: [{ path: '/home/ana/train.py', name: 'train.py', sizeBytes: 5 }],
    },
    add: { input: { ...ofCluster, draft: stepDraft }, output: 's-1' },
    cancelUpload: { input: undefined, output: undefined },
    cancel: { input: { ...ofCluster, stepId: 's-1' }, output: undefined },
    log: {
      input: { ...ofCluster, stepId: 's-1', kind: 'stdout' },
      output: { kind: 'text', uri: 's3://logs/stdout.gz', text: 'done', isCut: false },
    },
    nodeLog: {
      input: { ...ofCluster, stepId: 's-1', kind: 'stdout' },
      output: { kind: 'onNode', machine: 'EMR', path: '/mnt/stdout', text: 'done', isCut: false },
    },
    changed: { payload: emrSteps },
  },
  emrNodeFiles: {
    get: { input: undefined, output: nodeFiles },
    look: { input: ofCluster, output: undefined },
    copy: { input: { paths: ['/home/hadoop/a.ipynb'] }, output: 'copied' },
    cancelCopy: { input: undefined, output: undefined },
    leave: { input: undefined, output: undefined },
    changed: { payload: nodeFiles },
  },
  emrNodes: {
    node: {
      input: ofCluster,
      output: {
        publicName: 'ec2-203-0-113-25.compute-1.amazonaws.com',
        privateName: '',
        keyPair: 'ana',
        machineId: id,
        keyPath: '',
      },
    },
    bind: {
      input: {
        ...ofCluster,
        way: { host: 'ip-10-0-0-1', port: 22, user: 'hadoop', keyPath: '~/.ssh/emr.pem', jumpId: null },
      },
      output: id,
    },
    openPersistent: { input: { ...ofCluster, ui: 'spark' }, output: undefined },
  },
  metrics: {
    resources: { input: { accountId: id, source: 'emr' }, output: [{ id: 'j-1', name: 'Nightly' }] },
    read: {
      input: { accountId: id, metric: 'IsIdle', resourceIds: ['j-1'], range: '3h' },
      output: metricReading,
    },
    save: { input: { name: 'IsIdle.csv', file: { kind: 'csv', text: 'time' } }, output: true },
    alarms: { input: undefined, output: alarms },
    lookAtAlarms: { input: { accountId: id }, output: undefined },
    refreshAlarms: { input: undefined, output: undefined },
    createAlarm: {
      input: {
        accountId: id,
        alarm: {
          name: 'Idle',
          metric: 'IsIdle',
          resourceId: 'j-1',
          comparison: 'GreaterThanOrEqualToThreshold',
          threshold: 1,
          evaluationPeriods: 12,
          topicArn: '',
        },
      },
      output: undefined,
    },
    deleteAlarm: { input: { accountId: id, name: 'Idle' }, output: undefined },
    setAlarmsTold: { input: { accountId: id, isTold: true }, output: undefined },
    alarmsChanged: { payload: alarms },
  },
  diagnosis: {
    list: { input: undefined, output: [diagnosis] },
    start: { input: ofMachine, output: undefined },
    lookInside: { input: ofMachine, output: undefined },
    stop: { input: ofMachine, output: undefined },
    answer: { input: { kind: 'cancel', promptId: id }, output: undefined },
    mendKeyFile: { input: { machineId: id, hop: 0 }, output: undefined },
    changed: { payload: diagnosis },
  },
  demo: {
    get: { input: undefined, output: demo },
    start: { input: undefined, output: undefined },
    cancel: { input: undefined, output: undefined },
    changed: { payload: demo },
  },
};
