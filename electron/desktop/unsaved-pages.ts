import type { WebContents } from 'electron';
import type { TabId, WebTab } from '../../shared/model/tab';
import type { Clock } from '../system/clock';

/** What the user is asked about a page that has, or may have, unsaved changes. True: give them up. */
export type UnsavedQuestion = 'close' | 'closeSilent' | 'leave';

interface UnsavedPagesDependencies {
  readonly pageOf: (
    tabId: TabId,
  ) => Pick<WebContents, 'isDestroyed' | 'isCrashed' | 'executeJavaScript'> | undefined;
  readonly ask: (question: UnsavedQuestion, title: string) => Promise<boolean>;
  readonly clock: Clock;
}

/**
 * Asks a page what it would say if it were left now, without leaving it: removing a `<webview>` asks nothing,
 * and Chromium's own question would block the main process. Created as a real BeforeUnloadEvent, because pages
 * answer by its `returnValue` (HTML, "prompt to unload a document").
 */
const wouldRefuseToLeave = `(() => {
  const event = document.createEvent('BeforeUnloadEvent');
  event.initEvent('beforeunload', false, true);
  window.dispatchEvent(event);
  return event.defaultPrevented || event.returnValue !== '';
})()`;

const answerWithinMs = 3000;

/** Keeps unsaved changes in notebook pages from being lost without a question. */
export class UnsavedPages {
  readonly #leaving = new Set<number>();

  constructor(private readonly deps: UnsavedPagesDependencies) {}

  /** True when these tabs may be closed: nothing unsaved in them, or the user gives it up. Asks one at a time. */
  async mayClose(tabs: readonly WebTab[]): Promise<boolean> {
    for (const tab of tabs) {
      const state = await this.#stateOf(tab.id);
      if (state === 'saved') continue;
      if (!(await this.deps.ask(state === 'unsaved' ? 'close' : 'closeSilent', tab.title))) return false;
    }
    return true;
  }

  /** A page that wants to be left although it has unsaved changes stays until the user has answered. */
  watch(contents: WebContents): void {
    const id = contents.id;
    contents.on('will-prevent-unload', (event) => {
      if (this.#leaving.delete(id)) {
        event.preventDefault();
        return;
      }
      void this.deps.ask('leave', contents.getTitle()).then((isGivenUp) => {
        if (!isGivenUp || contents.isDestroyed()) return;
        this.#leaving.add(id);
        contents.reload();
      });
    });
    contents.once('destroyed', () => this.#leaving.delete(id));
  }

  async #stateOf(tabId: TabId): Promise<'saved' | 'unsaved' | 'silent'> {
    const contents = this.deps.pageOf(tabId);
    if (contents === undefined || contents.isDestroyed() || contents.isCrashed()) return 'saved';
    let stopWaiting = (): void => undefined;
    const silence = new Promise<'silent'>((resolve) => {
      stopWaiting = this.deps.clock.after(answerWithinMs, () => resolve('silent'));
    });
    const answer = contents.executeJavaScript(wouldRefuseToLeave).then(
      (isRefused: unknown) => (isRefused === true ? ('unsaved' as const) : ('saved' as const)),
      () => 'silent' as const,
    );
    const state = await Promise.race([answer, silence]);
    stopWaiting();
    return state;
  }
}
