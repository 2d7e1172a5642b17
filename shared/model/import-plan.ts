import { z } from 'zod';
import { HostName, Port } from './host-and-port';
import { Colour, Jump, MachineDraft, MachineId, Route } from './machine';
import { GroupDraft, GroupSettings } from './machine-group';
import { TunnelDraft } from './tunnel';

/**
 * What an import would make, told before anything is changed. Every source (ssh_config, PuTTY, MobaXterm, Nuvem's
 * own files) is brought into this form; nothing in it is ever executed, and there are no secrets in it.
 */
export const importSourceKinds = ['sshConfig', 'putty', 'mobaXterm', 'nuvem'] as const;

export const ImportSource = z.strictObject({
  kind: z.enum(importSourceKinds),
  /** A file, a folder, or a key of the Windows registry, as the user knows it. */
  location: z.string(),
});
export type ImportSource = Readonly<z.infer<typeof ImportSource>>;

/** Names an item within its plan, the same each time the same source is read, e.g. an ssh_config alias. */
export const ImportKey = z.string().min(1).max(1000).brand<'ImportKey'>();
export type ImportKey = z.infer<typeof ImportKey>;

/** What a plan says about what is taken over differently or not at all; the text is `importRemark.<code>`. */
export const importRemarkCodes = [
  'entry-not-ssh', // name, type
  'entry-without-host', // name
  'entry-invalid', // name, field
  'entry-unreadable', // name
  'line-unreadable', // line
  'user-assumed', // user
  'key-assumed', // path
  'name-shortened', // name
  'option-unsupported', // option
  'option-invalid', // option, value
  'jump-loop',
  'jumps-too-many',
  'proxy-unsupported', // type
  'tunnel-invalid', // tunnel
  'tunnel-exposed', // tunnel
  'password-left-out',
  'agent-forwarded',
  'old-algorithms-allowed',
] as const;
export type ImportRemarkCode = (typeof importRemarkCodes)[number];

export const ImportRemark = z.strictObject({
  code: z.enum(importRemarkCodes),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  /** Of the source, from 1; null when it has no lines or the remark is about none. */
  line: z.number().int().positive().nullable(),
});
export type ImportRemark = Readonly<z.infer<typeof ImportRemark>>;

/** As a machine's jump host, but it may also be another item of the same plan. */
export const ImportJump = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('item'), key: ImportKey }),
  ...Jump.options,
]);
export type ImportJump = Readonly<z.infer<typeof ImportJump>>;

const ImportJumps = z.array(ImportJump).max(10, 'jumps-too-many').readonly();

/**
 * A machine as it would be made, tags included. A command of its proxy is taken over as it is: it never runs before
 * the user has confirmed it.
 */
export const ImportedMachine = MachineDraft.omit({ id: true, groupId: true }).extend({
  route: Route.extend({ jumps: ImportJumps }),
});
export type ImportedMachine = Readonly<z.infer<typeof ImportedMachine>>;

/** Names of groups, the outermost first; empty: in no group. */
export const GroupPath = z.array(GroupDraft.shape.name).max(20).readonly();

/** What a group sets for its machines, or the default settings for all. */
export const ImportedSettings = GroupSettings.extend({ jumps: ImportJumps.exactOptional() });
export type ImportedSettings = Readonly<z.infer<typeof ImportedSettings>>;

/** What is known of a group besides its name. Where a group of that path exists already, that one stays as it is. */
export const ImportedGroup = z.strictObject({
  path: GroupPath,
  colour: Colour.nullable(),
  settings: ImportedSettings,
});
export type ImportedGroup = Readonly<z.infer<typeof ImportedGroup>>;

/** A tunnel as it would be made. One that starts with the connection or the app is usually on. */
export const ImportedTunnel = TunnelDraft.safeExtend({ id: z.null(), isOn: z.boolean() });
export type ImportedTunnel = Readonly<z.infer<typeof ImportedTunnel>>;

export const ImportItem = z.strictObject({
  key: ImportKey,
  machine: ImportedMachine,
  groupPath: GroupPath,
  tunnels: z.array(ImportedTunnel).readonly(),
  /** About this machine. */
  remarks: z.array(ImportRemark).readonly(),
});
export type ImportItem = Readonly<z.infer<typeof ImportItem>>;

/** A server's key that the source trusts. It becomes trusted only if the user says so. */
export const ImportedHostKey = z.strictObject({
  host: HostName,
  port: Port,
  /** SSH name of the type, e.g. `ssh-ed25519`. */
  keyType: z.string(),
  /** `SHA256:...` as OpenSSH prints it. */
  fingerprint: z.string(),
  /** As SSH sends it (RFC 4253, section 6.6), in Base64. */
  blob: z.base64(),
});
export type ImportedHostKey = Readonly<z.infer<typeof ImportedHostKey>>;

export const ImportPlan = z.strictObject({
  source: ImportSource,
  /** In the order of the source; keys are unique. */
  items: z.array(ImportItem).readonly(),
  /** Those of which more is known than the name. */
  groups: z.array(ImportedGroup).readonly(),
  /** Absent: the source has none. They take the place of the user's own only if they say so. */
  defaults: ImportedSettings.exactOptional(),
  hostKeys: z.array(ImportedHostKey).readonly(),
  /** About the source as a whole, and about entries that become no item. */
  remarks: z.array(ImportRemark).readonly(),
});
export type ImportPlan = Readonly<z.infer<typeof ImportPlan>>;

/** One item that the user wants; those not chosen are left out. */
export const ImportChoice = z.strictObject({
  key: ImportKey,
  /** The saved machine whose place it takes; null: a new machine. */
  replaces: MachineId.nullable(),
});
export type ImportChoice = Readonly<z.infer<typeof ImportChoice>>;
