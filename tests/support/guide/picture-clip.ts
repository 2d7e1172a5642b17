import type { Page } from '@playwright/test';
import type { scenePictures } from './pictures';

type Part = (typeof scenePictures)[number]['part'];
interface Clip {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The rectangle of the window that a picture shows; what is meant is scrolled into view. */
export async function clipOf(page: Page, part: Part): Promise<Clip> {
  if (part === 'window') return page.evaluate(() => ({ x: 0, y: 0, width: innerWidth, height: innerHeight }));
  if (part === 'dialog') return boxOf(page, '[role=dialog], [role=alertdialog]');
  if (part === 'list') return boxOf(page, 'aside');
  if (part === 'page') return withoutEmptySpace(page);
  if ('section' in part) return boxOf(page, `section[aria-labelledby="${part.section}-title"]`);
  const whole = await withoutEmptySpace(page);
  return { ...whole, height: Math.min(whole.height, part.pageTopPx) };
}

/** The last of what is selected, as far as it is to be seen. */
async function boxOf(page: Page, selector: string): Promise<Clip> {
  return page
    .locator(selector)
    .last()
    .evaluate((element) => {
      element.scrollIntoView({ block: 'nearest' });
      const { left, top, right, bottom } = element.getBoundingClientRect();
      const frame = element.closest('main')?.lastElementChild?.getBoundingClientRect();
      const from = { x: Math.max(left, 0), y: Math.max(top, frame?.top ?? 0) };
      return {
        ...from,
        width: Math.min(right, innerWidth) - from.x,
        height: Math.min(bottom, innerHeight) - from.y,
      };
    });
}

/** The page beside the list, without what is empty at its right and below. */
async function withoutEmptySpace(page: Page): Promise<Clip> {
  return page.locator('main').evaluate((main) => {
    const marginPx = 24;
    const { left, top, right, bottom } = main.getBoundingClientRect();
    const filled = [...main.querySelectorAll('h1, h2, p, li, button, canvas, dd, input, [role=row]')].map(
      (part) => part.getBoundingClientRect(),
    );
    const end = (edges: readonly number[], limit: number) => Math.min(Math.max(...edges) + marginPx, limit);
    return {
      x: left,
      y: top,
      width:
        end(
          filled.map((box) => box.right),
          right,
        ) - left,
      height:
        end(
          filled.map((box) => box.bottom),
          bottom,
        ) - top,
    };
  });
}
