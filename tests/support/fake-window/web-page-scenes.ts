import type { Page } from '@playwright/test';
import type { WebTab } from '../../../shared/model/tab';
import type { WebApp } from '../../../shared/model/web-app';
import { gpuMachine, manyMachines, report, sampleTab } from '../samples';
import type {} from './preload';
import type { Scene } from './scene';

const webApps: readonly WebApp[] = [
  { port: 6006, host: '127.0.0.1', process: 'tensorboard', scheme: 'http', title: 'TensorBoard' },
  { port: 8501, host: '127.0.0.1', process: 'streamlit', scheme: 'http', title: 'Churn by month' },
  { port: 8088, host: '10.0.0.5', process: '', scheme: 'http', title: '' },
  {
    ...{ port: 9443, host: '127.0.0.1', process: 'configurable-http-proxy', scheme: 'https' },
    title: 'JupyterHub of the team for data science and machine learning in the south-east of the country',
  },
];

const hindrance = {
  kind: 'certificate',
  host: 'ip-10-0-0-1.sa-east-1.compute.internal:9443',
  fingerprint: 'sha256/uNiVztksCsDhcc0u9e8BrfiXOj3Zi4g3hSNAAgKAnMw=',
  issuer: 'JupyterHub on EMR',
  validUntilMs: Date.UTC(2027, 4, 2),
  isChanged: false,
} as const;

/** Pages of a machine that are no notebooks. */
export const webPageScenes: readonly Scene[] = [
  {
    name: 'web-apps',
    show: async (page) => {
      await page.evaluate(
        ([machine, apps]) => {
          window.fakeMain.setMachines([machine]);
          window.fakeMain.setConnection(machine.id, { kind: 'ready', sinceMs: 0 });
          window.fakeMain.setWebApps(machine.id, apps);
        },
        [gpuMachine, webApps] as const,
      );
      await page.locator('#web-apps-title').scrollIntoViewIfNeeded();
    },
  },
  { name: 'web-page', show: (page, url) => showWebPage(page, url, {}) },
  {
    name: 'web-page-certificate',
    show: (page, url) => showWebPage(page, url, { hindrance }),
  },
  {
    name: 'web-page-certificate-changed',
    show: (page, url) => showWebPage(page, url, { hindrance: { ...hindrance, isChanged: true } }),
  },
  {
    name: 'web-page-asleep',
    show: (page, url) => showWebPage(page, url, { hindrance: { kind: 'asleep' } }),
  },
  {
    name: 'web-page-waking',
    show: (page, url) => showWebPage(page, url, { hindrance: { kind: 'waking' } }),
  },
  {
    name: 'web-page-not-woken',
    show: (page, url) =>
      showWebPage(page, url, { hindrance: { kind: 'wakeFailed', error: report('notebook-gone', {}) } }),
  },
  {
    name: 'web-page-unresponsive',
    show: (page, url) => showWebPage(page, url, { hindrance: { kind: 'unresponsive' } }),
  },
  {
    name: 'web-page-crashed',
    show: (page, url) => showWebPage(page, url, { hindrance: { kind: 'crashed' } }),
  },
  ...(['web-page-find', 'web-page-find-nothing'] as const).map((name) => ({
    name,
    show: async (page: Page, url: string) => {
      await showWebPage(page, url, {});
      await page.evaluate(() => window.fakeMain.emit.app.menuChosen('find'));
      await page
        .getByRole('search')
        .getByRole('textbox')
        .fill(name === 'web-page-find' ? 'page' : 'nowhere');
      await page.getByRole('search').getByRole('status').filter({ hasText: /./ }).waitFor();
    },
  })),
  {
    name: 'web-page-tab-menu',
    show: async (page, url) => {
      await showWebPage(page, url, {});
      await page.getByRole('tab').nth(1).click({ button: 'right' });
      await page.getByRole('menu').waitFor();
    },
  },
];

async function showWebPage(page: Page, url: string, part: Partial<WebTab>): Promise<void> {
  const [first, second] = manyMachines;
  if (!first || !second) throw new Error('Too few machines');
  const tabs = [
    { ...sampleTab(1, first, url), serverId: null, title: 'TensorBoard', ...part },
    sampleTab(2, second, url),
  ];
  await page.evaluate(
    ([machines, list]) => {
      window.fakeMain.setMachines(machines);
      for (const { id } of machines) window.fakeMain.setConnection(id, { kind: 'ready', sinceMs: 0 });
      window.fakeMain.setTabs(list, list[0]?.id ?? null);
    },
    [manyMachines, tabs] as const,
  );
  await page.getByRole('progressbar').waitFor({ state: 'hidden' });
}
