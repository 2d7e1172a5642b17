import type { Page } from '@playwright/test';
import { AppError } from '../../../shared/errors/app-error';
import type { UpdateState } from '../../../shared/model/update';
import type {} from './preload';
import type { Scene } from './scene';

async function showUpdates(page: Page, state: UpdateState): Promise<void> {
  await page.evaluate((update) => window.fakeMain.setUpdate(update), state);
  await page.keyboard.press('Control+,');
  const switches = page.getByRole('dialog').getByRole('switch');
  await switches.last().scrollIntoViewIfNeeded();
  // What is told about them stands below, at the end of what scrolls.
  await page.getByRole('dialog').getByRole('button').last().waitFor();
  await page
    .getByRole('dialog')
    .getByRole('region')
    .evaluate((section) => section.scrollIntoView({ block: 'end' }));
}

const failed = new AppError('update-disk-full', {}, { details: ['ENOSPC: no space left on device, write'] });

/** New versions of Nuvem, among the settings. */
export const updateScenes: readonly Scene[] = [
  { name: 'update-found', show: (page) => showUpdates(page, { kind: 'found', version: '0.2.0' }) },
  {
    name: 'update-downloading',
    show: (page) => showUpdates(page, { kind: 'downloading', version: '0.2.0', part: 0.4 }),
  },
  {
    name: 'update-failed',
    show: (page) => showUpdates(page, { kind: 'failed', version: '0.2.0', error: failed.toReport() }),
  },
  { name: 'update-off', show: (page) => showUpdates(page, { kind: 'off', obstacle: 'unverifiable' }) },
  {
    name: 'update-told',
    show: async (page) => {
      await page.evaluate(() =>
        window.fakeMain.postNotice({
          noticeId: '00000000-0000-4000-8000-000000000399',
          level: 'info',
          code: 'update-found',
          params: { version: '0.2.0' },
        }),
      );
      await page.getByText('0.2.0').waitFor();
    },
  },
];
