import type { WebContents } from 'electron';
import { beforeEach, describe, expect, it } from 'vitest';
import { UnsavedPages } from '../../../electron/desktop/unsaved-pages';
import type { TabId, WebTab } from '../../../shared/model/tab';
import { FakeClock } from '../../support/fake-clock';

/** How a page answers when it is asked whether it would let itself be left. */
type Answer = 'saved' | 'unsaved' | 'broken' | 'never' | 'crashed' | 'not attached';

let clock: FakeClock;
let asked: string[];
let answers: boolean[];

beforeEach(() => {
  clock = new FakeClock();
  asked = [];
  answers = [];
});

function makePages(pages: Record<string, Answer>): { unsaved: UnsavedPages; tabs: WebTab[] } {
  const unsaved = new UnsavedPages({
    pageOf: (tabId) => pageThat(pages[tabId] ?? 'not attached'),
    ask: async (question, title) => {
      asked.push(`${question} ${title}`);
      return answers.shift() ?? false;
    },
    clock,
  });
  return { unsaved, tabs: Object.keys(pages).map((id) => ({ id: id as TabId, title: id }) as WebTab) };
}

function pageThat(
  answer: Answer,
): Pick<WebContents, 'isDestroyed' | 'isCrashed' | 'executeJavaScript'> | undefined {
  if (answer === 'not attached') return undefined;
  const executeJavaScript = (): Promise<boolean> => {
    if (answer === 'never') return new Promise(() => undefined);
    if (answer === 'broken') return Promise.reject(new Error('navigated'));
    return Promise.resolve(answer === 'unsaved');
  };
  return {
    isDestroyed: () => false,
    isCrashed: () => answer === 'crashed',
    executeJavaScript,
  };
}

describe('closing pages', () => {
  it.each(['saved', 'crashed', 'not attached'] as const)(
    'asks nothing of the user about one that is %s',
    async (answer) => {
      const { unsaved, tabs } = makePages({ a: answer });
      expect(await unsaved.mayClose(tabs)).toBe(true);
      expect(asked).toEqual([]);
    },
  );

  it.each([true, false])('with unsaved changes is up to the user: %s', async (isGivenUp) => {
    const { unsaved, tabs } = makePages({ a: 'saved', b: 'unsaved' });
    answers = [isGivenUp];
    expect(await unsaved.mayClose(tabs)).toBe(isGivenUp);
    expect(asked).toEqual(['close b']);
  });

  it('stops asking at the first one that the user keeps', async () => {
    const { unsaved, tabs } = makePages({ a: 'unsaved', b: 'unsaved', c: 'unsaved' });
    answers = [true, false, true];
    expect(await unsaved.mayClose(tabs)).toBe(false);
    expect(asked).toEqual(['close a', 'close b']);
  });

  it('does not wait for a page that hangs: after three seconds the user decides', async () => {
    const { unsaved, tabs } = makePages({ a: 'never' });
    answers = [true];
    const mayClose = unsaved.mayClose(tabs);
    clock.advance(2999);
    expect(asked).toEqual([]);
    clock.advance(1);
    expect(await mayClose).toBe(true);
    expect(asked).toEqual(['closeSilent a']);
  });

  it('lets the user decide about a page that cannot be asked', async () => {
    const { unsaved, tabs } = makePages({ a: 'broken' });
    expect(await unsaved.mayClose(tabs)).toBe(false);
    expect(asked).toEqual(['closeSilent a']);
  });
});
