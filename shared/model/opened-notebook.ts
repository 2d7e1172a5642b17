import { z } from 'zod';
import { MachineId } from './machine';

/** A notebook that was opened in Nuvem, in this run or an earlier one. */
export const OpenedNotebook = z.strictObject({
  machineId: MachineId,
  /** On the machine; absolute. */
  path: z.string().min(1).max(8192),
  openedAtMs: z.number().int(),
});
export type OpenedNotebook = Readonly<z.infer<typeof OpenedNotebook>>;

export const OpenedNotebooksSnapshot = z.strictObject({
  revision: z.number().int(),
  /** Of all machines, the one opened last first. */
  notebooks: z.array(OpenedNotebook).readonly(),
});
export type OpenedNotebooksSnapshot = Readonly<z.infer<typeof OpenedNotebooksSnapshot>>;

/** The path below a server's folder; null: it is not in there. */
export function pathBelow(folder: string, path: string): string | null {
  const start = folder.endsWith('/') ? folder : `${folder}/`;
  return folder !== '' && path.startsWith(start) && path.length > start.length
    ? path.slice(start.length)
    : null;
}
