import type { ErrorReport } from '../../shared/errors/app-error';
import type { AccessList, InstallReport, OfferedKey } from '../../shared/model/access';
import type { AgentKeyList } from '../../shared/model/agent-keys';
import type { Kernel, KernelId } from '../../shared/model/kernel';
import type { LogEntry } from '../../shared/model/log-entry';
import {
  directRoute,
  type GroupId,
  type Jump,
  type Machine,
  type MachineId,
} from '../../shared/model/machine';
import type { MachineGroup } from '../../shared/model/machine-group';
import type { NotebookServer, ServerId } from '../../shared/model/notebook';
import type { PromptId } from '../../shared/model/prompt';
import type { ForeignKey, SshKey } from '../../shared/model/ssh-key';
import type { TabId, WebTab } from '../../shared/model/tab';
import type { TrustedHost, TrustedHostId } from '../../shared/model/trusted-host';
import type { Tunnel, TunnelId } from '../../shared/model/tunnel';

/** A version 4 UUID that says which of its kind it is. */
export const uuid = <Id extends string>(index: number): Id =>
  `00000000-0000-4000-8000-${String(index).padStart(12, '0')}` as Id;

/** A machine like people have them; `part` says what matters to the test. */
export function sampleMachine(index: number, part: Partial<Machine> = {}): Machine {
  return {
    id: uuid<MachineId>(index),
    name: `Machine ${index}`,
    route: directRoute({ host: `node${index}.example.com`, port: 22, user: 'ana' }),
    instance: null,
    identity: { kind: 'keyFile', path: '~/.ssh/id_ed25519' },
    forwardsAgent: false,
    allowsOldAlgorithms: false,
    workingFolder: '',
    notebook: { kind: 'auto' },
    idlePolicy: { kind: 'nothing' },
    keepsCookies: false,
    groupId: null,
    tags: [],
    isFavourite: false,
    colour: null,
    inherits: [],
    isDemo: false,
    tunnels: [],
    ...part,
  };
}

/** A group that sets nothing; `part` says what matters to the test. */
export function sampleGroup(index: number, part: Partial<MachineGroup> = {}): MachineGroup {
  return {
    id: uuid<GroupId>(700 + index),
    name: `Group ${index}`,
    parentId: null,
    colour: null,
    settings: {},
    ...part,
  };
}

/** Groups in groups, with machines as people mark them. */
export const groupedMachines: {
  readonly machines: readonly Machine[];
  readonly groups: readonly MachineGroup[];
} = {
  groups: [
    sampleGroup(1, {
      name: 'Laboratório de Visão',
      colour: 'blue',
      settings: { user: 'ubuntu', identity: { kind: 'agent', socketPath: '', pinnedKey: null } },
    }),
    sampleGroup(2, { name: 'GPUs', parentId: uuid<GroupId>(701) }),
    sampleGroup(3, { name: 'Clusters that the platform team looks after', colour: 'orange' }),
  ],
  machines: [
    sampleMachine(1, { name: 'GPU box', groupId: uuid<GroupId>(702), isFavourite: true, colour: 'green' }),
    sampleMachine(2, {
      name: 'São Paulo 2',
      groupId: uuid<GroupId>(702),
      tags: ['gpu', 'spot'],
      inherits: ['user'],
    }),
    sampleMachine(3, { name: 'ETL', groupId: uuid<GroupId>(701), tags: ['batch'] }),
    sampleMachine(4, { name: 'Primary node', groupId: uuid<GroupId>(703), colour: 'red' }),
    ...Array.from({ length: 12 }, (_, index) => sampleMachine(index + 5)),
  ],
};

/** A tunnel to a port of a machine; `part` says what matters to the test. */
export function sampleTunnel(index: number, part: Partial<Tunnel> = {}): Tunnel {
  return {
    id: uuid<TunnelId>(500 + index),
    name: `Tunnel ${index}`,
    forward: {
      kind: 'local',
      listen: { kind: 'tcp', address: '127.0.0.1', port: 8000 + index },
      target: { kind: 'tcp', host: 'localhost', port: 8000 + index },
    },
    isExposed: false,
    startsWith: 'connection',
    whileAway: 'wait',
    isOn: false,
    ...part,
  };
}

/** A machine that is reached through one jump host. */
export const behindJump = (index: number, jump: Jump): Machine =>
  sampleMachine(index, { route: { ...sampleMachine(index).route, jumps: [jump] } });

export const gpuMachine = sampleMachine(1, {
  name: 'GPU box',
  route: directRoute({ host: 'gpu.example.com', port: 22, user: 'ubuntu' }),
  workingFolder: '~/projects/vision',
  notebook: { kind: 'environment', path: '~/miniconda3/envs/ml' },
});

/** A machine behind a proxy, the GPU box and one more jump host. */
export const farMachine = sampleMachine(50, {
  name: 'Behind the gates',
  route: {
    ...directRoute({ host: 'ip-10-0-0-1.ec2.internal', port: 22, user: 'hadoop' }),
    jumps: [
      { kind: 'machine', machineId: gpuMachine.id },
      {
        ...{ kind: 'inline', host: 'gate.of.a.long.name.example.com', port: 2222, user: 'ana' },
        identity: { kind: 'keyFile', path: '~/.ssh/gate' },
      },
    ],
    proxy: { kind: 'socks5', host: 'proxy.example.com', port: 1080, user: 'ana' },
  },
});

/** Many machines, with names and hosts of all lengths. */
export const manyMachines: readonly Machine[] = [
  gpuMachine,
  sampleMachine(2, { name: 'ETL', route: directRoute({ host: '10.20.0.7', port: 2222, user: 'hadoop' }) }),
  sampleMachine(3, {
    name: 'Treinamento de modelos de linguagem (São Paulo, zona b)',
    route: directRoute({
      host: 'ec2-203-0-113-25.sa-east-1.compute.amazonaws.com',
      port: 22,
      user: 'ec2-user',
    }),
  }),
  ...Array.from({ length: 27 }, (_, index) => sampleMachine(index + 4)),
];

export const labServer: NotebookServer = {
  id: 'lab-1' as ServerId,
  origin: 'nuvem',
  interface: 'lab',
  version: '2.14.1',
  folder: '/home/ubuntu/projects/vision',
  address: '/home/ubuntu/.nuvem/run/3f2a/jupyter.sock',
  detachedBy: 'tmux',
  startedAtMs: Date.UTC(2026, 2, 4, 12, 30),
  canOpen: true,
  keeping: { kind: 'kept', isRestored: true },
};

export const sampleKernel: Kernel = {
  id: 'kernel-1' as KernelId,
  name: 'python3',
  displayName: 'Python 3 (ipykernel)',
  state: 'idle',
  lastActivityMs: Date.UTC(2026, 2, 4, 12, 30),
  busySinceMs: null,
  connections: 1,
  sessions: [],
};

export const foundServer: NotebookServer = {
  id: 'classic-1' as ServerId,
  origin: 'found',
  interface: 'classic',
  version: '',
  folder: '/data',
  address: 'port 8888',
  detachedBy: 'user',
  startedAtMs: null,
  canOpen: false,
  asks: { what: 'password', canBeRemembered: true },
  keeping: { kind: 'unknown' },
};

export const handServer: NotebookServer = {
  ...labServer,
  id: 'classic-2' as ServerId,
  origin: 'found',
  interface: 'classic',
  version: '',
  detachedBy: 'user',
  startedAtMs: null,
  folder: '/home/ubuntu/old',
  address: 'port 8889',
  canOpen: true,
  keeping: { kind: 'cannot', why: 'python' },
};

export const hostKeyPrompt = {
  kind: 'hostKey',
  promptId: uuid<PromptId>(101),
  host: 'gpu.example.com',
  port: 2222,
  keyType: 'ssh-ed25519',
  fingerprint: 'SHA256:uNiVztksCsDhcc0u9e8BrfiXOj3Zi4g3hSNAAgKAnMw',
  randomart: [
    '+--[ED25519 256]--+',
    '|      .o+o.      |',
    '|     . o+.o      |',
    '|      o..+ .     |',
    '|     . .o = .    |',
    '|      .oS* + .   |',
    '|     o.o*.B .    |',
    '|    . =oo*.o     |',
    '|   . o.o+oE .    |',
    '|    .o+=*=.      |',
    '+----[SHA256]-----+',
  ].join('\n'),
} as const;

export const report = (
  code: ErrorReport['code'],
  params: ErrorReport['params'] = {},
  details: readonly string[] = [],
): ErrorReport => ({ code, params, details: [...details] });

export const changedKeyReport = report('host-key-changed', {
  host: 'gpu.example.com',
  port: 22,
  keyType: 'ssh-ed25519',
  oldFingerprint: 'SHA256:uNiVztksCsDhcc0u9e8BrfiXOj3Zi4g3hSNAAgKAnMw',
  newFingerprint: 'SHA256:Q0T5a1sAlVf4m0Z3d0T2bqXh7oWzq1tHn6r9b0CkYxA',
});

const logParams = { host: 'gpu.example.com', port: 22, user: 'ubuntu' };

const entry = (
  sequence: number,
  code: LogEntry['code'],
  params: LogEntry['params'] = {},
  level: LogEntry['level'] = 'info',
): LogEntry => ({ sequence, atMs: Date.UTC(2026, 2, 4, 12, 30, 0, sequence * 137), level, code, params });

export const sampleLog: readonly LogEntry[] = [
  entry(1, 'connect-started', logParams),
  entry(2, 'name-resolved', { host: 'gpu.example.com', addresses: '203.0.113.25' }),
  entry(3, 'tcp-connected', { address: '203.0.113.25', port: 22 }),
  entry(4, 'server-version', { version: 'SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3' }),
  entry(5, 'algorithms-agreed', {
    keyExchange: 'curve25519-sha256',
    hostKey: 'ssh-ed25519',
    cipher: 'aes256-gcm@openssh.com',
    mac: 'implicit',
  }),
  entry(6, 'auth-trying-key', {
    method: 'publickey',
    keyType: 'ssh-ed25519',
    fingerprint: 'SHA256:uNiVztksCsDhcc0u9e8BrfiXOj3Zi4g3hSNAAgKAnMw',
  }),
  entry(7, 'auth-succeeded', { method: 'publickey' }),
  entry(8, 'ready', { elapsedMs: 842 }),
  entry(9, 'keepalive-missed', { missed: 1, allowed: 3 }, 'warning'),
  entry(10, 'lost', { errorCode: 'connection-lost', ...logParams }, 'error'),
];

/** A tab of `machine` that shows `url`. */
export function sampleTab(index: number, machine: Machine, url: string): WebTab {
  return {
    id: uuid<TabId>(200 + index),
    machineId: machine.id,
    serverId: labServer.id,
    title: 'JupyterLab',
    url,
    address: url,
    partition: `machine-${machine.id}`,
    hindrance: { kind: 'none' },
  };
}

const trustedHost = (index: number, part: Partial<TrustedHost> = {}): TrustedHost => ({
  id: String(index).padStart(64, '0') as TrustedHostId,
  names: [`node${index}.example.com`],
  marker: 'none',
  keyType: 'ssh-ed25519',
  fingerprint: 'SHA256:uNiVztksCsDhcc0u9e8BrfiXOj3Zi4g3hSNAAgKAnMw',
  comment: '',
  machineIds: [],
  firstSeenMs: null,
  ...part,
});

/** Lines of a known_hosts file as people have them. */
export const trustedHosts: readonly TrustedHost[] = [
  trustedHost(1, {
    names: ['gpu.example.com', '203.0.113.25'],
    machineIds: [gpuMachine.id],
    firstSeenMs: 1_772_600_000_000,
  }),
  trustedHost(2, {
    names: [],
    machineIds: [gpuMachine.id],
    firstSeenMs: 1_790_000_000_000,
    keyType: 'ecdsa-sha2-nistp256',
  }),
  trustedHost(3, {
    names: [
      '[ec2-203-0-113-25.sa-east-1.compute.amazonaws.com]:2222',
      '*.compute.internal,!old.compute.internal',
    ],
    keyType: 'ssh-rsa',
    comment: 'added by the platform team',
  }),
  trustedHost(4, { names: ['*'], marker: 'revoked' }),
  trustedHost(5, { names: ['*.example.com'], marker: 'cert-authority', keyType: 'ssh-rsa' }),
];

/** Keys of an agent as people have them. */
export const agentKeys: AgentKeyList = {
  socketPath: '/run/user/1000/keyring/ssh',
  keys: [
    {
      line: 'ssh-rsa AAAAB3NzaC1yc2E',
      keyType: 'ssh-rsa',
      fingerprint: 'SHA256:Q0T5a1sAlVf4m0Z3d0T2bqXh7oWzq1tHn6r9b0CkYxA',
      comment: 'key-of-the-platform-team-for-sa-east-1-2026-03.pem',
    },
    {
      line: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGqd',
      keyType: 'ssh-ed25519',
      fingerprint: 'SHA256:uNiVztksCsDhcc0u9e8BrfiXOj3Zi4g3hSNAAgKAnMw',
      comment: 'ana@laptop',
    },
    {
      line: 'sk-ssh-ed25519-cert-v01@openssh.com AAAAInNr',
      keyType: 'sk-ssh-ed25519-cert-v01@openssh.com',
      fingerprint: 'SHA256:uNiVztksCsDhcc0u9e8BrfiXOj3Zi4g3hSNAAgKAnMx',
      comment: '',
    },
  ],
};

const sshKey = (name: string, part: Partial<SshKey> = {}): SshKey => ({
  name,
  path: `/home/ana/.ssh/${name}`,
  container: 'openSsh',
  state: 'usable',
  isEncrypted: false,
  publicHalf: {
    keyType: 'ssh-ed25519',
    bits: 256,
    fingerprint: 'SHA256:uNiVztksCsDhcc0u9e8BrfiXOj3Zi4g3hSNAAgKAnMw',
    line: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGqd ana@laptop',
  },
  comment: 'ana@laptop',
  isOpenToOthers: false,
  machineIds: [],
  ...part,
});

/** Keys as people have them. */
export const sshKeys: readonly SshKey[] = [
  sshKey('id_ed25519', { isEncrypted: true, machineIds: [gpuMachine.id] }),
  sshKey('id_rsa', { isEncrypted: true, publicHalf: null, comment: '' }),
  sshKey('key-of-the-platform-team-for-sa-east-1-2026-03.pem', { isOpenToOthers: true }),
  sshKey('work.ppk', { container: 'putty', isEncrypted: true }),
  sshKey('old_dsa', { state: 'unsupported', publicHalf: null, comment: '' }),
  sshKey('copied', { state: 'damaged', publicHalf: null, comment: '', isOpenToOthers: true }),
  sshKey('/media/ana/keys of the platform team/sa-east-1/deployment.pem', {
    ...{ path: '/media/ana/keys of the platform team/sa-east-1/deployment.pem', container: 'pem' },
    machineIds: [gpuMachine.id],
  }),
];

/** A file that the user chose to import. */
export const foreignKey: ForeignKey = {
  path: '/media/ana/keys of the platform team/sa-east-1/work.ppk',
  container: 'putty',
  isEncrypted: true,
  publicHalf: sshKeys[0]?.publicHalf ?? null,
  comment: 'ana@laptop',
};

const colleague = {
  kind: 'key' as const,
  ...{ keyType: 'ssh-ed25519', bits: 256, options: '', isInUse: false },
  fingerprint: 'SHA256:uNiVztksCsDhcc0u9e8BrfiXOj3Zi4g3hSNAAgKAnMw',
};

/** Who can log in to a machine, as people have it. */
export const accessList: AccessList = {
  machineId: gpuMachine.id,
  path: '/home/ubuntu/.ssh/authorized_keys',
  entries: [
    { ...colleague, id: '1', name: 'ana@laptop', isInUse: true },
    {
      ...colleague,
      id: '2',
      name: 'Rita Carvalho de Albuquerque Nascimento (platform team, São Paulo)',
      keyType: 'ssh-rsa',
      bits: 3072,
    },
    {
      ...{ ...colleague, id: '3', name: '' },
      options: 'restrict,from="10.20.0.0/16,*.compute.internal",command="/usr/local/bin/backup --all"',
    },
    { kind: 'notUnderstood', id: '4', text: 'ssh-new@example.com AAAAC3NzaC1uZXctdHlwZQAAAAtrZXk= bot' },
  ],
  warnings: [
    { kind: 'openToOthers', path: '/home/ubuntu', permissions: 'drwxrwxr-x' },
    { kind: 'keysElsewhere', files: '/etc/ssh/authorized_keys/%u' },
  ],
};

/** A key that a colleague sent. */
export const offeredKey: OfferedKey = {
  ...{ keyType: 'ssh-ed25519', bits: 256, name: 'rita@desktop', options: 'from="10.20.0.0/16"' },
  fingerprint: 'SHA256:uNiVztksCsDhcc0u9e8BrfiXOj3Zi4g3hSNAAgKAnMw',
};

/** A key that was installed and works. */
export const provenInstall: InstallReport = {
  addedEntryId: '1',
  mended: [{ path: '/home/ubuntu', permissions: 'drwxrwxr-x' }],
  proof: { kind: 'proven', alsoWanted: '' },
};
