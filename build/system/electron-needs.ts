import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { hasCommand, installMissing, type Need } from './packages';
import { runQuietly } from './run';

/** What Electron links against, by the packages that bring it; all else that it needs is a dependency of GTK. */
const libraryNeeds: readonly (Need & { readonly libraries: RegExp })[] = [
  {
    name: 'NSS',
    libraries: /^lib(nss|nspr|smime|plc|plds)/,
    packages: { debian: ['libnss3'], fedora: 'nss', arch: 'nss' },
  },
  {
    name: 'ALSA',
    libraries: /^libasound/,
    packages: { debian: ['libasound2t64', 'libasound2'], fedora: 'alsa-lib', arch: 'alsa-lib' },
  },
  {
    name: 'GBM',
    libraries: /^lib(gbm|drm)/,
    packages: { debian: ['libgbm1'], fedora: 'mesa-libgbm', arch: 'mesa' },
  },
  {
    name: 'GTK 3',
    libraries: /./,
    packages: { debian: ['libgtk-3-0t64', 'libgtk-3-0'], fedora: 'gtk3', arch: 'gtk3' },
  },
];

const setUserId = 0o4000;

const xvfb: Need = {
  name: 'Xvfb',
  packages: { debian: ['xvfb'], fedora: 'xorg-x11-server-Xvfb', arch: 'xorg-server-xvfb' },
};

/**
 * Makes sure that Electron can start: its shared libraries, and Xvfb when `needsXvfb`.
 * Rejects with the command to run when something is missing that we may not install ourselves.
 */
export async function ensureElectronNeeds(executablePath: string, needsXvfb: boolean): Promise<void> {
  if (process.platform !== 'linux') return;
  const missing = needsFor(await missingLibraries(executablePath));
  if (needsXvfb && !(await hasCommand('Xvfb'))) missing.push(xvfb);
  await installMissing(missing);
  const stillMissing = await missingLibraries(executablePath);
  if (stillMissing.length > 0) throw new Error(`Electron still lacks ${stillMissing.join(', ')}.`);
  await requireSandbox(join(dirname(executablePath), 'chrome-sandbox'));
}

/** Chromium's sandbox needs user namespaces, which some systems forbid, or else its helper owned by root. */
async function requireSandbox(helper: string): Promise<void> {
  const { uid, mode } = await stat(helper);
  const isRoot = process.getuid?.() === 0;
  if (isRoot || (uid === 0 && (mode & setUserId) !== 0)) return;
  const { code } = await runQuietly('unshare', ['--user', '--map-root-user', 'true']);
  if (code === 0) return;
  throw new Error(
    `This system forbids the user namespaces of Electron's sandbox. Let its helper do without them:\n\n` +
      `  sudo chown root:root ${helper} && sudo chmod 4755 ${helper}\n\nThen run this again.`,
  );
}

function needsFor(libraries: readonly string[]): Need[] {
  const needs = libraries.map((library) => libraryNeeds.find((need) => need.libraries.test(library)));
  return [...new Set(needs)].filter((need) => need !== undefined);
}

async function missingLibraries(executablePath: string): Promise<string[]> {
  const { stdout } = await runQuietly('ldd', [executablePath]);
  return [...stdout.matchAll(/^\s*(\S+) => not found/gm)].flatMap((match) => match[1] ?? []);
}
