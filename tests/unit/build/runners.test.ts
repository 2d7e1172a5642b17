import { expect, test } from 'vitest';
import { emptyReport } from '../../../build/test/report';
import { judgeRun } from '../../../build/test/runners';

test('a run that went well is taken as it is', () => {
  expect(judgeRun(0, { ...emptyReport, passed: 3 })).toEqual({ ...emptyReport, passed: 3 });
});

test('failed tests explain the code of the runner', () => {
  const report = { ...emptyReport, failures: [{ name: 'a', file: 'a.test.ts', message: 'b' }] };
  expect(judgeRun(1, report)).toEqual(report);
});

test('a code without a failed test is a failure', () => {
  expect(judgeRun(1, { ...emptyReport, passed: 3 }).failures).toEqual([
    { name: 'Test runner', file: null, message: 'it ended with code 1' },
  ]);
});

test('a runner that died before its report is a failure, whatever its code', () => {
  expect(judgeRun(0, null).failures).toHaveLength(1);
});

test('no test at all is a failure', () => {
  expect(judgeRun(0, emptyReport).failures).toEqual([
    { name: 'Test runner', file: null, message: 'it found no test' },
  ]);
});
