import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageBin } from '../system/package-bin';
import { runVisibly } from '../system/run';
import { emptyReport, readReport, reportFileVariable, type TestReport } from './report';

/** A run that hangs must end, in words, well before a continuous integration ends it. */
const timeoutMs = 60 * 60_000;

/** Runs one of vitest's projects; `filters` are parts of file names. */
export function runVitest(project: string, filters: readonly string[]): Promise<TestReport> {
  const reporters = ['--reporter=default', '--reporter=./build/test/vitest-reporter.ts'];
  const script = packageBin('vitest', 'vitest');
  return runRunner([process.execPath, script, 'run', '--project', project, ...reporters, ...filters], {});
}

/** Runs Playwright inside the command `wrapper` and with the variables of `env` added. */
export function runPlaywright(
  filters: readonly string[],
  wrapper: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<TestReport> {
  const reporters = '--reporter=list,./build/test/playwright-reporter.ts';
  const script = packageBin('@playwright/test', 'playwright');
  return runRunner([...wrapper, process.execPath, script, 'test', reporters, ...filters], env);
}

async function runRunner(
  commandLine: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<TestReport> {
  const [command = '', ...args] = commandLine;
  const folder = await mkdtemp(join(tmpdir(), 'nuvem-test-'));
  try {
    const reportFile = join(folder, 'report.json');
    const code = await runVisibly(command, args, {
      env: { ...process.env, ...env, [reportFileVariable]: reportFile },
      timeoutMs,
    });
    return judgeRun(code, await readReport(reportFile));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A runner that fails without a failed test, or finds no test, is a failure of its own. */
export function judgeRun(code: number, report: TestReport | null): TestReport {
  const result = report ?? emptyReport;
  const hasRun = result.passed + result.failures.length + result.skips.length > 0;
  if (hasRun && (code === 0 || result.failures.length > 0)) return result;
  const message = hasRun || report === null ? `it ended with code ${code}` : 'it found no test';
  return { ...result, failures: [...result.failures, { name: 'Test runner', file: null, message }] };
}
