import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { type AppProfile, killLeftApps, type LabApp, launchApp, makeAppProfile } from '../support/lab/app';
import { awsEnvironment, writeAwsFiles } from '../support/lab/aws-home';
import { type Moto, startMoto } from '../support/lab/moto';
import { filled, textsOf } from '../support/lab/texts';

const awsTexts = textsOf('en').aws;
const texts = textsOf('en').s3;
const headers = {
  authorization:
    'AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0',
};

let profile: AppProfile;
let moto: Moto;
let app: LabApp;

test.beforeAll(async () => {
  moto = await startMoto();
});

test.afterAll(async () => {
  await moto.stop();
});

test.beforeEach(async () => {
  profile = await makeAppProfile();
});

test.afterEach(async () => {
  await killLeftApps();
  await profile.remove();
});

const button = (name: string) => app.page.getByRole('button', { name, exact: true });
const row = (name: string) => app.page.getByRole('row', { name });

async function put(path: string, body: string): Promise<void> {
  const answer = await fetch(`${moto.endpoint}/${path}`, { method: 'PUT', headers, body });
  expect(answer.ok).toBe(true);
}

/** What the system's dialogs are answered with. */
async function choose(paths: { readonly open: readonly string[]; readonly save: string }): Promise<void> {
  await app.electron.evaluate(({ dialog }, { open, save }) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [...open] });
    dialog.showSaveDialog = async () => ({ canceled: false, filePath: save });
  }, paths);
}

test('a file goes to a bucket, is looked into, shared, downloaded and deleted', async () => {
  await put('lab-bucket', '');
  await put('lab-bucket/data/2026/old.csv', 'a,b\n');
  await writeAwsFiles(profile.home, {
    credentials: '[lab]\naws_access_key_id = a\naws_secret_access_key = s\n',
  });
  const env = Object.entries(awsEnvironment(profile.home)).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  app = await launchApp({ profile, env: Object.fromEntries(env) });
  const sent = join(profile.home, 'people.csv');
  const got = join(profile.home, 'got.csv');
  await writeFile(sent, 'name,city\nAna,Curitiba\n');
  await choose({ open: [sent], save: got });

  await button(awsTexts.title).click();
  await button(awsTexts.addAccount).click();
  const dialog = app.page.getByRole('dialog');
  await dialog.getByRole('button', { name: awsTexts.profile }).click();
  await app.page.getByRole('option', { name: /^lab ·/ }).click();
  await dialog.getByLabel(awsTexts.region).fill('us-east-1');
  await dialog.getByLabel(awsTexts.endpoint).fill(moto.endpoint);
  await dialog.getByRole('button', { name: awsTexts.save }).click();

  await button(filled(awsTexts.bucketsNamed, { name: 'lab' })).click();
  await button(filled(texts.openBucket, { name: 'lab-bucket' })).click();
  // By keys alone into the folder.
  await expect(row('data/')).toBeVisible();
  await app.page.getByRole('grid').press('Enter');
  await expect(row('2026/')).toBeVisible();

  await button(texts.upload).click();
  await expect(app.page.getByText(texts.finished)).toBeVisible();
  await expect(row('people.csv')).toBeVisible();
  await button(texts.upload).click();
  const replacement = app.page.getByRole('alertdialog');
  await expect(replacement).toContainText('people.csv');
  await replacement.getByRole('button', { name: texts.cancel }).click();

  await row('people.csv').dblclick();
  await expect(dialog.getByRole('cell', { name: 'Curitiba' })).toBeVisible();
  await dialog.getByRole('button', { name: texts.close, exact: true }).click();

  await row('people.csv').click();
  await button(texts.link).click();
  await dialog.getByRole('button', { name: texts.copyLink }).click();
  await expect(dialog.getByRole('button', { name: texts.linkCopied })).toBeVisible();
  const link = await app.electron.evaluate(({ clipboard }) => clipboard.readText());
  expect(await (await fetch(link)).text()).toBe('name,city\nAna,Curitiba\n');
  await dialog.getByRole('button', { name: texts.close, exact: true }).click();

  await button(texts.download).click();
  await expect(button(filled(texts.showInFolder, { name: 'people.csv' }))).toBeVisible();
  expect(await readFile(got, 'utf8')).toBe('name,city\nAna,Curitiba\n');

  await row('people.csv').click();
  await app.page.getByRole('grid').press('Delete');
  const question = app.page.getByRole('alertdialog');
  await expect(question).toContainText('people.csv');
  await question.getByRole('button', { name: texts.delete, exact: true }).click();
  await expect(row('people.csv')).toBeHidden();
  await expect(row('2026/')).toBeVisible();
});
