import type { Page } from '@playwright/test';
import type { S3Entry } from '../../../shared/model/s3';
import { awsAccounts } from '../aws-samples';
import { s3Buckets, s3Entries, s3Table, s3Transfers } from '../s3-samples';
import type {} from './preload';
import type { Scene } from './scene';

async function showBuckets(page: Page, isDenied = false): Promise<void> {
  await page.getByRole('button', { name: 'AWS', exact: true }).click();
  await page.evaluate(
    ([accounts, buckets, entries, preview, denied]) => {
      const { s3 } = window.fakeMain;
      s3.buckets = buckets;
      s3.entries = entries;
      s3.preview = preview;
      s3.refusal = denied
        ? {
            code: 'aws-denied',
            params: { permissions: 's3:ListAllMyBuckets', resource: '*' },
            details: [],
          }
        : null;
      window.fakeMain.setAwsAccounts(accounts);
    },
    [awsAccounts, s3Buckets, s3Entries, s3Table, isDenied] as const,
  );
  await page.getByRole('button', { name: /S3/ }).first().click();
  await page.mouse.move(640, 500);
}

async function showFolder(page: Page, entries: readonly S3Entry[] = s3Entries): Promise<void> {
  await showBuckets(page);
  await page.evaluate((list) => {
    window.fakeMain.s3.entries = list;
  }, entries);
  await page.getByRole('button', { name: / lab-bucket$/ }).click();
  if (entries.length > 0) await page.getByRole('row').nth(1).waitFor();
}

const button = (page: Page, name: RegExp) => page.getByRole('main').getByRole('button', { name });

/** S3: buckets, folders, and what can be done there. */
export const s3Scenes: readonly Scene[] = [
  { name: 's3-buckets', show: (page) => showBuckets(page) },
  { name: 's3-denied', show: (page) => showBuckets(page, true) },
  {
    name: 's3-folder',
    show: async (page) => {
      await showFolder(page);
      await page.evaluate((list) => window.fakeMain.s3.setTransfers(list), s3Transfers);
      await page.getByRole('row').nth(2).click();
    },
  },
  { name: 's3-empty-folder', show: (page) => showFolder(page, []) },
  {
    name: 's3-delete',
    show: async (page) => {
      await showFolder(page);
      await page.getByRole('row').nth(1).click();
      await button(page, /^(Delete|Excluir)$/).click();
      await page.getByRole('alertdialog').getByText('42').waitFor();
    },
  },
  {
    name: 's3-link',
    show: async (page) => {
      await showFolder(page);
      await page.getByRole('row').nth(3).click();
      await button(page, /^(Link to share|Link para compartilhar)$/).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 's3-preview',
    show: async (page) => {
      await showFolder(page);
      await page.getByRole('row').nth(3).dblclick();
      await page.getByRole('dialog').getByRole('table').waitFor();
    },
  },
  {
    name: 's3-replace',
    show: async (page) => {
      await showFolder(page);
      await button(page, /^(Upload files|Enviar arquivos)$/).click();
      await page.getByRole('alertdialog').waitFor();
    },
  },
];
