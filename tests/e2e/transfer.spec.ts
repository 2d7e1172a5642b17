import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { usualAgent } from '../../shared/model/machine';
import { defaultSettings } from '../../shared/model/settings';
import {
  type AppProfile,
  answerOpenDialog,
  answerSaveDialog,
  killLeftApps,
  type LabApp,
  launchApp,
  makeAppProfile,
} from '../support/lab/app';
import { callsOf } from '../support/lab/app-calls';
import { chooseMenu } from '../support/lab/app-menu';
import { filled, textsOf } from '../support/lab/texts';

let profile: AppProfile;
let app: LabApp;

test.beforeEach(async () => {
  profile = await makeAppProfile();
  const sessions = join(profile.home, '.putty', 'sessions');
  await mkdir(sessions, { recursive: true });
  const save = (name: string, lines: readonly string[]) =>
    writeFile(join(sessions, name), [...lines, 'Protocol=ssh', ''].join('\n'));
  await save('gate', ['HostName=gate.example.com', 'UserName=ana']);
  await save('gpu%20box', [
    'HostName=gpu.example.com',
    'PortNumber=2222',
    'UserName=ubuntu',
    'ProxyMethod=6',
    'ProxyHost=gate',
    'PortForwardings=L8888=localhost:8888',
    'RemoteCommand=tmux',
  ]);
  app = await launchApp({ profile, env: { PUTTYDIR: '', XDG_CONFIG_HOME: '' } });
});

test.afterEach(async () => {
  await killLeftApps();
  await profile.remove();
});

const option = (name: string) => app.page.getByRole('option', { name });
const row = (name: string) => app.page.getByRole('dialog').getByRole('listitem').filter({ hasText: name });

for (const language of ['en', 'pt-BR'] as const) {
  const texts = textsOf(language);
  const { common, importRemark, import: words, export: exportWords } = texts.app;
  const press = (name: string) =>
    app.page.getByRole('dialog').getByRole('button', { name, exact: true }).click();

  test(`sessions of PuTTY are previewed, imported, taken back, exported and imported again (${language})`, async () => {
    await callsOf(app).settings.save({
      ...defaultSettings,
      language,
    });
    const { page } = app;
    await expect(page.locator('html')).toHaveAttribute('lang', language);

    await page.getByRole('button', { name: words.open }).click();
    await press(filled(words.previewOf, { source: words.source.putty }));
    await expect(row('gpu box')).toContainText('ubuntu@gpu.example.com:2222');
    await expect(row('gpu box')).toContainText(filled(words.way, { way: 'gate' }));
    await expect(row('gpu box')).toContainText('127.0.0.1:8888');
    await expect(row('gpu box')).toContainText(
      filled(importRemark['option-unsupported'], { option: 'RemoteCommand' }),
    );
    await expect(page.getByText(words.nothingChanged)).toBeVisible();
    expect((await callsOf(app).machines.list()).machines).toEqual([]);

    await press(filled(words.submit_other, { count: 2 }));
    await expect(page.getByRole('status').getByText(filled(words.added_other, { count: 2 }))).toBeVisible();
    await press(words.undo);
    await expect(page.getByText(words.undone)).toBeVisible();
    await press(common.close);
    expect((await callsOf(app).machines.list()).machines).toEqual([]);

    await page.getByRole('button', { name: words.open }).click();
    await press(filled(words.previewOf, { source: words.source.putty }));
    await press(words.none);
    await row('gpu box').getByRole('checkbox').press('Space');
    await press(filled(words.submit_one, { count: 1 }));
    await press(common.close);
    await expect(page.getByRole('treeitem', { name: 'gpu box' })).toBeVisible();
    const [imported] = (await callsOf(app).machines.list()).machines;
    expect(imported?.route.jumps).toEqual([
      { kind: 'inline', host: 'gate.example.com', port: 22, user: 'ana', identity: usualAgent },
    ]);

    const file = join(profile.home, 'machines.yaml');
    await answerSaveDialog(app, file);
    await chooseMenu(app, texts.actions.action.export);
    await press(exportWords.submit);
    await expect(page.getByRole('dialog').getByRole('status')).toContainText(file);
    await press(common.close);
    expect((await stat(file)).mode & 0o777).toBe(0o644);
    expect(await readFile(file, 'utf8')).toContain('host: gpu.example.com');

    await answerOpenDialog(app, file);
    await chooseMenu(app, texts.actions.action.import);
    await press(words.chooseFile);
    await expect(row('gpu box')).toContainText(filled(words.collision.both, { name: 'gpu box' }));
    await expect(row('gpu box').getByRole('checkbox')).not.toBeChecked();
    await row('gpu box').getByRole('checkbox').press('Space');
    await row('gpu box').getByRole('button').click();
    await option(filled(words.replace, { name: 'gpu box' })).click();
    await press(filled(words.submit_one, { count: 1 }));
    await expect(page.getByText(filled(words.replaced_one, { count: 1 }))).toBeVisible();
    const [replaced] = (await callsOf(app).machines.list()).machines;
    expect({ ...replaced, tunnels: [] }).toEqual({ ...imported, tunnels: [] });
  });
}

test('files that are none of ours are refused in words, and nothing is lost', async () => {
  const { page } = app;
  const { errors, app: words } = textsOf('en');
  const { import: texts } = words;
  const refused = async (name: string, content: string | Uint8Array, text: string) => {
    const path = join(profile.home, name);
    await writeFile(path, content);
    await answerOpenDialog(app, path);
    await page.getByRole('dialog').getByRole('button', { name: texts.chooseFile }).click();
    await expect(page.getByRole('alert')).toContainText(
      filled(text, { path, line: 3, megabytes: 100, mostMegabytes: 16 }),
    );
  };
  await page.getByRole('button', { name: texts.open }).click();
  await refused('big.yaml', new Uint8Array(100_000_000), errors['import-file-too-large'].what);
  await refused('program', Buffer.from('7f454c4602010100', 'hex'), errors['import-file-not-text'].what);
  await refused(
    'latin.yaml',
    Buffer.from('nuvem: 1\n\nx: caf\xe9\n', 'latin1'),
    errors['import-encoding-wrong'].what,
  );
  await refused('broken.yaml', 'nuvem: 1\nmachines:\n  - {a: [}\n', errors['import-file-damaged'].what);
  await refused('newer.json', '{"nuvem": 99}', errors['import-file-newer'].what);
  await refused('notes.txt', 'Buy milk\n', errors['import-file-unknown'].what);
  expect((await callsOf(app).machines.list()).machines).toEqual([]);
});
