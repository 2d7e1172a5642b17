import type { TestReport } from './report';

/** More than this is no moment of bad luck. */
const filesAtMost = 6;

/**
 * Runs the files of tests that failed a second time. Tests against real programs meet moments that no one can repeat;
 * whatever needed its second try is named as unsteady, so that somebody looks at it.
 */
export async function withSecondTry(
  run: (files: readonly string[]) => Promise<TestReport>,
  filters: readonly string[],
): Promise<TestReport> {
  const first = await run(filters);
  const files = filesToTryAgain(first);
  return files.length === 0 ? first : afterSecondTry(first, await run(files));
}

/** None when all is well, when a failure belongs to no file, or when too much fails. */
export function filesToTryAgain({ failures }: TestReport): readonly string[] {
  const files = new Set<string>();
  for (const { file } of failures) {
    if (file === null) return [];
    files.add(file);
  }
  return files.size > filesAtMost ? [] : [...files];
}

/** What both runs come to: a test that failed in the second one has failed, wherever it passed before. */
export function afterSecondTry(first: TestReport, second: TestReport): TestReport {
  const failsAgain = new Set(second.failures.map(({ name }) => name));
  const failedBefore = new Set(first.failures.map(({ name }) => name));
  const unsteady = first.failures.filter(({ name }) => !failsAgain.has(name));
  const newFailures = second.failures.filter(({ name }) => !failedBefore.has(name)).length;
  return {
    passed: first.passed + unsteady.length - newFailures,
    failures: second.failures,
    skips: first.skips,
    unsteady,
  };
}
