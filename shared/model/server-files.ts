import { z } from 'zod';

/** A path below a server's folder, with `/` between names and none in front. */
export const ServerPath = z.string().min(1).max(4096);

export const RecentNotebook = z.strictObject({
  path: ServerPath,
  /** By the machine's clock. */
  modifiedMs: z.number(),
});
export type RecentNotebook = Readonly<z.infer<typeof RecentNotebook>>;

/** A kernel that a server can start (`/api/kernelspecs`). */
export const KernelSpec = z.strictObject({ name: z.string().min(1).max(200), displayName: z.string() });
export type KernelSpec = Readonly<z.infer<typeof KernelSpec>>;

/** What there is to open on a server. */
export const ServerFiles = z.strictObject({
  /** The notebooks that were changed last, newest first. */
  recent: z.array(RecentNotebook).readonly(),
  /** False: there are more folders than were looked into. */
  isWhole: z.boolean(),
  /** The server's default first. */
  specs: z.array(KernelSpec).readonly(),
});
export type ServerFiles = Readonly<z.infer<typeof ServerFiles>>;
