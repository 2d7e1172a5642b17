import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { completePlan } from '../../../../electron/machines/import/complete-plan';
import { isNuvemFile, readNuvemDocument } from '../../../../electron/machines/import/nuvem/nuvem-document';
import { readNuvemEntries } from '../../../../electron/machines/import/nuvem/nuvem-entries';
import { AppError } from '../../../../shared/errors/app-error';

describe("Nuvem's own file", () => {
  test.each([
    ['nuvem: 1\n', true],
    ['# mine\n---\nnuvem: 1\n', true],
    ['{ "nuvem": 1 }', true],
    ['{\n  "nuvem": 1 }', true],
    ['Host nuvem\n', false],
    ['{"machines": []}', false],
  ])('is known by its beginning: %j', (text, isOurs) => {
    expect(isNuvemFile(text)).toBe(isOurs);
  });

  test('ends in a plan or in a reason, whatever is in it, and no entry without a word', () => {
    const piece = fc.constantFrom(
      ...[
        '- ',
        'name: a',
        'route: ',
        '{ host: h, user: u }',
        '\n',
        '\n  ',
        '\n- ',
        '[',
        ']',
        '&x ',
        '*x',
        '!!js ',
        '"',
        '|\n',
        ': ',
        '? ',
      ],
    );
    const yaml = fc
      .array(piece, { maxLength: 25 })
      .map((parts) => `nuvem: 1\nmachines:\n${parts.join('')}\n`);
    const json = fc.array(fc.jsonValue()).map((machines) => JSON.stringify({ nuvem: 1, machines }));
    fc.assert(
      fc.property(fc.oneof(yaml, json), (text) => {
        let document: ReturnType<typeof readNuvemDocument>;
        try {
          document = readNuvemDocument(text, 'file');
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
          return;
        }
        const { candidates, groups, remarks } = readNuvemEntries(document);
        const plan = completePlan({ kind: 'nuvem', location: 'file' }, candidates, remarks, { groups });
        expect(plan.items.length + plan.remarks.length).toBe(document.machines.length);
      }),
    );
  });
});
