import { access, constants, readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { runOrThrow, runQuietly, runVisibly } from './run';

export type PackageSystem = 'debian' | 'fedora' | 'arch' | 'unknown';

/** Something of the operating system that we need, and the packages that bring it. */
export interface Need {
  /** What is missing, for people: a command or a library. */
  readonly name: string;
  /** Package names by system; for Debian the first that its release has is taken. */
  readonly packages: { readonly debian: readonly string[]; readonly fedora?: string; readonly arch?: string };
}

const installCommands: Readonly<Record<Exclude<PackageSystem, 'unknown'>, string>> = {
  debian: 'apt-get install -y',
  fedora: 'dnf install -y',
  arch: 'pacman -S --needed',
};

/**
 * Installs what is missing on Debian and its kin when we are root. Elsewhere rejects with the one command that
 * does it, or with what is missing where we don't know the package system.
 */
export async function installMissing(missing: readonly Need[]): Promise<void> {
  if (missing.length === 0) return;
  const names = missing.map((need) => need.name).join(', ');
  const system = await detectPackageSystem();
  if (system === 'unknown') throw new Error(`Please install: ${names}. Then run this again.`);

  const isRoot = process.getuid?.() === 0;
  if (system === 'debian' && isRoot) await refreshDebianLists();
  const packages = await packageNames(missing, system);
  const command = `${installCommands[system]} ${packages.join(' ')}`;
  if (system !== 'debian' || !isRoot) {
    throw new Error(`Missing: ${names}. Install with\n\n  sudo ${command}\n\nThen run this again.`);
  }
  console.log(`Installing ${packages.join(' ')}`);
  await runOrThrow('apt-get', ['install', '-y', '--no-install-recommends', ...packages], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}

/** Whether a command is on the PATH or in the folders of system programs, which a user's PATH may lack. */
export async function hasCommand(name: string): Promise<boolean> {
  return (await findCommand(name)) !== null;
}

/** The full path of a command, or null. */
export async function findCommand(name: string): Promise<string | null> {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin'];
  for (const folder of folders) {
    const path = join(folder, name);
    const isExecutable = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isExecutable) return path;
  }
  return null;
}

async function detectPackageSystem(): Promise<PackageSystem> {
  if (process.platform !== 'linux') return 'unknown';
  const release = await readFile('/etc/os-release', 'utf8').catch(() => '');
  const ids = [...release.matchAll(/^ID(?:_LIKE)?="?([^"\n]*)"?$/gm)].flatMap(
    (match) => match[1]?.split(' ') ?? [],
  );
  if (ids.includes('debian') || ids.includes('ubuntu')) return 'debian';
  if (ids.includes('fedora') || ids.includes('rhel')) return 'fedora';
  return ids.includes('arch') ? 'arch' : 'unknown';
}

/** Old lists still let most installs pass, so a mirror that fails here is only reported. */
async function refreshDebianLists(): Promise<void> {
  const code = await runVisibly('apt-get', ['update', '-qq']);
  if (code !== 0) console.log('apt-get update failed; trying with the package lists at hand');
}

async function packageNames(
  needs: readonly Need[],
  system: Exclude<PackageSystem, 'unknown'>,
): Promise<readonly string[]> {
  const names = new Set<string>();
  for (const { name, packages } of needs) {
    if (system === 'debian') names.add(await firstKnownToDebian(packages.debian));
    else names.add(packages[system] ?? name);
  }
  return [...names];
}

/** Debian renamed libraries (`libgtk-3-0` to `libgtk-3-0t64`), so there may be more than one name to try. */
async function firstKnownToDebian(candidates: readonly string[]): Promise<string> {
  for (const name of candidates) {
    const { code, stdout } = await runQuietly('apt-cache', ['show', '--no-all-versions', name]);
    if (code === 0 && stdout.startsWith('Package:')) return name;
  }
  const last = candidates.at(-1);
  if (last === undefined) throw new Error('A need without a Debian package');
  return last;
}
