import { z } from 'zod';
import { HostName, Port, singleLine } from './host-and-port';
import { IdlePolicy } from './idle-policy';
import { InstanceBinding } from './instance-binding';
import { ImageChoice } from './notebook-image';
import { Tunnel } from './tunnel';

/**
 * A cloud machine. Schema messages are text keys below `validation.`: the editor shows them beside the
 * field, and the main process enforces the same rules.
 */
export const MachineId = z.uuid().brand<'MachineId'>();
export type MachineId = z.infer<typeof MachineId>;

export const GroupId = z.uuid().brand<'GroupId'>();
export type GroupId = z.infer<typeof GroupId>;

const userCharacters = /^[^\s:"'`\\<>|;&$(){}\0]+$/;

/** An SSH server and the user to be there. */
const endpointShape = {
  host: HostName,
  port: Port,
  user: z
    .string()
    .trim()
    .min(1, 'user-empty')
    .max(255, 'user-too-long')
    .regex(userCharacters, 'user-characters')
    .refine((user) => !user.startsWith('-'), 'user-characters'),
};
const Endpoint = z.strictObject(endpointShape);
export type Endpoint = Readonly<z.infer<typeof Endpoint>>;

export const Identity = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('keyFile'),
    path: z
      .string()
      .trim()
      .min(1, 'key-path-empty')
      .max(4096, 'key-path-empty')
      .regex(singleLine, 'key-path-empty'),
  }),
  z.strictObject({
    kind: z.literal('agent'),
    /** Socket or named pipe; `~/` is allowed. Empty: the one that the user's shell would use. */
    socketPath: z
      .string()
      .trim()
      .max(4096, 'agent-path-characters')
      .regex(singleLine, 'agent-path-characters'),
    /** The only key to offer, as a line `<type> <base64>` with or without a comment. Null: all, in the agent's order. */
    pinnedKey: z
      .string()
      .trim()
      .max(16_384, 'pinned-key-malformed')
      .regex(/^[a-z0-9@.-]+ [A-Za-z0-9+/]+={0,2}( [^\r\n\0]*)?$/, 'pinned-key-malformed')
      .nullable(),
  }),
  z.strictObject({ kind: z.literal('password') }),
]);
export type Identity = Readonly<z.infer<typeof Identity>>;

/** All keys of the agent that the user's shell would use. */
export const usualAgent: Identity = { kind: 'agent', socketPath: '', pinnedKey: null };

/** A server on the way to a machine, through which the connection to the next one is opened. */
export const Jump = z.discriminatedUnion('kind', [
  /** A saved machine, with its own identity. As the first one it is reached by its own route. */
  z.strictObject({ kind: z.literal('machine'), machineId: MachineId }),
  z.strictObject({ kind: z.literal('inline'), ...endpointShape, identity: Identity }),
]);
export type Jump = Readonly<z.infer<typeof Jump>>;

/** A server through which the first TCP connection of a route goes; it resolves the names. */
export const ProxyServer = z.strictObject({
  /** SOCKS version 5 (RFC 1928), or an HTTP proxy that allows CONNECT (RFC 9110, 9.3.6). */
  kind: z.enum(['socks5', 'http']),
  host: endpointShape.host,
  port: endpointShape.port,
  /** Empty: the proxy wants no sign-in. Its password is asked for and never saved here. */
  user: z
    .string()
    .trim()
    .max(255, 'user-too-long')
    .regex(/^[^\s:\0]*$/, 'user-characters'),
});
export type ProxyServer = Readonly<z.infer<typeof ProxyServer>>;

/** One line that looks like what it is: no control characters and none that turn or hide text (Unicode: Cf). */
const visibleLine = /^(?:\t|[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}])*$/u;

/** A command whose standard input and output are the wire, like OpenSSH's ProxyCommand (ssh_config(5)). */
export const ProxyCommand = z.strictObject({
  kind: z.literal('command'),
  /** For the user's shell, with the tokens `%h`, `%p`, `%r`, `%n` and `%%`. */
  line: z
    .string()
    .trim()
    .min(1, 'proxy-command-empty')
    .max(4096, 'proxy-command-empty')
    .regex(visibleLine, 'single-line')
    .regex(/^(?:[^%]|%[%hnpr])*$/, 'proxy-command-tokens'),
});
export type ProxyCommand = Readonly<z.infer<typeof ProxyCommand>>;

/** What the connection to the first server of a route goes through. */
export const RouteProxy = z.discriminatedUnion('kind', [ProxyServer, ProxyCommand]);
export type RouteProxy = Readonly<z.infer<typeof RouteProxy>>;

export const Route = z.strictObject({
  ...endpointShape,
  /** Nearest to the user first. */
  jumps: z.array(Jump).max(10, 'jumps-too-many').readonly(),
  proxy: RouteProxy.nullable(),
});
export type Route = Readonly<z.infer<typeof Route>>;

/** The route that leads straight to a server. */
export const directRoute = (endpoint: Endpoint): Route => ({ ...endpoint, jumps: [], proxy: null });

/** The jump hosts of a route that are no saved machines. */
export const inlineJumpsOf = ({ jumps }: Route) => jumps.filter((jump) => jump.kind === 'inline');

/** Which Jupyter to start: the one found first, that of an environment, of modules or of an image, or a command. */
export const NotebookChoice = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('auto') }),
  z.strictObject({
    kind: z.literal('environment'),
    /** Folder of a virtual or conda environment on the machine; holds `bin/jupyter`. `~/` is allowed. */
    path: z
      .string()
      .trim()
      .min(1, 'environment-empty')
      .max(4096, 'environment-empty')
      .regex(singleLine, 'single-line'),
  }),
  z.strictObject({
    kind: z.literal('module'),
    /** What `module load` takes: names with blanks between them, e.g. `gcc/12 python/3.11`. */
    names: z
      .string()
      .trim()
      .min(1, 'module-empty')
      .max(1000, 'module-empty')
      .regex(/^[A-Za-z0-9_][A-Za-z0-9_.+/-]*( +[A-Za-z0-9_][A-Za-z0-9_.+/-]*)*$/, 'module-characters'),
  }),
  z.strictObject({
    kind: z.literal('command'),
    /** A POSIX shell command line, e.g. `cd ~/work && jupyter lab`; options are appended to it. */
    line: z
      .string()
      .trim()
      .min(1, 'command-empty')
      .max(4096, 'command-empty')
      .regex(singleLine, 'single-line'),
  }),
  ImageChoice,
]);
export type NotebookChoice = Readonly<z.infer<typeof NotebookChoice>>;

/** Marks for the eye; a colour never says anything that words don't. */
export const Colour = z.enum(['red', 'orange', 'yellow', 'green', 'teal', 'blue', 'purple', 'pink', 'grey']);
export type Colour = z.infer<typeof Colour>;

export const mostTags = 20;
export const Tag = z
  .string()
  .trim()
  .min(1, 'tag-empty')
  .max(40, 'tag-too-long')
  .regex(/^[^\s,"][^\r\n\0,"]*$/, 'tag-characters');
export type Tag = z.infer<typeof Tag>;

/** Two spellings of one tag. */
export const isSameTag = (one: Tag, other: Tag): boolean => one.toLowerCase() === other.toLowerCase();

const Tags = z
  .array(Tag)
  .max(mostTags, 'tags-too-many')
  .refine((tags) => new Set(tags.map((tag) => tag.toLowerCase())).size === tags.length, 'tag-twice')
  .readonly();

/** What a machine may have from its group or from the default settings; see `GroupSettings`. */
export const InheritableSetting = z.enum([
  'user',
  'port',
  'jumps',
  'proxy',
  'identity',
  'forwardsAgent',
  'allowsOldAlgorithms',
  'workingFolder',
  'notebook',
  'idlePolicy',
  'keepsCookies',
]);
export type InheritableSetting = z.infer<typeof InheritableSetting>;

/** Empty: the home folder. `~/` is allowed. */
export const FolderOnMachine = z
  .string()
  .trim()
  .max(4096, 'folder-too-long')
  .regex(singleLine, 'single-line');

export const MachineDraft = z.strictObject({
  /** Null: a new machine. */
  id: MachineId.nullable(),
  name: z.string().trim().min(1, 'name-empty').max(100, 'name-too-long').regex(singleLine, 'single-line'),
  route: Route,
  /** The instance of EC2 that the machine is: then the host of its route is only a name for it. Null: of none. */
  instance: InstanceBinding.nullable(),
  identity: Identity,
  /** Programs on the machine may sign in elsewhere with the user's agent while the connection lasts. */
  forwardsAgent: z.boolean(),
  /** Also what modern SSH has given up, such as SHA-1, is agreed on: see `oldAlgorithms`. */
  allowsOldAlgorithms: z.boolean(),
  /** Where notebooks start, on the machine. Empty: the home folder. `~/` is allowed. */
  workingFolder: FolderOnMachine,
  notebook: NotebookChoice,
  /** Of the notebook servers that Nuvem starts there; each can be given another one while it runs. */
  idlePolicy: IdlePolicy,
  /** Keep the cookies of this machine's tabs on disk; otherwise they end with the app. */
  keepsCookies: z.boolean(),
  /** Null: in no group. */
  groupId: GroupId.nullable(),
  tags: Tags,
  isFavourite: z.boolean(),
  colour: Colour.nullable(),
  /**
   * The settings that come from the group or the defaults. What the main process hands out holds them already
   * where they belong, so that only those who change settings need to look here.
   */
  inherits: z
    .array(InheritableSetting)
    .refine((names) => new Set(names).size === names.length)
    .readonly(),
});
export type MachineDraft = Readonly<z.infer<typeof MachineDraft>>;

/** A machine that is kept from one run of Nuvem to the next. */
export const SavedMachine = MachineDraft.extend({
  id: MachineId,
  isDemo: z.boolean(),
  /** Not part of the draft: they are saved one by one, while the machine is in use. */
  tunnels: z.array(Tunnel).readonly(),
});
export type SavedMachine = Readonly<z.infer<typeof SavedMachine>>;

/** A machine as it is known while Nuvem runs. */
export const Machine = SavedMachine.extend({
  /** Made by quick connect: gone when Nuvem quits. Absent: saved. */
  isUnsaved: z.literal(true).exactOptional(),
});
export type Machine = Readonly<z.infer<typeof Machine>>;

/** The machines that a saved one may lead over, that are exported, and that an import may replace. */
export const isSaved = ({ isUnsaved }: Pick<Machine, 'isUnsaved'>): boolean => isUnsaved !== true;

export const emptyMachineDraft: MachineDraft = {
  id: null,
  name: '',
  route: directRoute({ host: '', port: 22, user: '' }),
  instance: null,
  identity: usualAgent,
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
};
