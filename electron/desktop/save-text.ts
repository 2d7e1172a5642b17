import { writeFile } from 'node:fs/promises';
import { AppError } from '../../shared/errors/app-error';

/** A file name with the local date and time in it, so that reports do not overwrite each other. */
export function reportName(atMs: number): string {
  const at = new Date(atMs);
  const local = new Date(atMs - at.getTimezoneOffset() * 60_000).toISOString();
  return `nuvem-${local.slice(0, 16).replace('T', '-').replace(':', '')}.txt`;
}

/**
 * Writes a text, or a picture, for the owner alone where the user says. False when they cancel.
 * @throws report-not-saved
 */
export async function saveText(
  text: string | Uint8Array,
  askWhere: () => Promise<string | null>,
): Promise<boolean> {
  const path = await askWhere();
  if (path === null) return false;
  try {
    await writeFile(path, text, { mode: 0o600 });
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? '';
    throw new AppError('report-not-saved', { path, reason }, { cause: error });
  }
  return true;
}
