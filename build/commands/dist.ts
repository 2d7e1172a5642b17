import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { buildApp } from '../app-bundle';
import { type DistPlatform, signingGaps } from '../dist/signing';
import { feedArguments, signFeeds, updateGaps, verificationArguments } from '../dist/update-feed';
import { writeLegalFiles } from '../dist/write-legal-files';
import { officialVersion } from '../electron-runtime/official';
import { type ElectronRuntime, resolveElectron } from '../electron-runtime/resolve';
import { runScript, step } from '../step';
import { packageBin } from '../system/package-bin';
import { hasCommand } from '../system/packages';
import { runVisibly } from '../system/run';

const platformFlags: Readonly<Record<DistPlatform, readonly string[]>> = {
  linux: ['--linux', '-l'],
  darwin: ['--mac', '-m', '--macos'],
  win32: ['--win', '-w', '--windows'],
};

/** The metadata of a package need an address; a clone of a repository knows its own, and this one leads nowhere. */
const noHomepage = 'https://nuvem.example/';

await runScript(async () => {
  const args = process.argv.slice(2);
  const platforms = platformsIn(args);
  await step('Build', buildApp);
  const electron = isForThisPlatform(platforms) ? await resolveElectron() : null;
  const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { readonly version: string };
  const electronVersion = electron?.version ?? officialVersion;
  await step('Licences', () => writeLegalFiles('out', { version, electronVersion }));
  const gaps = [...signingGaps(platforms, process.env), ...updateGaps(platforms, process.env)];
  for (const gap of gaps) console.log(gap);
  const builder = packageBin('electron-builder', 'electron-builder');
  process.exitCode = await runVisibly(
    process.execPath,
    [
      ...[builder, ...args, '--publish', 'never', ...homepage()],
      ...[...feedArguments(process.env), ...verificationArguments(platforms, process.env)],
      ...(electron === null ? [] : electronAtHand(electron)),
    ],
    { env: { ...withoutUpdateKey(process.env), ...(await packagerOfLinux(electron)) } },
  );
  const { NUVEM_UPDATE_KEY: key } = process.env;
  if (process.exitCode === 0 && key) await signFeeds(outputFolder(args), key);
});

/** None named means: for this one. */
function platformsIn(args: readonly string[]): readonly DistPlatform[] {
  const named = (Object.keys(platformFlags) as DistPlatform[]).filter((platform) =>
    platformFlags[platform].some((flag) => args.includes(flag)),
  );
  return named.length > 0 ? named : [process.platform as DistPlatform];
}

/** Tools that only pack have no use for it. */
function withoutUpdateKey({ NUVEM_UPDATE_KEY: _, ...env }: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return env;
}

function outputFolder(args: readonly string[]): string {
  const option = '-c.directories.output=';
  return args.findLast((argument) => argument.startsWith(option))?.slice(option.length) ?? 'dist';
}

/** electron-builder fetches Electron for other platforms itself. */
function isForThisPlatform(platforms: readonly DistPlatform[]): boolean {
  return platforms.length === 1 && platforms[0] === process.platform;
}

function electronAtHand({ distPath, version }: ElectronRuntime): readonly string[] {
  if (version !== officialVersion) {
    console.log(
      `The package gets Electron ${version}, which is good for trials. Release with the official one.`,
    );
  }
  return [`-c.electronDist=${distPath}`, `-c.electronVersion=${version}`];
}

function homepage(): readonly string[] {
  const repository = process.env.GITHUB_REPOSITORY;
  const address = repository ? `https://github.com/${repository}` : noHomepage;
  return [`-c.extraMetadata.homepage=${address}`];
}

/** electron-builder downloads fpm from where official Electrons come from; where those can't be had, nor can it. */
async function packagerOfLinux(electron: ElectronRuntime | null): Promise<Record<string, string>> {
  const { CUSTOM_FPM_PATH, USE_SYSTEM_FPM } = process.env;
  if (CUSTOM_FPM_PATH || USE_SYSTEM_FPM || electron === null) return {};
  if (electron.version === officialVersion) return {};
  if (await hasCommand('fpm')) return { USE_SYSTEM_FPM: 'true' };
  return { CUSTOM_FPM_PATH: fileURLToPath(new URL('../dist/deb-by-dpkg.mjs', import.meta.url)) };
}
