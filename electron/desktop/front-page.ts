import type { BrowserWindow, WebContents } from 'electron';
import type { TabPages } from './tab-pages';
import type { TabService } from './tabs';

/** What the menu does to the page in front: that of the active tab, or the app's own. */
export class FrontPage {
  constructor(
    private readonly deps: {
      readonly tabs: TabService;
      readonly pages: TabPages;
      readonly window: () => BrowserWindow;
    },
  ) {}

  /** Loads the notebook page again; a page with unsaved changes asks first. The app's own page stays. */
  reload(): void {
    this.#notebookPage()?.reload();
  }

  /** Zooms by so many of Chromium's levels; 0 goes back to the actual size. */
  zoom(levels: number): void {
    const page = this.#notebookPage() ?? this.deps.window().webContents;
    page.setZoomLevel(levels === 0 ? 0 : page.getZoomLevel() + levels);
  }

  #notebookPage(): WebContents | undefined {
    const { activeTabId } = this.deps.tabs.list();
    return activeTabId === null ? undefined : this.deps.pages.pageOf(activeTabId);
  }
}
