import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  newStepForm,
  readStepForm,
  stepFormLike,
  withFiles,
  withFolder,
} from '../../../../../../renderer/features/clusters/steps/step-form';
import type { EmrStep } from '../../../../../../shared/model/emr-step';
import { sampleStep } from '../../../../../support/emr-samples';

const fresh = newStepForm('s3n://logs/emr/', Date.UTC(2026, 2, 4, 12, 30, 5));
const file = { path: '/home/ana/train.py', name: 'train.py', sizeBytes: 10 };
const draftOf = (form: typeof fresh) => {
  const read = readStepForm(form);
  if (!('draft' in read)) throw new Error(JSON.stringify(read.problems));
  return read.draft;
};

test('a new step has a folder of its own in the bucket of the logs', () => {
  expect(fresh.folder).toBe('s3://logs/nuvem/20260304-123005/');
  expect(newStepForm('', 0).folder).toBe('');
});

test('a step that ran is run again as it was', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ maxLength: 30 }).map((text) => text.replaceAll('\0', ''))),
      fc.boolean(),
      (words, isSpark) => {
        const args = isSpark ? ['spark-submit', '--deploy-mode', 'client', 's3://b/x.py', ...words] : words;
        const step: EmrStep = sampleStep(1, { args });
        const { uploads: _, ...draft } = draftOf(stepFormLike(step, fresh));
        const { name, onFailure, jar, mainClass } = step;
        expect(draft).toEqual({ name, onFailure, jar, mainClass, args });
      },
    ),
  );
});

describe('files of this computer', () => {
  const form = withFiles({ ...fresh, name: 'Training', script: `${fresh.folder}train.py` }, [file]);

  test('are uploaded to where the step finds them', () => {
    expect(draftOf(form)).toMatchObject({
      args: ['spark-submit', '--deploy-mode', 'client', 's3://logs/nuvem/20260304-123005/train.py'],
      uploads: [{ path: file.path, uri: 's3://logs/nuvem/20260304-123005/train.py' }],
    });
  });

  test('are named anew where another folder is given', () => {
    const moved = withFolder({ ...form, args: `--code ${fresh.folder}train.py` }, 's3://other/runs');
    expect(draftOf(moved)).toMatchObject({
      args: [
        'spark-submit',
        '--deploy-mode',
        'client',
        's3://other/runs/train.py',
        '--code',
        's3://other/runs/train.py',
      ],
      uploads: [{ uri: 's3://other/runs/train.py' }],
    });
  });

  test('that were chosen before there was a folder are found once there is one', () => {
    const early = { ...withFiles({ ...fresh, folder: '', name: 'Training' }, [file]), script: file.name };
    expect(readStepForm(early)).toEqual({ problems: { folder: 'folder-invalid' } });
    expect(withFolder(early, 's3://other/').script).toBe('s3://other/train.py');
  });

  test('of one name would take each other the place', () => {
    const twice = withFiles(form, [{ ...file, path: '/tmp/train.py' }]);
    expect(readStepForm(twice)).toEqual({ problems: { files: 'file-twice' } });
  });
});

test('what is wrong is told at each field', () => {
  expect(readStepForm({ ...fresh, args: "it's" })).toEqual({
    problems: { name: 'name-invalid', script: 'script-invalid', args: 'words-invalid' },
  });
  expect(readStepForm({ ...fresh, kind: 'command', name: 'x', jar: ' ', command: 'a | b' })).toEqual({
    problems: { jar: 'jar-invalid', command: 'words-invalid' },
  });
});
