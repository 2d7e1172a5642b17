import { describe, expect, it } from 'vitest';
import { answeredFindings, compareFindings } from '../../../build/security/answered-findings';

const document = [
  '| Check | File | Times | Answer |',
  '|---|---|---|---|',
  '| `AUXCLICK_JS_CHECK` | `electron/desktop/window.ts` | 1 | Judged as every window. |',
  '| `CSP_GLOBAL_CHECK` | N/A | 1 | |',
].join('\n');
const auxclick = { check: 'AUXCLICK_JS_CHECK', file: 'electron/desktop/window.ts', times: 1 };
const csp = { check: 'CSP_GLOBAL_CHECK', file: 'N/A', times: 1 };

describe('a finding', () => {
  it('is answered by a row with an answer, and by no other', () => {
    expect(answeredFindings(document)).toEqual([auxclick]);
    expect(compareFindings([auxclick], answeredFindings(document))).toEqual([]);
    expect(compareFindings([auxclick, csp], answeredFindings(document))).toEqual([
      'not answered: CSP_GLOBAL_CHECK in N/A, 1 times',
    ]);
  });

  it('wants a new answer when it is there more often, and an answer goes when its finding is gone', () => {
    expect(compareFindings([{ ...auxclick, times: 2 }], [auxclick])).toEqual([
      'not answered: AUXCLICK_JS_CHECK in electron/desktop/window.ts, 2 times',
      'answered, but not there: AUXCLICK_JS_CHECK in electron/desktop/window.ts, 1 times',
    ]);
  });
});
