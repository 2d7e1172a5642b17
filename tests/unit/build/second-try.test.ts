import { expect, test } from 'vitest';
import { emptyReport, type TestFailure, type TestReport } from '../../../build/test/report';
import { withSecondTry } from '../../../build/test/second-try';

const failure = (name: string, file: string | null = `${name}.test.ts`): TestFailure => ({
  ...{ name, file, message: 'why' },
});
const report = (passed: number, ...failures: TestFailure[]): TestReport => ({
  ...{ ...emptyReport, passed, failures },
});

/** A runner that comes to these reports one after the other, and what it was asked to run. */
function runner(...reports: readonly TestReport[]) {
  const asked: (readonly string[])[] = [];
  const run = async (filters: readonly string[]): Promise<TestReport> => {
    asked.push(filters);
    return reports[asked.length - 1] ?? emptyReport;
  };
  return { asked, run };
}

test('tests that pass are run once', async () => {
  const { asked, run } = runner(report(3));
  expect(await withSecondTry(run, ['part'])).toEqual(report(3));
  expect(asked).toEqual([['part']]);
});

test('a test that passes the second time has passed, and is named as unsteady', async () => {
  const { asked, run } = runner(report(7, failure('a')), report(2));
  expect(await withSecondTry(run, [])).toEqual({ ...report(8), unsteady: [failure('a')] });
  expect(asked).toEqual([[], ['a.test.ts']]);
});

test('a test that fails the second time, too, or only then, has failed', async () => {
  const { run } = runner(report(7, failure('a'), failure('b')), report(1, failure('a'), failure('c')));
  const both = await withSecondTry(run, []);
  expect(both.failures).toEqual([failure('a'), failure('c')]);
  expect(both.unsteady).toEqual([failure('b')]);
  expect(both.passed).toBe(7);
});

test('what is no failure of a test file, and what fails all over, is not tried again', async () => {
  const broken = runner(report(7, failure('Test runner', null), failure('a')));
  expect((await withSecondTry(broken.run, [])).failures).toHaveLength(2);
  const many = runner(report(7, ...['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => failure(name))));
  expect((await withSecondTry(many.run, [])).failures).toHaveLength(7);
  expect([broken.asked.length, many.asked.length]).toEqual([1, 1]);
});
