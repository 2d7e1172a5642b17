import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readTemplate, writeTemplate } from '../../../../electron/aws/emr/template-text';
import { AppError } from '../../../../shared/errors/app-error';
import { usualTemplate } from '../../../../shared/model/emr-template';
import { anyTemplate } from '../../../support/emr-samples';

test.each(['yaml', 'json'] as const)('every template comes back from %s as it was', (format) => {
  fc.assert(
    fc.property(anyTemplate, (template) => {
      expect(readTemplate(writeTemplate(template, format))).toEqual(template);
    }),
    { numRuns: 300 },
  );
});

test('what a text leaves out is as in a usual cluster', () => {
  expect(readTemplate('name: Mine\nreleaseLabel: emr-7.2.0\n')).toEqual({
    ...usualTemplate,
    name: 'Mine',
    releaseLabel: 'emr-7.2.0',
  });
});

const tooManyAliases = `a: &a [1, 2]\nname: [${Array(200).fill('*a').join(', ')}]`;

test.each([
  ['', ''],
  ['[1, 2]', ''],
  ['name: [', ''],
  [tooManyAliases, ''],
  ['groups: []', 'groups'],
  ['idleMinutes: soon', 'idleMinutes'],
  ['nmae: Mine', ''],
])('%j is no template, and the place is told', (text, place) => {
  expect(() => readTemplate(text)).toThrow(new AppError('emr-template-damaged', { place }));
});
