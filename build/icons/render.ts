import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, type Page } from '@playwright/test';
import { resolveElectron } from '../electron-runtime/resolve';
import { platformArguments } from '../start/open-app';
import { runScript } from '../step';
import { startXvfb } from '../system/xvfb';

// Draws the PNG files from the SVG files: `node --import tsx build/icons/render.ts`, after a change of these.

const folder = fileURLToPath(new URL('.', import.meta.url));
const emptyApp = `
  const { app, BrowserWindow } = require('electron');
  app.whenReady().then(() => new BrowserWindow({ show: false }).loadURL('about:blank'));
`;

interface Drawing {
  readonly source: 'icon.svg' | 'tray.svg';
  readonly target: string;
  readonly sizePx: number;
  /** For `currentColor`. The tray's blue has a contrast above 3 on white and on black panels. */
  readonly color: string;
  /** Which of the drawing's `data-mark` parts it has, and in which colour; absent: it knows no marks. */
  readonly mark?: { readonly name: 'none' | 'connected' | 'trouble'; readonly color: string };
}

/** They differ in shape too: nobody has to tell the colours apart. */
const marks = [
  { name: 'none', color: 'none' },
  { name: 'connected', color: '#22a559' },
  { name: 'trouble', color: '#e8860c' },
] as const;
const trayName = (mark: string): string => (mark === 'none' ? 'tray' : `tray-${mark}`);

const drawings: readonly Drawing[] = [
  ...[16, 32, 48, 64, 128, 256, 512, 1024].map(
    (sizePx): Drawing => ({
      source: 'icon.svg',
      target: `app/${sizePx}x${sizePx}.png`,
      sizePx,
      color: 'none',
    }),
  ),
  ...marks.flatMap((mark) => [
    ...[16, 24, 32, 48].map(
      (sizePx): Drawing => ({
        source: 'tray.svg',
        target: `${trayName(mark.name)}-${sizePx}.png`,
        sizePx,
        color: '#3b82f6',
        mark,
      }),
    ),
    ...[16, 32].map(
      (sizePx): Drawing => ({
        source: 'tray.svg',
        target: `${trayName(mark.name)}-template-${sizePx}.png`,
        sizePx,
        color: '#000',
        mark: { ...mark, color: '#000' },
      }),
    ),
  ]),
];

await runScript(async () => {
  const { executablePath } = await resolveElectron();
  const display = await startXvfb();
  const appFolder = await mkdtemp(join(tmpdir(), 'nuvem-icons-'));
  try {
    await writeFile(join(appFolder, 'package.json'), '{"name":"icons","version":"1.0.0","main":"main.cjs"}');
    await writeFile(join(appFolder, 'main.cjs'), emptyApp);
    const env = { ...(process.env as Record<string, string>), ...display.env };
    const app = await _electron.launch({
      executablePath,
      args: [...platformArguments(), appFolder],
      env,
      timeout: 20_000,
    });
    const page = await app.firstWindow();
    await mkdir(join(folder, 'app'), { recursive: true });
    for (const drawing of drawings) await writeFile(join(folder, drawing.target), await draw(page, drawing));
    await app.close();
  } finally {
    await rm(appFolder, { recursive: true, force: true });
    await display.stop();
  }
});

async function draw(page: Page, { source, sizePx, color, mark }: Drawing): Promise<Buffer> {
  const svg = (await readFile(join(folder, source), 'utf8'))
    .replaceAll('currentColor', color)
    .replaceAll('currentMark', mark?.color ?? color)
    .replaceAll(/<[^<]*data-mark="(\w+)"[^<]*\/>/g, (part, name) => (name === mark?.name ? part : ''))
    .replace('<svg ', `<svg width="${sizePx}" height="${sizePx}" `);
  const url = await page.evaluate(
    async ([content, size]) => {
      const image = new Image();
      image.src = `data:image/svg+xml,${encodeURIComponent(content)}`;
      await image.decode();
      const canvas = document.createElement('canvas');
      canvas.width = size;
      canvas.height = size;
      canvas.getContext('2d')?.drawImage(image, 0, 0);
      return canvas.toDataURL('image/png');
    },
    [svg, sizePx] as const,
  );
  return Buffer.from(url.replace(/^data:image\/png;base64,/, ''), 'base64');
}
