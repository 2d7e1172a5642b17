import type { Page } from '@playwright/test';
import type { AwsAccountStatus } from '../../../shared/model/aws-account';
import { askingAccount, awsAccounts, awsProfiles } from '../aws-samples';
import type {} from './preload';
import type { Scene } from './scene';

async function showAws(page: Page, accounts: readonly AwsAccountStatus[]): Promise<void> {
  await page.getByRole('button', { name: 'AWS', exact: true }).click();
  await page.evaluate(
    ([list, profiles]) => {
      window.fakeMain.awsProfiles = profiles;
      window.fakeMain.setAwsAccounts(list);
    },
    [accounts, awsProfiles] as const,
  );
  await page.locator('h1').waitFor();
  // Away from the sidebar's button, or its tooltip stays.
  await page.mouse.move(640, 500);
}

const addAccount = (page: Page) =>
  page
    .locator('main header')
    .getByRole('button', { name: /^(Add account|Adicionar conta)$/ })
    .click();

/** The accounts at AWS. */
export const awsScenes: readonly Scene[] = [
  { name: 'aws-without-accounts', show: (page) => showAws(page, []) },
  { name: 'aws-accounts', show: (page) => showAws(page, awsAccounts) },
  {
    name: 'aws-account-wrong-values',
    show: async (page) => {
      await showAws(page, []);
      await addAccount(page);
      const dialog = page.getByRole('dialog');
      await dialog.getByPlaceholder('us-east-1').fill('Virginia');
      await dialog.getByPlaceholder('http://localhost:4566').fill('localhost');
      await dialog.locator('button[type=submit]').click();
    },
  },
  {
    name: 'aws-code',
    show: async (page) => {
      await showAws(page, [askingAccount]);
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'aws-permissions',
    show: async (page) => {
      await showAws(page, []);
      await page.getByRole('button', { name: /^(Permissions|Permissões)$/ }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
];
