import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { defaultSettings } from '../../shared/model/settings';
import { type FakeWindow, openFakeWindow } from '../support/fake-window/launch';
import { scenes } from '../support/fake-window/scenes';
import { widthBeyondWindowPx } from '../support/fake-window/width-beyond-window';
import { clipOf } from '../support/guide/picture-clip';
import { scenePictures } from '../support/guide/pictures';
import {
  guestInFront,
  killLeftApps,
  launchApp,
  makeAppProfile,
  saveWindowScreenshot,
} from '../support/lab/app';
import { callsOf } from '../support/lab/app-calls';
import { JupyterLabPage } from '../support/lab/jupyterlab-page';
import { createMachine } from '../support/lab/machine-form';
import { startNotebookMachine } from '../support/lab/notebook-machine';

/** The pictures of the user guide, taken anew into `test-results/guide`; `npm run guide` puts them into `docs`. */
const pictureFile = (language: string, name: string) => `test-results/guide/${language}/${name}.png`;
const languages = ['en', 'pt-BR'] as const;

test.describe('of designed states', () => {
  let fakeWindow: FakeWindow;

  test.beforeAll(async () => {
    fakeWindow = await openFakeWindow();
    await fakeWindow.page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  });

  test.afterAll(() => fakeWindow?.close());

  const setLanguage = async (language: (typeof languages)[number]): Promise<void> => {
    const { page } = fakeWindow;
    await page.evaluate((settings) => window.fakeMain.setSettings(settings), {
      ...defaultSettings,
      language,
    });
    await expect(page.locator('html')).toHaveAttribute('lang', language);
  };
  const setZoom = (factor: number): Promise<void> =>
    fakeWindow.app.evaluate(
      ({ BrowserWindow }, zoom) => BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(zoom),
      factor,
    );

  for (const { name, scene, part } of scenePictures) {
    test(`${name} is pictured in both languages, and fits at twice its size`, async () => {
      const { page } = fakeWindow;
      const shown = scenes.find((each) => each.name === scene);
      if (shown === undefined) throw new Error(`There is no scene ${scene}`);
      await page.reload();
      await page.locator('main').waitFor();
      await setLanguage('en');
      await shown.show(page, 'about:blank');
      // Away from all that would show that it is pointed at.
      await page.mouse.move(await page.evaluate(() => innerWidth - 1), 1);
      for (const language of languages) {
        await setLanguage(language);
        await page.screenshot({ path: pictureFile(language, name), clip: await clipOf(page, part) });
      }

      const widthPx = await page.evaluate(() => innerWidth);
      await setZoom(2);
      try {
        await page.waitForFunction((before) => innerWidth < before, widthPx);
        expect(await page.evaluate(widthBeyondWindowPx)).toBe(0);
        const beyondPagePx = page
          .locator('#panel-home')
          .evaluate((part) => part.scrollWidth - part.clientWidth);
        expect(await beyondPagePx).toBe(0);
      } finally {
        await setZoom(1);
        await page.waitForFunction((before) => innerWidth === before, widthPx);
      }
    });
  }
});

test('a notebook is pictured in both languages, also while the connection is away', async () => {
  const profile = await makeAppProfile();
  const machine = await startNotebookMachine('GPU box', 'jupyterlab4', profile);
  try {
    await answerNewsQuestion(machine.home);
    const app = await launchApp({ profile });
    const settings = callsOf(app).settings;
    const setLanguage = async (language: (typeof languages)[number]): Promise<void> => {
      await settings.save({ ...defaultSettings, theme: 'light', language });
      await expect(app.page.locator('html')).toHaveAttribute('lang', language);
      // Until it is painted, which Playwright's own screenshots wait for.
      await app.page.evaluate(() => new Promise((next) => requestAnimationFrame(() => setTimeout(next))));
    };
    await setLanguage('en');
    await createMachine(app.page, machine.form);
    await app.page.getByRole('button', { name: 'Open notebook' }).click();
    const lab = new JupyterLabPage(await guestInFront(app, '/lab'));
    await lab.ready();
    await lab.newNotebook();
    await lab.runCell(cell);
    for (const language of languages) {
      await setLanguage(language);
      await saveWindowScreenshot(app, pictureFile(language, 'notebook'));
    }

    await machine.sshd.stopListening();
    await machine.sshd.killSessions();
    for (const language of languages) {
      await setLanguage(language);
      await expect(app.page.getByRole('timer')).toContainText(/Next try|Próxima tentativa/);
      await saveWindowScreenshot(app, pictureFile(language, 'connection-lost'));
    }
  } finally {
    await killLeftApps();
    await machine.stop();
    await profile.remove();
  }
});

/** JupyterLab asks whoever opens it first whether it may tell news. */
async function answerNewsQuestion(home: string): Promise<void> {
  const folder = join(home, '.jupyter/lab/user-settings/@jupyterlab/apputils-extension');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'notification.jupyterlab-settings'), '{ "fetchNews": "false" }');
}

const cell = `import math, platform
print("Python", platform.python_version())
for epoch in range(4):
    print(f"epoch {epoch}  loss {math.pow(2, -epoch):.3f}")`;
