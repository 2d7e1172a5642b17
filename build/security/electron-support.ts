import { readFile } from 'node:fs/promises';
import { npmCommandLine } from '../npm.mjs';
import { runOrThrow } from '../system/run';

/** How many majors Electron's makers look after at a time (electronjs.org/docs/latest/tutorial/electron-timelines). */
const supportedMajors = 3;

/** What is wrong with the Electron that ships, as the registry knows it now; null: nothing. */
export async function findElectronProblem(): Promise<string | null> {
  const { devDependencies } = JSON.parse(await readFile('package.json', 'utf8')) as {
    readonly devDependencies: { readonly electron: string };
  };
  const { command, args } = npmCommandLine(['view', 'electron', 'dist-tags.latest']);
  const { stdout } = await runOrThrow(command, args);
  return judgeElectron(devDependencies.electron, stdout.trim());
}

/** A shipped version against the latest one; null: it is still looked after. */
export function judgeElectron(shipped: string, latest: string): string | null {
  if (!/^\d+\.\d+\.\d+$/.test(shipped)) return `Electron is not pinned to one version: ${shipped}`;
  const behind = Number.parseInt(latest, 10) - Number.parseInt(shipped, 10);
  if (Number.isNaN(behind)) return `The registry does not know Electron's latest version: ${latest}`;
  return behind < supportedMajors
    ? null
    : `Electron ${shipped} gets no security fixes any more; the latest is ${latest}`;
}
