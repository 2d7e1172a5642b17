import { writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

export interface TestFailure {
  readonly name: string;
  /** Path of the test file from the project's folder. Null: it is no failure of a test file. */
  readonly file: string | null;
  readonly message: string;
}

/** What one run of a test runner came to; the same for each runner. */
export interface TestReport {
  readonly passed: number;
  readonly failures: readonly TestFailure[];
  readonly skips: readonly { readonly name: string; readonly reason: string }[];
  /** What failed at first and passed when it was run again; counted as passed. */
  readonly unsteady: readonly TestFailure[];
}

export const emptyReport: TestReport = { passed: 0, failures: [], skips: [], unsteady: [] };

/** The variable that tells our reporters, inside the runners, where to write. */
export const reportFileVariable = 'NUVEM_TEST_REPORT';

export const noReason = 'no reason given';

/** Writes the report where the starter of the runner wants it. */
export function writeReport(report: TestReport): void {
  const file = process.env[reportFileVariable];
  if (file === undefined) throw new Error(`${reportFileVariable} is not set`);
  writeFileSync(file, JSON.stringify(report));
}

/** The report that a runner left, or null when it died before it wrote one. */
export async function readReport(file: string): Promise<TestReport | null> {
  const text = await readFile(file, 'utf8').catch(() => null);
  return text === null ? null : (JSON.parse(text) as TestReport);
}

/** All reports as one. */
export function mergeReports(reports: readonly TestReport[]): TestReport {
  return {
    passed: reports.reduce((sum, report) => sum + report.passed, 0),
    failures: reports.flatMap((report) => report.failures),
    skips: reports.flatMap((report) => report.skips),
    unsteady: reports.flatMap((report) => report.unsteady),
  };
}
