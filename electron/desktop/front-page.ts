import type { BrowserWindow, WebContents } from 'electron';
import type { WebTab } from '../../shared/model/tab';
import type { PagePrinter } from './page-printer';
import type { PageZoom } from './page-zoom';
import type { TabPages } from './tab-pages';
import type { TabRescue } from './tab-rescue';
import type { TabService } from './tabs';

/** What the menu does to the page in front: that of the active tab, or the app's own. */
export class FrontPage {
  constructor(
    private readonly deps: {
      readonly tabs: TabService;
      readonly pages: TabPages;
      readonly rescue: TabRescue;
      readonly zoom: PageZoom;
      readonly printer: PagePrinter;
      readonly window: () => BrowserWindow;
    },
  ) {}

  /** Loads the notebook page again; a page with unsaved changes asks first. The app's own page stays. */
  reload(): void {
    const tab = this.#tab();
    if (tab?.hindrance.kind === 'crashed') this.deps.rescue.reload(tab.id);
    else this.#notebookPage()?.reload();
  }

  /** Zooms all pages of the machine in front, or the app's own, by so many of Chromium's levels; 0 goes back. */
  zoom(levels: number): void {
    const tab = this.#tab();
    if (tab !== undefined) {
      this.deps.zoom.zoom(tab.machineId, levels);
      return;
    }
    const page = this.deps.window().webContents;
    page.setZoomLevel(levels === 0 ? 0 : page.getZoomLevel() + levels);
  }

  /** The app's own page is not printed. */
  async print(): Promise<void> {
    const page = this.#notebookPage();
    if (page !== undefined) await this.deps.printer.print(page);
  }

  /** @throws report-not-saved */
  async saveAsPdf(): Promise<void> {
    const page = this.#notebookPage();
    if (page !== undefined) await this.deps.printer.saveAsPdf(page);
  }

  #tab(): WebTab | undefined {
    const { activeTabId } = this.deps.tabs.list();
    return activeTabId === null ? undefined : this.deps.tabs.find(activeTabId);
  }

  #notebookPage(): WebContents | undefined {
    const tab = this.#tab();
    return tab && this.deps.pages.pageOf(tab.id);
  }
}
