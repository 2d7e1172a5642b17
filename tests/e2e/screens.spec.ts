import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { defaultSettings } from '../../shared/model/settings';
import { type FakeWindow, openFakeWindow } from '../support/fake-window/launch';
import { scenes } from '../support/fake-window/scenes';
import { widthBeyondWindowPx } from '../support/fake-window/width-beyond-window';

/** Every screen of the real renderer, over a double of the main process: see `scenes`. */
const variants = [
  { colorScheme: 'light', language: 'en', size: [1280, 800] },
  { colorScheme: 'dark', language: 'pt-BR', size: [900, 600] },
] as const;

let fakeWindow: FakeWindow;
let pageServer: Server;
let pageUrl: string;

test.beforeAll(async () => {
  pageServer = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end('<!doctype html><html lang="en"><title>Lab</title><h1>A page</h1></html>');
  });
  await new Promise<void>((resolve) => pageServer.listen(0, '127.0.0.1', resolve));
  pageUrl = `http://127.0.0.1:${(pageServer.address() as AddressInfo).port}/`;
  fakeWindow = await openFakeWindow();
});

test.afterAll(async () => {
  await fakeWindow?.close();
  pageServer?.close();
});

for (const { colorScheme, language, size } of variants) {
  const [width, height] = size;
  test.describe(`${colorScheme}, ${language}, ${width}x${height}`, () => {
    test.beforeAll(async () => {
      await fakeWindow.app.evaluate(
        ({ BrowserWindow }, [w, h]) => BrowserWindow.getAllWindows()[0]?.setContentSize(w, h),
        [width, height] as const,
      );
      await fakeWindow.page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    });

    for (const scene of scenes) {
      test(`${scene.name}: everybody can use it and nothing sticks out`, async () => {
        const { page } = fakeWindow;
        const complaints: string[] = [];
        const onConsole = (message: { type(): string; text(): string }) => {
          if (message.type() === 'error') complaints.push(message.text());
        };
        page.on('console', onConsole);
        await page.reload();
        await page.locator('main').waitFor();
        await page.evaluate((settings) => window.fakeMain.setSettings(settings), {
          ...defaultSettings,
          language,
        });
        await expect(page.locator('html')).toHaveAttribute('lang', language);
        await scene.show(page, pageUrl);

        const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
        expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
        expect(await page.evaluate(widthBeyondWindowPx)).toBe(0);
        expect(complaints).toEqual([]);
        page.off('console', onConsole);
      });
    }
  });
}
