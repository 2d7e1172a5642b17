import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { resolveElectron } from '../../build/electron-runtime/resolve';
import { comparisonTable, inTurns } from '../support/bench/comparison';
import { treeMemoryMiB } from '../support/bench/process-memory';
import { appArguments, appEnvironment, makeAppProfile } from '../support/lab/app';

/** From the start of the process to a window whose button can be pressed, and what the app then weighs when idle. */
const runs = Number(process.env.NUVEM_BENCH_RUNS ?? 7);
const idleMs = 10_000;

interface Measured {
  readonly startMs: number[];
  readonly memoryMiB: number[];
}

const bareFolder = fileURLToPath(new URL('../support/bench/bare-window', import.meta.url));
const { executablePath } = await resolveElectron();
const nuvem: Measured = { startMs: [], memoryMiB: [] };
const bare: Measured = { startMs: [], memoryMiB: [] };
const isCold = await dropDiskCache();

await inTurns(
  runs,
  () => measure(nuvem, (profile) => appArguments(profile)),
  () =>
    measure(bare, (profile) =>
      appArguments(profile).map((argument, index, all) => (index === all.length - 1 ? bareFolder : argument)),
    ),
);

const baselineName = 'a bare Electron window';
console.log(
  `\nElectron ${(await resolveElectron()).version}, disk cache ${isCold ? 'emptied before each start' : 'warm'}\n`,
);
console.log(
  comparisonTable([
    {
      name: 'Start to usable window',
      unit: 'ms',
      baselineName,
      nuvem: nuvem.startMs,
      baseline: bare.startMs,
    },
    {
      name: 'Memory when idle (PSS)',
      unit: 'MiB',
      baselineName,
      nuvem: nuvem.memoryMiB,
      baseline: bare.memoryMiB,
    },
  ]),
);

type Profile = Awaited<ReturnType<typeof makeAppProfile>>;

async function measure(into: Measured, argumentsOf: (profile: Profile) => readonly string[]): Promise<void> {
  const profile = await makeAppProfile();
  await dropDiskCache();
  const startedAt = performance.now();
  const app = await _electron.launch({
    executablePath,
    args: [...argumentsOf(profile)],
    env: appEnvironment(profile),
  });
  try {
    const page = await app.firstWindow();
    await usable(page);
    into.startMs.push(performance.now() - startedAt);
    await page.waitForTimeout(idleMs);
    into.memoryMiB.push(await treeMemoryMiB(pidOf(app)));
  } finally {
    await app.close();
    await profile.remove();
  }
}

async function usable(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'New machine' }).click({ trial: true });
}

function pidOf(app: ElectronApplication): number {
  return app.process().pid ?? 0;
}

/** False where only root of the real machine may do so: then every start but the first is a warm one. */
async function dropDiskCache(): Promise<boolean> {
  return writeFile('/proc/sys/vm/drop_caches', '3').then(
    () => true,
    () => false,
  );
}
