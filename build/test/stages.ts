import { makePythonPeers } from '../../tests/support/setup/python-peers';
import { ensureSystemPeers } from '../../tests/support/setup/system-peers';
import { buildAppIfChanged } from '../app-bundle';
import { runChecks } from '../check/checks';
import { resolveElectron } from '../electron-runtime/resolve';
import { describeError, step } from '../step';
import { ensureElectronNeeds } from '../system/electron-needs';
import { hasCommand } from '../system/packages';
import { startXvfb } from '../system/xvfb';
import { emptyReport, type TestReport } from './report';
import { runPlaywright, runVitest } from './runners';
import { withSecondTry } from './second-try';

export const stageNames = ['check', 'unit', 'integration', 'e2e'] as const;
export type StageName = (typeof stageNames)[number];

interface Stage {
  /** Gets what the stage's tests run against. */
  prepare(): Promise<void>;
  /** Resolves also when tests fail. */
  run(filters: readonly string[]): Promise<TestReport>;
}

const stages: Readonly<Record<StageName, Stage>> = {
  check: {
    prepare: async () => undefined,
    run: runStaticChecks,
  },
  unit: {
    prepare: () => step('System programs', ensureSystemPeers),
    run: (filters) => runVitest('unit', filters),
  },
  integration: {
    prepare: prepareRealPeers,
    run: (filters) => withSecondTry((files) => runVitest('integration', files), filters),
  },
  e2e: {
    prepare: async () => {
      await prepareRealPeers();
      const electron = await step('Electron', () => resolveElectron());
      await step('System libraries', () => ensureElectronNeeds(electron.executablePath, true));
      await step('Build', buildAppIfChanged);
    },
    run: runEndToEnd,
  },
};

/** Installs and builds what a stage needs; does nothing twice that is still there. Rejects in words. */
export function prepareStage(name: StageName): Promise<void> {
  return stages[name].prepare();
}

/**
 * Prepares and runs one stage; `filters` are names of checks or parts of test file names. Never rejects: a stage
 * that breaks must not hide what the others would say, so it counts as a failure.
 */
export async function runStage(name: StageName, filters: readonly string[]): Promise<TestReport> {
  try {
    await prepareStage(name);
    return await stages[name].run(filters);
  } catch (error) {
    return { ...emptyReport, failures: [{ name, file: null, message: describeError(error) }] };
  }
}

async function prepareRealPeers(): Promise<void> {
  await step('System programs', ensureSystemPeers);
  await step('Python environments', makePythonPeers);
}

/** Each static check counts as one test. */
async function runStaticChecks(names: readonly string[]): Promise<TestReport> {
  const results = await runChecks(names);
  const failed = results.filter((result) => !result.isOk);
  return {
    passed: results.length - failed.length,
    failures: failed.map(({ name }) => ({ name: `check ${name}`, file: null, message: 'see above' })),
    skips: [],
    unsteady: [],
  };
}

async function runEndToEnd(filters: readonly string[]): Promise<TestReport> {
  // Windows of tests would get in the user's way even where there is a screen.
  const display = process.platform === 'linux' ? await startXvfb() : null;
  try {
    // A session bus of its own, so that tray and keyring tests neither need nor touch the user's.
    const wrapper = (await hasCommand('dbus-run-session')) ? ['dbus-run-session', '--'] : [];
    const run = (files: readonly string[]) => runPlaywright(files, wrapper, display?.env ?? {});
    return await withSecondTry(run, filters);
  } finally {
    await display?.stop();
  }
}
