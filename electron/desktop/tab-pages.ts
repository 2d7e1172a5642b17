import type { WebContents } from 'electron';
import type { TabId } from '../../shared/model/tab';

interface Page {
  readonly tabId: TabId;
  readonly contents: WebContents;
  /** A hidden window that a tab's page opened. */
  readonly isPopup: boolean;
}

/** Which web contents belong to which tab: its page, and the hidden windows that the page opened. */
export class TabPages {
  readonly #pages = new Map<number, Page>();
  readonly #lastInputMs = new Map<number, number>();

  constructor(private readonly nowMs: () => number) {}

  add(tabId: TabId, contents: WebContents, isPopup: boolean): void {
    const id = contents.id;
    this.#pages.set(id, { tabId, contents, isPopup });
    contents.on('input-event', (_event, input) => {
      if (inputTypes.has(input.type)) this.#lastInputMs.set(id, this.nowMs());
    });
    contents.once('destroyed', () => {
      this.#pages.delete(id);
      this.#lastInputMs.delete(id);
    });
  }

  /** The page shown in a tab; undefined until the window has attached it. */
  pageOf(tabId: TabId): WebContents | undefined {
    return [...this.#pages.values()].find((page) => page.tabId === tabId && !page.isPopup)?.contents;
  }

  find(contentsId: number): Page | undefined {
    return this.#pages.get(contentsId);
  }

  /** Since the user last clicked or typed in these web contents; Infinity: never. */
  sinceInputMs(contentsId: number): number {
    const atMs = this.#lastInputMs.get(contentsId);
    return atMs === undefined ? Number.POSITIVE_INFINITY : this.nowMs() - atMs;
  }
}

const inputTypes: ReadonlySet<string> = new Set([
  'mouseDown',
  'rawKeyDown',
  'keyDown',
  'touchStart',
  'gestureTap',
]);
