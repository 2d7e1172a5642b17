import { buildApp } from '../app-bundle';
import { resolveElectron } from '../electron-runtime/resolve';
import { runScript, step } from '../step';
import { packageBin } from '../system/package-bin';
import { runVisibly } from '../system/run';

const platformFlags: Readonly<Record<string, readonly string[]>> = {
  linux: ['--linux', '-l'],
  darwin: ['--mac', '-m', '--macos'],
  win32: ['--win', '-w', '--windows'],
};

await runScript(async () => {
  const args = process.argv.slice(2);
  await step('Build', buildApp);
  const builder = packageBin('electron-builder', 'electron-builder');
  const electron = isForThisPlatform(args) ? await electronAtHand() : [];
  process.exitCode = await runVisibly(process.execPath, [
    builder,
    ...args,
    '--publish',
    'never',
    ...electron,
  ]);
});

/** electron-builder fetches Electron for other platforms itself. */
function isForThisPlatform(args: readonly string[]): boolean {
  const chosen = Object.keys(platformFlags).filter((platform) =>
    platformFlags[platform]?.some((flag) => args.includes(flag)),
  );
  return chosen.length === 0 || (chosen.length === 1 && chosen[0] === process.platform);
}

async function electronAtHand(): Promise<readonly string[]> {
  const { distPath, version, source } = await resolveElectron();
  if (source === 'carried') {
    console.log(
      `The package gets Electron ${version}, which is good for trials. Release with the official one.`,
    );
  }
  return [`-c.electronDist=${distPath}`, `-c.electronVersion=${version}`];
}
