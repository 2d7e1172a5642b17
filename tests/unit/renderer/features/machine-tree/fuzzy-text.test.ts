import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FuzzyTexts } from '../../../../../renderer/features/machine-tree/fuzzy-text';

/** Few letters, so that words come together by chance, slip, swap and overlap. */
const letters = fc.constantFrom(...'abAB1');
const word = fc.string({ unit: letters, minLength: 1, maxLength: 7 });
const someTexts = fc.array(
  fc.array(word, { minLength: 1, maxLength: 5 }).map((words) => words.join(' ')),
  {
    minLength: 1,
    maxLength: 40,
  },
);
const search = fc.array(word, { minLength: 1, maxLength: 5 }).map((words) => words.join(' '));
/** Says nothing, but is searched for without the short cut for plain words. */
const roundabout = (text: string) => `${text} .`;

describe('the short cut for plain words', () => {
  it('finds the same, in the same order, as the way round', () => {
    fc.assert(
      fc.property(someTexts, search, (texts, wanted) => {
        const found = new FuzzyTexts(texts);
        expect(found.find(wanted).places).toEqual(found.find(roundabout(wanted)).places);
        expect(found.find(wanted).ranges).toEqual(found.find(roundabout(wanted)).ranges);
      }),
      { numRuns: 500 },
    );
  });

  it('finds the same where there are too many to be ranked, in the order of the texts', () => {
    fc.assert(
      fc.property(someTexts, search, (texts, wanted) => {
        const many = Array.from({ length: 1100 }, (_, index) => texts[index % texts.length] ?? '');
        const found = new FuzzyTexts(many);
        const { places, ranges } = found.find(wanted);
        const other = found.find(roundabout(wanted));
        expect(ranges === null).toBe(other.ranges === null);
        expect(new Set(places)).toEqual(new Set(other.places));
        if (ranges === null) expect(places).toEqual(places.toSorted((a, b) => a - b));
      }),
      { numRuns: 60 },
    );
  });
});

it('a quote, a minus and an apostrophe keep what they mean', () => {
  const texts = new FuzzyTexts(['spot node', 'old node', "ana's node"]);
  expect(texts.find('node -old').places).toEqual(expect.not.arrayContaining([1]));
  expect(texts.find('"spot no"').places).toEqual([0]);
  expect(texts.find("ana's").places).toEqual([2]);
});
