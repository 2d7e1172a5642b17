import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Locator, test } from '@playwright/test';
import { emptyMachineDraft } from '../../shared/model/machine';
import { emptyGroupDraft } from '../../shared/model/machine-group';
import { type AppProfile, killLeftApps, type LabApp, launchApp, makeAppProfile } from '../support/lab/app';
import { callsOf } from '../support/lab/app-calls';
import { fillMachineForm } from '../support/lab/machine-form';
import { startSshd } from '../support/lab/sshd';

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

const row = (name: string): Locator => app.page.getByRole('treeitem', { name: new RegExp(`^${name}`) });
const press = (key: string): Promise<void> => app.page.keyboard.press(key);
const rowNames = (): Promise<readonly string[]> =>
  app.page.getByRole('treeitem').evaluateAll((rows) =>
    rows
      .toSorted((one, other) => Number(one.dataset.index) - Number(other.dataset.index))
      .map((line) => {
        const [name = ''] =
          /^(?:Favourites|Machines|[A-Z][a-z]+?(?=\d|Not|$))/.exec(line.textContent ?? '') ?? [];
        return '> '.repeat(Number(line.ariaLevel) - 1) + name;
      }),
  );
const tree = (...names: readonly string[]): Promise<void> => expect.poll(rowNames).toEqual(names);

/** Machines by their names, each in the group after it, if any. */
async function saved(...machines: readonly (readonly [name: string, group?: string])[]): Promise<void> {
  const calls = callsOf(app);
  for (const [name, group] of machines) {
    const { groups } = await calls.machines.list();
    const known = groups.find((one) => one.name === group);
    const inGroup =
      group === undefined ? null : (known ?? (await calls.groups.save({ ...emptyGroupDraft, name: group })));
    await calls.machines.save({
      ...emptyMachineDraft,
      name: `${name} `,
      route: { ...emptyMachineDraft.route, host: `${name.toLowerCase()}.example.com`, user: 'ana' },
      groupId: inGroup?.id ?? null,
    });
  }
}

test('a machine connects with the user, key and port of its group, and with its own once they differ', async () => {
  const sshd = await startSshd();
  try {
    await writeFile(join(profile.home, '.ssh', 'known_hosts'), await readFile(sshd.knownHostsPath));
    const { page } = app;
    await saved(['Other']);
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitem', { name: 'New group…' }).click();
    const editor = page.getByRole('dialog');
    await editor.getByRole('textbox', { name: 'Name' }).fill('Lab');
    for (const setting of ['User', 'Port', 'Sign-in'])
      await editor
        .getByRole('group', { name: setting, exact: true })
        .getByText(setting, { exact: true })
        .first()
        .click();
    await editor.getByRole('textbox', { name: 'User' }).fill(sshd.user);
    await editor.getByRole('textbox', { name: 'Port' }).fill(String(sshd.port));
    await editor.getByText('Key file', { exact: true }).click();
    await editor.getByRole('textbox', { name: 'Private key file' }).fill(sshd.clientKeyPath);
    await editor.getByRole('button', { name: 'Save' }).click();

    await row('Lab').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'New machine here…' }).click();
    await expect(editor.getByText('User: from the group “Lab”')).toBeVisible();
    await fillMachineForm(page, { name: 'Heir', host: sshd.host });
    await editor.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Connect', exact: true }).click();
    const status = page.getByRole('main').getByRole('status').first();
    await expect(status).toContainText('Connected');
    await page.getByRole('button', { name: 'Disconnect', exact: true }).click();

    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    await fillMachineForm(page, { user: 'nobody-there' });
    await expect(editor.getByRole('button', { name: 'User: use that of the group “Lab”' })).toBeVisible();
    await editor.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText(`nobody-there@${sshd.host}:${sshd.port}`).first()).toBeVisible();
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    await editor.getByRole('button', { name: 'User: use that of the group “Lab”' }).click();
    await editor.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Connect', exact: true }).click();
    await expect(status).toContainText('Connected');
  } finally {
    await sshd.stop();
  }
});

test('machines and groups are dragged into groups and into an order, which is there after a restart', async () => {
  await saved(['Alpha'], ['Beta', 'Lab'], ['Gamma'], ['Delta', 'Farm']);
  await tree('Lab', '> Beta', 'Farm', '> Delta', 'Alpha', 'Gamma');
  await row('Alpha').dragTo(row('Lab'));
  await tree('Lab', '> Beta', '> Alpha', 'Farm', '> Delta', 'Gamma');
  await row('Alpha').dragTo(row('Beta'), { targetPosition: { x: 60, y: 4 } });
  await tree('Lab', '> Alpha', '> Beta', 'Farm', '> Delta', 'Gamma');
  await row('Farm').dragTo(row('Lab'), { targetPosition: { x: 60, y: 15 } });
  await tree('Lab', '> Farm', '> > Delta', '> Alpha', '> Beta', 'Gamma');
  await row('Farm').click();
  await tree('Lab', '> Farm', '> Alpha', '> Beta', 'Gamma');
  await app.quit();
  app = await launchApp({ profile });
  await tree('Lab', '> Farm', '> Alpha', '> Beta', 'Gamma');
});

test('many machines are selected, tagged, moved and deleted at once, and the deletion undone', async () => {
  const { page } = app;
  await saved(['Alpha'], ['Beta'], ['Gamma'], ['Delta', 'Lab']);
  await row('Alpha').click();
  await row('Gamma').click({ modifiers: ['Shift'] });
  await row('Beta').click({ modifiers: ['ControlOrMeta'] });
  await expect(page.getByRole('treeitem', { selected: true })).toHaveCount(2);
  await expect(page.getByText('2 selected')).toBeVisible();

  await row('Alpha').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Tags…' }).click();
  await page.getByRole('textbox', { name: 'Add tags' }).fill('spot, big one');
  await page.getByRole('button', { name: 'Save' }).click();
  const search = page.getByRole('searchbox');
  await search.fill('tag:"big');
  await expect(page.getByRole('treeitem')).toHaveCount(2);
  await search.fill('');

  await page.getByRole('button', { name: 'Actions' }).click();
  await page.getByRole('menuitem', { name: 'Move to group' }).click();
  await page.getByRole('menuitem', { name: 'Lab' }).click();
  await tree('Lab', '> Delta', '> Alpha', '> Gamma', 'Beta');
  await row('Alpha').click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Add to favourites' }).click();
  await tree(
    'Favourites',
    '> Alpha',
    '> Gamma',
    'Machines',
    '> Lab',
    '> > Delta',
    '> > Alpha',
    '> > Gamma',
    '> Beta',
  );

  await row('Gamma').last().click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Delete 2 machines' }).click();
  await tree('Lab', '> Delta', 'Beta');
  await page.getByRole('button', { name: 'Undo' }).click();
  await tree(
    'Favourites',
    '> Alpha',
    '> Gamma',
    'Machines',
    '> Lab',
    '> > Delta',
    '> > Alpha',
    '> > Gamma',
    '> Beta',
  );
});

test('everything goes by the keyboard', async () => {
  const { page } = app;
  await saved(['Alpha'], ['Beta', 'Lab'], ['Gamma']);
  await page.getByRole('searchbox').focus();
  await press('ArrowDown');
  await press('Home');
  await expect(row('Lab')).toBeFocused();
  await press('ArrowLeft');
  await tree('Lab', 'Alpha', 'Gamma');
  await press('End');
  await expect(row('Gamma')).toBeFocused();
  await expect(page.getByRole('heading', { level: 1, name: 'Gamma' })).toBeVisible();
  await press('Alt+ArrowUp');
  await tree('Lab', 'Gamma', 'Alpha');
  await press('Shift+F10');
  await page.getByRole('menuitem', { name: 'Move to group' }).press('ArrowRight');
  await page.getByRole('menuitem', { name: 'Lab' }).press('Enter');
  await row('Lab').focus();
  await press('ArrowRight');
  await tree('Lab', '> Beta', '> Gamma', 'Alpha');
  await press('Delete');
  const question = page.getByRole('alertdialog');
  await expect(question).toContainText('No machine is deleted');
  await question.getByRole('button', { name: 'Delete group' }).click();
  await tree('Alpha', 'Beta', 'Gamma');
  await page.getByRole('button', { name: 'Undo' }).click();
  await tree('Lab', '> Beta', '> Gamma', 'Alpha');
  await row('Beta').focus();
  await press('Delete');
  await tree('Lab', '> Gamma', 'Alpha');
});

test('keys and trusted hosts can be seen before there is a machine', async () => {
  const { page } = app;
  await page.getByRole('button', { name: 'Keys' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Keys' })).toBeVisible();
  await page.getByRole('button', { name: 'Trusted hosts' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Trusted hosts' })).toBeVisible();
  await page.getByRole('button', { name: 'Back to the start' }).click();
  await expect(page.getByRole('button', { name: 'Try with a demo machine' })).toBeVisible();
});
