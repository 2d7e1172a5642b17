import { z } from 'zod';

export const AppInfo = z.strictObject({
  version: z.string(),
  electronVersion: z.string(),
  platform: z.enum(['win32', 'darwin', 'linux']),
  /** Of who runs Nuvem: the user that ssh takes when none is said. */
  userName: z.string(),
  /** False: the system offers no keyring, so remembered secrets last for this run only. */
  canKeepSecrets: z.boolean(),
  /** Whether keys are passed on to programs that are not in front is up to the desktop. */
  isWayland: z.boolean(),
});
export type AppInfo = Readonly<z.infer<typeof AppInfo>>;

export const noticeCodes = [
  'store-restored-from-copy',
  'store-reset',
  'running-notebook-found',
  'popup-blocked',
  'permission-blocked',
  'navigation-blocked',
  'opened-in-browser',
  'download-finished',
  'download-failed',
  'page-crashed',
  /** Why something that was asked for outside the window can't be done. */
  'not-done',
  'no-printer',
  'pdf-saved',
  /** The user has kept a server from being stopped. */
  'idle-kept',
  /** Title and body of a notification that this system has nobody to show. */
  'told-in-window',
  'link-not-understood',
  'link-machine-unknown',
  'slurm-notebook-ready',
  'slurm-job-ends-soon',
  /** A script was opened in the editor, since its server lacks jupytext; `environment` is where that would go. */
  'jupytext-offered',
  'jupytext-not-loaded',
  /** A new version of Nuvem, which the user can have when they quit. */
  'update-found',
] as const;

/** Something the user should know that no action of theirs is waiting for; the text is `notices.<code>`. */
export const Notice = z.strictObject({
  noticeId: z.uuid(),
  level: z.enum(['info', 'warning', 'error']),
  code: z.enum(noticeCodes),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type Notice = Readonly<z.infer<typeof Notice>>;
export type NoticeCode = Notice['code'];
