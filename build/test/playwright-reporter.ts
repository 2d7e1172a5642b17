import { relative } from 'node:path';
import type { FullResult, Reporter, Suite, TestCase, TestError } from '@playwright/test/reporter';
import { noReason, type TestFailure, writeReport } from './report';

/** Tells `npm test` what a Playwright run came to. */
export default class PlaywrightReporter implements Reporter {
  private readonly errors: TestError[] = [];
  private suite: Suite | null = null;

  printsToStdio(): boolean {
    return false;
  }

  onBegin(_config: unknown, suite: Suite): void {
    this.suite = suite;
  }

  /** Errors outside of tests: a file that does not load, a fixture that breaks at the end. */
  onError(error: TestError): void {
    this.errors.push(error);
  }

  onEnd(result: FullResult): void {
    const tests = this.suite?.allTests() ?? [];
    const failures: TestFailure[] = this.errors.map((error) => ({
      name: 'Playwright',
      file: null,
      message: error.message ?? '',
    }));
    const outcomes = tests.map((test) => ({ test, outcome: test.outcome() }));
    for (const { test, outcome } of outcomes) {
      if (outcome === 'unexpected' || outcome === 'flaky')
        failures.push({ name: nameOf(test), file: fileOf(test), message: messageOf(test) });
    }
    if (result.status === 'timedout')
      failures.push({ name: 'Playwright', file: null, message: 'the whole run took too long' });
    writeReport({
      passed: outcomes.filter(({ outcome }) => outcome === 'expected').length,
      failures,
      skips: outcomes
        .filter(({ outcome }) => outcome === 'skipped')
        .map(({ test }) => ({ name: nameOf(test), reason: skipReason(test) })),
      unsteady: [],
    });
  }
}

function nameOf(test: TestCase): string {
  const [, , , ...titles] = test.titlePath();
  return [fileOf(test), ...titles].join(' › ');
}

const fileOf = (test: TestCase): string => relative(process.cwd(), test.location.file);

function messageOf(test: TestCase): string {
  return test.results.at(-1)?.error?.message ?? test.results.at(-1)?.status ?? 'did not run';
}

function skipReason(test: TestCase): string {
  const annotations = [...test.annotations, ...test.results.flatMap((result) => result.annotations)];
  return annotations.find((annotation) => annotation.type === 'skip')?.description ?? noReason;
}
