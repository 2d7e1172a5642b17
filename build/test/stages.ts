import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runChecks } from '../check/checks';
import { packageBin } from '../system/package-bin';
import { hasCommand } from '../system/packages';
import { runVisibly } from '../system/run';
import { startXvfb, type VirtualDisplay } from '../system/xvfb';
import { emptyReport, readReport, reportFileVariable, type TestReport } from './report';

export const stageNames = ['check', 'unit', 'integration', 'e2e'] as const;
export type StageName = (typeof stageNames)[number];

/** A run that hangs must end, in words, well before a continuous integration ends it. */
const stageTimeoutMs = 40 * 60_000;

/** Runs one stage; `filters` are parts of test file names. Resolves also when tests fail. */
export function runStage(name: StageName, filters: readonly string[]): Promise<TestReport> {
  if (name === 'check') return checkStage(filters);
  return name === 'e2e' ? playwrightStage(filters) : vitestStage(name, filters);
}

/** Each static check counts as one test. */
async function checkStage(names: readonly string[]): Promise<TestReport> {
  const results = await runChecks(names);
  return {
    ...emptyReport,
    passed: results.filter((result) => result.isOk).length,
    failures: results
      .filter((result) => !result.isOk)
      .map((result) => ({ name: `check ${result.name}`, message: 'see its output above' })),
  };
}

function vitestStage(project: 'unit' | 'integration', filters: readonly string[]): Promise<TestReport> {
  const reporters = ['--reporter=default', '--reporter=./build/test/vitest-reporter.ts'];
  const args = [packageBin('vitest', 'vitest'), 'run', '--project', project, ...reporters, ...filters];
  return runRunner(project, process.execPath, args, {});
}

async function playwrightStage(filters: readonly string[]): Promise<TestReport> {
  const args = [
    packageBin('@playwright/test', 'playwright'),
    'test',
    '--reporter=list,./build/test/playwright-reporter.ts',
    ...filters,
  ];
  const display = await virtualDisplay();
  try {
    const env = display?.env ?? {};
    // A session bus of its own, so that tray and keyring tests neither need nor touch the user's.
    if (await hasCommand('dbus-run-session')) {
      return await runRunner('e2e', 'dbus-run-session', ['--', process.execPath, ...args], env);
    }
    return await runRunner('e2e', process.execPath, args, env);
  } finally {
    await display?.stop();
  }
}

/** Windows of tests would get in the user's way even where there is a screen. */
async function virtualDisplay(): Promise<VirtualDisplay | null> {
  return process.platform === 'linux' ? startXvfb() : null;
}

async function runRunner(
  stage: string,
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<TestReport> {
  const folder = await mkdtemp(join(tmpdir(), 'nuvem-test-'));
  try {
    const reportFile = join(folder, 'report.json');
    const code = await runVisibly(command, args, {
      env: { ...process.env, ...env, [reportFileVariable]: reportFile },
      timeoutMs: stageTimeoutMs,
    });
    return withRunnersVerdict(stage, code, await readReport(reportFile));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A runner that fails without a failed test, or finds no test, is a failure of its own. */
function withRunnersVerdict(stage: string, code: number, report: TestReport | null): TestReport {
  const result = report ?? emptyReport;
  const hasRun = result.passed + result.failures.length + result.skips.length > 0;
  if (hasRun && (code === 0 || result.failures.length > 0)) return result;
  const message = hasRun || report === null ? `the runner ended with code ${code}` : 'no test was found';
  return { ...result, failures: [...result.failures, { name: stage, message }] };
}
