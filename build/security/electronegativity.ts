import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { npmCommandLine } from '../npm.mjs';
import { runOrThrow } from '../system/run';
import { makeFolderOnce, userCacheDir } from '../user-cache';

/** A finding of electronegativity, with how often it is in the file. */
export interface Finding {
  readonly check: string;
  /** From the root of the checkout; `N/A`: of the app as a whole. */
  readonly file: string;
  readonly times: number;
}

/**
 * Its last release, of 2023, drags four hundred old packages along: too much for the checkout of everybody, so it
 * has a folder of its own in the user's cache, and none of their install scripts runs.
 */
const packageName = '@doyensec/electronegativity';
const version = '1.10.3';
const integrity =
  'sha512-/TmCNL4Es6ur0VhkDQSjOUQTwPfCVPgC1gvQZc7Qd1/5Meg278KFaK4WiSF/nVY18oytZlwK8vC0VcJelqB/bw==';

const scannedFolders = ['electron', 'renderer', 'shared'];

/** It would be asked of GitHub; `findElectronProblems` asks the registry. */
const leftOut = ['AvailableSecurityFixesGlobalCheck'];

const script = `
const [folder, version, leftOut] = process.argv.slice(1);
require('${packageName}')({
  input: folder, isRelative: true, electronVersionOverride: version, excludeFromScan: JSON.parse(leftOut),
}).then(({ issues, errors }) => {
  process.stdout.write('\\n' + JSON.stringify({
    issues: issues.map(({ id, file }) => ({ id, file })),
    errors: errors.map(({ file, message }) => file + ': ' + message),
  }));
});`;

/** Scans the app's sources. Rejects in words when the tool can't be had, or could not read a file. */
export async function runElectronegativity(): Promise<readonly Finding[]> {
  const home = join(userCacheDir(), `electronegativity-${version}`);
  await makeFolderOnce(home, install);
  const scanned = await mkdtemp(join(tmpdir(), 'nuvem-electronegativity-'));
  try {
    for (const name of [...scannedFolders, 'package.json'])
      await cp(name, join(scanned, name), { recursive: true });
    const { devDependencies } = JSON.parse(await readFile('package.json', 'utf8')) as {
      readonly devDependencies: { readonly electron: string };
    };
    const { stdout } = await runOrThrow(
      process.execPath,
      ['-e', script, scanned, devDependencies.electron, JSON.stringify(leftOut)],
      { cwd: home },
    );
    const { issues, errors } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as {
      readonly issues: readonly { readonly id: string; readonly file: string }[];
      readonly errors: readonly string[];
    };
    if (errors.length > 0) throw new Error(`electronegativity could not read:\n${errors.join('\n')}`);
    return counted(issues);
  } finally {
    await rm(scanned, { recursive: true, force: true });
  }
}

async function install(folder: string): Promise<void> {
  await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true }));
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--save-exact'];
  const { command, args } = npmCommandLine(['install', ...quiet, `${packageName}@${version}`]);
  await runOrThrow(command, args, { cwd: folder });
  const { packages } = JSON.parse(await readFile(join(folder, 'package-lock.json'), 'utf8')) as {
    readonly packages: Readonly<Record<string, { readonly integrity?: string }>>;
  };
  if (packages[`node_modules/${packageName}`]?.integrity !== integrity)
    throw new Error(`${packageName}@${version} is not the package that it was`);
}

function counted(issues: readonly { readonly id: string; readonly file: string }[]): readonly Finding[] {
  const found = new Map<string, Finding>();
  for (const { id, file } of issues) {
    const path = file.replaceAll('\\', '/');
    const key = `${id} ${path}`;
    found.set(key, { check: id, file: path, times: (found.get(key)?.times ?? 0) + 1 });
  }
  return [...found.values()].sort((a, b) =>
    `${a.check} ${a.file}`.localeCompare(`${b.check} ${b.file}`, 'en'),
  );
}
