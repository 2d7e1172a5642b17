import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** Where the running app listens for the command `nuvem`, and the secret that proves to be the same user's. */
const ControlAddress = z.strictObject({ path: z.string(), token: z.string() });
export type ControlAddress = Readonly<z.infer<typeof ControlAddress>>;

const fileIn = (folder: string): string => join(folder, 'control.json');

/** Null: no app has left an address here, or none that can be understood. */
export async function readControlAddress(folder: string): Promise<ControlAddress | null> {
  try {
    return ControlAddress.parse(JSON.parse(await readFile(fileIn(folder), 'utf8')));
  } catch {
    return null;
  }
}

/** For this user's eyes alone (0600), and whole or not at all. */
export async function writeControlAddress(folder: string, address: ControlAddress): Promise<void> {
  const draft = `${fileIn(folder)}.new`;
  await rm(draft, { force: true });
  await writeFile(draft, JSON.stringify(address), { mode: 0o600, flag: 'wx' });
  await rename(draft, fileIn(folder));
}

export async function removeControlAddress(folder: string): Promise<void> {
  await rm(fileIn(folder), { force: true });
}
