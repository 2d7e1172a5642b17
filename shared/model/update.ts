import { z } from 'zod';
import { ErrorReport } from '../errors/app-error';

/** Why this copy of Nuvem does not update itself. */
export const updateObstacles = [
  /** It runs from its sources. */
  'source',
  /** A package manager owns it, or somebody has put it there by hand. */
  'elsewhere',
  /** Its package names no place where new versions are. */
  'noFeed',
  /** It has nothing by which it could tell a release of its makers from somebody else's. */
  'unverifiable',
] as const;
export type UpdateObstacle = (typeof updateObstacles)[number];

const Version = z.string().min(1).max(100);

export const UpdateState = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('off'), obstacle: z.enum(updateObstacles) }),
  /** `checkedAtMs`: since the epoch, when this was found to be the newest version; null: nobody has looked yet. */
  z.strictObject({ kind: z.literal('idle'), checkedAtMs: z.number().nullable() }),
  z.strictObject({ kind: z.literal('checking'), checkedAtMs: z.number().nullable() }),
  /** There is a newer version; nothing of it is here yet. */
  z.strictObject({ kind: z.literal('found'), version: Version }),
  /** The user wants it. `part`: 0 to 1; null: not known yet. */
  z.strictObject({
    kind: z.literal('downloading'),
    version: Version,
    part: z.number().min(0).max(1).nullable(),
  }),
  /** It is here, checked, and takes this one's place when Nuvem quits. */
  z.strictObject({ kind: z.literal('ready'), version: Version }),
  /** `version`: of the download that failed; null: the check did. */
  z.strictObject({ kind: z.literal('failed'), version: Version.nullable(), error: ErrorReport }),
]);
export type UpdateState = Readonly<z.infer<typeof UpdateState>>;

export const UpdateSnapshot = z.strictObject({ revision: z.number().int(), state: UpdateState });
export type UpdateSnapshot = Readonly<z.infer<typeof UpdateSnapshot>>;

/** Whether looking for a new version would do something now. */
export const canCheck = ({ kind }: UpdateState): boolean =>
  kind === 'idle' || kind === 'found' || kind === 'failed';

/** The version that the user can have by asking; null: there is none now. */
export function installable(state: UpdateState): string | null {
  return state.kind === 'found' || state.kind === 'failed' ? state.version : null;
}
