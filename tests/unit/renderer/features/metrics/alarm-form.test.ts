import { expect, test } from 'vitest';
import { type AlarmForm, alarmForm, readAlarm } from '../../../../../renderer/features/metrics/alarm-form';

const form: AlarmForm = {
  ...alarmForm('IsIdle', [{ id: 'j-1', name: 'Nightly' }]),
  name: 'Idle for an hour',
  threshold: '1',
  evaluationPeriods: '12',
};

const problemsOf = (change: Partial<AlarmForm>) => {
  const read = readAlarm({ ...form, ...change });
  return 'problems' in read ? read.problems : null;
};

test('a form that was filled in makes an alarm', () => {
  expect(readAlarm(form)).toEqual({
    draft: { ...form, threshold: 1, evaluationPeriods: 12 },
  });
});

test('a threshold may have a decimal comma', () => {
  expect(readAlarm({ ...form, threshold: ' 12,5 ' })).toMatchObject({ draft: { threshold: 12.5 } });
});

test('each field says what is wrong with it', () => {
  expect(
    problemsOf({ name: ' ', resourceId: '', threshold: '', evaluationPeriods: '1.5', topicArn: 'team' }),
  ).toEqual({
    name: 'name-empty',
    resourceId: 'resource-missing',
    threshold: 'threshold-invalid',
    evaluationPeriods: 'periods-invalid',
    topicArn: 'topic-invalid',
  });
});

test.each([
  ['IsIdle', '288', null],
  ['IsIdle', '289', { evaluationPeriods: 'periods-too-many' }],
  ['NumberOfObjects', '7', null],
  ['NumberOfObjects', '8', { evaluationPeriods: 'periods-too-many' }],
] as const)('of %s CloudWatch looks at %s periods: %o', (metric, evaluationPeriods, problems) => {
  expect(problemsOf({ metric, evaluationPeriods })).toEqual(problems);
});
