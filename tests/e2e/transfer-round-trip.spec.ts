import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { emptyMachineDraft, type GroupId, type MachineDraft } from '../../shared/model/machine';
import { emptyGroupDraft } from '../../shared/model/machine-group';
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
import { sampleTunnel } from '../support/samples';

const { actions, app: words } = textsOf('en');

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

const dialog = () => app.page.getByRole('dialog');
const press = (name: string) => dialog().getByRole('button', { name, exact: true }).click();

/** Machines with all that they can have. */
async function makeMachines(): Promise<void> {
  const { groups, machines, tunnels } = callsOf(app);
  const group = (name: string, parentId: GroupId | null, part = {}) =>
    groups.save({ ...emptyGroupDraft, name, parentId, ...part });
  await group('Archive: #1', null);
  const research = await group('Research', null, { colour: 'teal' });
  const vision = await group('Vision', research.id, { settings: { user: 'vision', port: 2222 } });
  const save = (name: string, part: Partial<MachineDraft>) =>
    machines.save({
      ...emptyMachineDraft,
      name,
      route: { ...emptyMachineDraft.route, host: `${name}.example.com`, user: 'ana' },
      ...part,
    });
  const gate = await save('gate', { identity: { kind: 'password' }, tags: ['door'], colour: 'red' });
  const gpu = await save('gpu', {
    route: {
      host: 'gpu.example.com',
      port: 2222,
      user: 'vision',
      jumps: [
        { kind: 'machine', machineId: gate.id },
        {
          ...{ kind: 'inline', host: 'inner.example.com', port: 2200, user: 'bob' },
          identity: { kind: 'keyFile', path: '~/.ssh/inner' },
        },
      ],
      proxy: { kind: 'socks5', host: 'proxy.example.com', port: 1080, user: 'ana' },
    },
    inherits: ['user', 'port'],
    groupId: vision.id,
    tags: ['gpu', 'São Paulo'],
    isFavourite: true,
    identity: { kind: 'keyFile', path: '~/.ssh/id_ed25519' },
    notebook: { kind: 'command', line: 'module load python && jupyter lab' },
    workingFolder: '~/experiments',
    idlePolicy: { kind: 'stop', afterHours: 4 },
    keepsCookies: true,
  });
  const { isOn: _, ...tunnel } = sampleTunnel(1);
  await tunnels.save({ machineId: gpu.id, draft: { ...tunnel, id: null, name: 'Dashboard' } });
}

/** What is saved, with names in the place of the ids, which are made anew. */
async function saved() {
  const { machines, groups } = await callsOf(app).machines.list();
  const names = new Map<string, string>([...machines, ...groups].map(({ id, name }) => [id, name]));
  const named = (value: unknown): unknown =>
    JSON.parse(JSON.stringify(value), (_key, part) => names.get(part) ?? part);
  return {
    machines: machines.map(({ tunnels, ...machine }) =>
      named({ ...machine, tunnels: tunnels.map(({ id: _, ...tunnel }) => tunnel) }),
    ),
    groups: groups.map(named),
  };
}

for (const format of ['yaml', 'json'] as const) {
  test(`all that machines and groups are goes through a file of ${format} and comes back`, async () => {
    await makeMachines();
    const before = await saved();
    const file = join(profile.home, `machines.${format}`);
    await answerSaveDialog(app, file);
    await chooseMenu(app, actions.action.export);
    await dialog().getByRole('radio', { name: words.export.formats[format] }).press('Space');
    await press(words.export.submit);
    await expect(dialog().getByRole('status')).toContainText(file);
    await press(words.common.close);

    const { machines, groups } = await callsOf(app).machines.list();
    await callsOf(app).machines.remove({ machineIds: machines.map(({ id }) => id) });
    for (const { id } of groups) await callsOf(app).groups.remove({ groupId: id });
    expect(await saved()).toEqual({ machines: [], groups: [] });

    await answerOpenDialog(app, file);
    await chooseMenu(app, actions.action.import);
    await press(words.import.chooseFile);
    const gpu = dialog().getByRole('listitem').filter({ hasText: 'gpu.example.com' });
    for (const fact of [
      filled(words.import.way, { way: 'proxy.example.com:1080 → gate → bob@inner.example.com:2200' }),
      filled(words.import.group, { group: 'Research / Vision' }),
      filled(words.import.tags, { tags: 'gpu, São Paulo' }),
      words.import.favourite,
      'module load python && jupyter lab',
      'Dashboard: 127.0.0.1:',
    ])
      await expect(gpu).toContainText(fact);
    await press(filled(words.import.emptyGroups_one, { count: 1 }));
    await expect(dialog()).toContainText('Archive: #1');
    await press(filled(words.import.submit_other, { count: 2 }));
    await expect(dialog()).toContainText(filled(words.import.added_other, { count: 2 }));
    expect(await saved()).toEqual(before);
  });
}
