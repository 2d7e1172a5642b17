import fc from 'fast-check';
import { expect, test } from 'vitest';
import { below, readS3Uri, s3Uri } from '../../../shared/model/s3-uri';
import { deployModes, readSparkSubmit, sparkSubmitArgs } from '../../../shared/model/spark-submit';

const word = fc.string({ minLength: 1, maxLength: 20 }).filter((text) => !/^-|[,\s]/.test(text));
const list = fc.array(word, { maxLength: 3 });

test('what runs a Spark program is read back as it was', () => {
  fc.assert(
    fc.property(
      fc.record({
        deployMode: fc.constantFrom(...deployModes),
        script: word,
        packages: list,
        jars: list,
        pyFiles: list,
        options: fc
          .array(fc.tuple(fc.constantFrom('--conf', '--driver-memory'), word), { maxLength: 3 })
          .map((pairs) => pairs.flat()),
        args: fc.array(fc.string(), { maxLength: 4 }),
      }),
      (spark) => {
        expect(readSparkSubmit('command-runner.jar', sparkSubmitArgs(spark))).toEqual(spark);
      },
    ),
  );
});

test('options without a value do not swallow the script', () => {
  const words = [
    'spark-submit',
    '--verbose',
    '--conf=spark.ui.enabled=false',
    's3://b/train.py',
    '--deploy-mode',
  ];
  expect(readSparkSubmit('command-runner.jar', words)).toMatchObject({
    options: ['--verbose', '--conf=spark.ui.enabled=false'],
    script: 's3://b/train.py',
    args: ['--deploy-mode'],
  });
});

test.each([
  ['another jar', 's3://b/own.jar', ['spark-submit', 'x.py']],
  ['another command', 'command-runner.jar', ['hive-script', 'x.hql']],
  ['no script', 'command-runner.jar', ['spark-submit', '--conf', 'a=b']],
  ['nothing', 'command-runner.jar', []],
])('%s is no Spark program', (_what, jar, words) => {
  expect(readSparkSubmit(jar, words)).toBeNull();
});

test('places in S3 are read as EMR writes them', () => {
  expect(readS3Uri('s3n://research-logs/emr/')).toEqual({ bucket: 'research-logs', key: 'emr/' });
  expect(readS3Uri('s3://research-logs')).toEqual({ bucket: 'research-logs', key: '' });
  for (const other of ['', 'research-logs', 'http://research-logs/x', 's3://', 's3://A_B/x'])
    expect(readS3Uri(other)).toBeNull();
  expect(s3Uri(below({ bucket: 'logs', key: 'emr' }, 'j-1/x'))).toBe('s3://logs/emr/j-1/x');
  expect(s3Uri(below({ bucket: 'logs', key: '' }, 'j-1/x'))).toBe('s3://logs/j-1/x');
});
