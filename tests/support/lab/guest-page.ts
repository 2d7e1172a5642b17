import type { ElectronApplication } from '@playwright/test';
import { DrivenPage } from './driven-page';

/**
 * A page inside a `<webview>`. Playwright does not reliably see those as windows, so it is driven through the main
 * process.
 */
export class GuestPage extends DrivenPage {
  constructor(
    private readonly app: ElectronApplication,
    /** Id of its `webContents`. */
    readonly contentsId: number,
  ) {
    super();
  }

  /** Runs a script as if the user had caused it, and resolves with its value. */
  override evaluateScript(script: string): Promise<unknown> {
    return this.app.evaluate(
      ({ webContents }, { id, code }) => {
        const page = webContents.fromId(id);
        if (page === undefined) throw new Error('the page is gone');
        return page.executeJavaScript(code, true);
      },
      { id: this.contentsId, code: script },
    );
  }

  /** Clicks the middle of the first element that fits, once it is to be seen, with a mouse's own events. */
  async click(selector: string): Promise<void> {
    const middle = await this.until(
      `${selector} to be seen`,
      (wanted) => {
        const element = document.querySelector(wanted);
        if (!element?.checkVisibility({ visibilityProperty: true })) return null;
        element.scrollIntoView({ block: 'nearest' });
        const { left, top, width, height } = element.getBoundingClientRect();
        return { x: Math.round(left + width / 2), y: Math.round(top + height / 2) };
      },
      selector,
    );
    await this.app.evaluate(
      ({ webContents }, { id, x, y }) => {
        for (const type of ['mouseDown', 'mouseUp'] as const) {
          webContents.fromId(id)?.sendInputEvent({ type, x, y, button: 'left', clickCount: 1 });
        }
      },
      { id: this.contentsId, ...middle },
    );
  }

  url(): Promise<string> {
    return this.app.evaluate(
      ({ webContents }, id) => webContents.fromId(id)?.getURL() ?? '',
      this.contentsId,
    );
  }

  /** A PNG of what the page shows. */
  async screenshot(): Promise<Buffer> {
    const base64 = await this.app.evaluate(async ({ webContents }, id) => {
      const image = await webContents.fromId(id)?.capturePage();
      return image?.toPNG().toString('base64') ?? '';
    }, this.contentsId);
    return Buffer.from(base64, 'base64');
  }
}

/** All pages inside webviews whose address contains `part`, in the order in which they were made. */
export async function guestPages(app: ElectronApplication, part = ''): Promise<readonly GuestPage[]> {
  const ids = await app.evaluate(
    ({ webContents }, wanted) =>
      webContents
        .getAllWebContents()
        .filter((page) => page.getType() === 'webview' && page.getURL().includes(wanted))
        .map((page) => page.id)
        .sort((a, b) => a - b),
    part,
  );
  return ids.map((id) => new GuestPage(app, id));
}
