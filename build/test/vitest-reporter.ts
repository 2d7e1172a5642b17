import type { Reporter, SerializedError, TestModule } from 'vitest/node';
import { noReason, type TestFailure, type TestReport, writeReport } from './report';

/** Tells `npm test` what a vitest run came to, with the reasons of skips, which vitest's JSON leaves out. */
export default class VitestReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly SerializedError[]): void {
    writeReport(summarize(modules, unhandledErrors));
  }
}

function summarize(modules: readonly TestModule[], unhandledErrors: readonly SerializedError[]): TestReport {
  const failures: TestFailure[] = [];
  const skips: { name: string; reason: string }[] = [];
  let passed = 0;
  for (const module of modules) {
    const file = module.relativeModuleId;
    for (const error of module.errors()) failures.push({ name: file, file, message: error.message });
    for (const suite of module.children.allSuites()) {
      for (const error of suite.errors())
        failures.push({ name: `${file} › ${suite.fullName}`, file, message: error.message });
    }
    for (const test of module.children.allTests()) {
      const name = `${file} › ${test.fullName}`;
      const result = test.result();
      if (result.state === 'passed') passed += 1;
      else if (result.state === 'failed')
        failures.push({ name, file, message: result.errors[0]?.message ?? '' });
      else if (result.state === 'skipped') skips.push({ name, reason: result.note ?? noReason });
      else failures.push({ name, file, message: 'did not finish' });
    }
  }
  for (const error of unhandledErrors)
    failures.push({ name: 'Unhandled error', file: null, message: error.message });
  return { passed, failures, skips, unsteady: [] };
}
