import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { type AppProfile, killLeftApps, type LabApp, launchApp, makeAppProfile } from '../support/lab/app';
import { createMachine, fillMachineForm } from '../support/lab/machine-form';
import { textsOf } from '../support/lab/texts';

let profile: AppProfile;
let app: LabApp;

test.beforeEach(async () => {
  profile = await makeAppProfile();
  app = await launchApp({ profile });
});

test.afterEach(async () => {
  await killLeftApps();
  await profile.remove();
});

const gpu = { name: 'GPU box', host: 'gpu.example.com', user: 'ubuntu', identity: 'agent' } as const;
const option = (name: string) => app.page.getByRole('treeitem', { name });
const storeFile = (): string => join(profile.userData, 'machines.json');

test('a machine is created, found, changed, duplicated, deleted, and the deletion undone', async () => {
  const { page } = app;
  await createMachine(page, {
    ...gpu,
    port: 2222,
    identity: { keyFile: '~/.ssh/gpu' },
    workingFolder: '~/work',
  });
  await expect(page.getByText('ubuntu@gpu.example.com:2222').first()).toBeVisible();
  await expect(page.getByText('~/.ssh/gpu')).toBeVisible();
  await createMachine(page, { ...gpu, name: 'Small one', host: 'small.example.com' });
  await expect(page.getByRole('treeitem')).toHaveCount(2);

  const search = page.getByRole('searchbox', { name: 'Search machines' });
  await search.fill('gpu');
  await expect(page.getByRole('treeitem')).toHaveCount(1);
  await expect(option('GPU box')).toBeVisible();
  await search.fill('nothing like it');
  await expect(page.getByText('No machine matches your search.')).toBeVisible();
  await search.fill('');

  await option('GPU box').click();
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await fillMachineForm(page, { name: 'GPU box 2', port: 22 });
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'GPU box 2' })).toBeVisible();

  await page.getByRole('button', { name: 'Duplicate' }).click();
  await expect(page.getByRole('treeitem')).toHaveCount(3);

  await option('Small one').click();
  await page.getByRole('button', { name: 'Delete' }).click();
  await expect(option('Small one')).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(option('Small one')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1, name: 'Small one' })).toBeVisible();
});

test('what is wrong is said beside the field, and nothing is saved', async () => {
  const { page } = app;
  await page.getByRole('button', { name: 'New machine' }).click();
  await fillMachineForm(page, {
    name: ' ',
    host: 'gpu box',
    port: 70_000,
    user: '',
    identity: { keyFile: '' },
  });
  await page.getByRole('button', { name: 'Save' }).click();
  const { validation } = textsOf('en').app;
  for (const [label, complaint] of [
    ['Name', validation['name-empty']],
    ['Host', validation['host-characters']],
    ['Port', validation['port-range']],
    ['User', validation['user-empty']],
    ['Private key file', validation['key-path-empty']],
  ] as const) {
    await expect(page.getByRole('textbox', { name: label, exact: true })).toHaveAccessibleDescription(
      complaint,
    );
  }
  await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toBeFocused();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByRole('button', { name: 'Try with a demo machine' })).toBeVisible();
});

test('a pasted user@host:port fills its three fields', async () => {
  await app.page.getByRole('button', { name: 'New machine' }).click();
  await fillMachineForm(app.page, { host: 'ana@gpu.example.com:2222', name: 'GPU box' });
  await app.page.getByRole('textbox', { name: 'Name', exact: true }).focus();
  for (const [label, value] of [
    ['Host', 'gpu.example.com'],
    ['Port', '2222'],
    ['User', 'ana'],
  ] as const) {
    await expect(app.page.getByRole('textbox', { name: label, exact: true })).toHaveValue(value);
  }
});

test('machines are there after a restart, in a file that only this user can read', async () => {
  await createMachine(app.page, gpu);
  await app.quit();
  expect((await stat(storeFile())).mode & 0o777).toBe(0o600);
  app = await launchApp({ profile });
  await expect(option('GPU box')).toBeVisible();
});

test('a machine saved just before a crash is there afterwards', async () => {
  await createMachine(app.page, gpu);
  await app.kill();
  app = await launchApp({ profile });
  await expect(option('GPU box')).toBeVisible();
});
