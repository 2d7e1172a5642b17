import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Whether an argument names a file of Nuvem's own, which desktops hand over as a path or as a `file:` address. */
export const isNuvemFile = (argument: string): boolean => /^[^-].*\.nuvem$/i.test(argument);

/** The absolute path that such an argument stands for; null: a file of another computer. */
export function pathOfFileArgument(argument: string, folder: string): string | null {
  if (!/^file:/i.test(argument)) return resolve(folder, argument);
  try {
    return fileURLToPath(argument);
  } catch {
    return null;
  }
}
