import type {} from './preload';
import type { Scene } from './scene';

/** The text for whoever can help. */
export const diagnosticsScenes: readonly Scene[] = [
  {
    name: 'diagnostics',
    show: async (page) => {
      await page.evaluate(() => window.fakeMain.emit.app.menuChosen('diagnostics'));
      await page.getByRole('dialog').getByText('Electron 33.2.1').waitFor();
    },
  },
];
