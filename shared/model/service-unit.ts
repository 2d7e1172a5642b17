import { z } from 'zod';
import { ErrorReport } from '../errors/app-error';
import { MachineId } from './machine';

/** Whose systemd keeps a service: the user's own manager, or the machine's. */
export const UnitScope = z.enum(['user', 'system']);
export type UnitScope = z.infer<typeof UnitScope>;

/** Name of the server's folder on the machine, by which its unit is named, too. */
export const UnitId = z
  .string()
  .regex(/^[0-9a-f]{12}$/)
  .brand<'UnitId'>();
export type UnitId = z.infer<typeof UnitId>;

/** `ActiveState` of systemd.unit(5); `missing`: somebody removed the unit's file. */
export const unitStates = [
  'active',
  'activating',
  'deactivating',
  'inactive',
  'failed',
  'missing',
  'unknown',
] as const;

/** A notebook server that systemd keeps as a service, whether it runs now or not. */
export const ServiceUnit = z.strictObject({
  id: UnitId,
  scope: UnitScope,
  /** As `systemctl` takes it. */
  name: z.string(),
  /** Where its notebooks are: an absolute path on the machine. */
  folder: z.string(),
  state: z.enum(unitStates),
  /** Why it failed: `Result` of systemd.exec(5), e.g. `exit-code`, `signal`, `start-limit-hit`; `success` otherwise. */
  result: z.string(),
  /** How often systemd has restarted it since it was last started by hand or with the machine. */
  restarts: z.number().int().min(0),
  /** It starts with the machine. */
  isEnabled: z.boolean(),
});
export type ServiceUnit = Readonly<z.infer<typeof ServiceUnit>>;

/** By which ways a machine can keep a service. */
export const UnitWays = z.strictObject({
  user: z.enum(['ready', 'no-user-manager', 'no-systemd']),
  /** Without lingering a user's services begin with the first sign-in and end with the last sign-out: loginctl(1). */
  lingering: z.enum(['on', 'off']),
  /** `root`: the user is; `sudo`: it asks for nothing; `password`: it asks for one, if it lets the user at all. */
  system: z.enum(['root', 'sudo', 'password', 'no-sudo', 'no-systemd']),
});
export type UnitWays = Readonly<z.infer<typeof UnitWays>>;

export const FoundUnits = z.strictObject({ ways: UnitWays, units: z.array(ServiceUnit).readonly() });
export type FoundUnits = Readonly<z.infer<typeof FoundUnits>>;

export const UnitAction = z.enum(['start', 'stop', 'restart', 'enable', 'disable', 'remove']);
export type UnitAction = z.infer<typeof UnitAction>;

export const UnitsActivity = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('idle') }),
  z.strictObject({ kind: z.literal('looking') }),
  z.strictObject({ kind: z.literal('acting'), unitId: UnitId }),
  z.strictObject({ kind: z.literal('lingering') }),
  z.strictObject({ kind: z.literal('failed'), error: ErrorReport }),
]);
export type UnitsActivity = Readonly<z.infer<typeof UnitsActivity>>;

export const UnitsSnapshot = z.strictObject({
  machineId: MachineId,
  revision: z.number().int(),
  activity: UnitsActivity,
  /** Null: never looked in this run. */
  found: FoundUnits.nullable(),
});
export type UnitsSnapshot = Readonly<z.infer<typeof UnitsSnapshot>>;

/** What will be written and run for a new service. */
export const UnitPlan = z.strictObject({
  id: UnitId,
  /** The unit file's path on the machine. */
  path: z.string(),
  /** All of the unit file. */
  text: z.string(),
  commands: z.array(z.string()).readonly(),
  /** Runs before them where lingering is to be turned on. */
  lingerCommand: z.string(),
});
export type UnitPlan = Readonly<z.infer<typeof UnitPlan>>;

/** Some new lines of a service's journal. */
export const JournalBatch = z.strictObject({
  machineId: MachineId,
  unitId: UnitId,
  lines: z.array(z.string()).readonly(),
  /** They take the place of those before: it was begun anew. */
  isFirst: z.boolean(),
});
export type JournalBatch = Readonly<z.infer<typeof JournalBatch>>;

/** Of a longer journal the end is shown. */
export const journalLinesAtMost = 1000;

export const isAtWork = (activity: UnitsActivity): boolean =>
  activity.kind !== 'idle' && activity.kind !== 'failed';

/** What acts on the machine's own services asks for a password. */
export const wantsPassword = (ways: UnitWays, scope: UnitScope): boolean =>
  scope === 'system' && ways.system === 'password';
