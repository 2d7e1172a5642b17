import type { Page } from '@playwright/test';
import type { ImportPlan } from '../../../shared/model/import-plan';
import { importKey, sampleItem } from '../import-samples';
import { manyMachines, sampleTunnel } from '../samples';
import type {} from './preload';

const tunnel = { ...sampleTunnel(1), id: null };
const route = sampleItem('any').machine.route;

/** A plan with everything in it that a preview can show. */
export const samplePlan: ImportPlan = {
  source: { kind: 'putty', location: '/home/ana/.putty' },
  items: [
    sampleItem('gate'),
    sampleItem(
      'gpu-behind-the-gate',
      {
        route: {
          ...route,
          host: 'gpu.of.a.rather.long.name.in.the.cluster.example.com',
          port: 2222,
          jumps: [{ kind: 'item', key: importKey('gate') }],
          proxy: { kind: 'socks5', host: 'proxy.example.com', port: 1080, user: '' },
        },
        tags: ['gpu', 'team'],
        isFavourite: true,
        workingFolder: '~/experiments',
        notebook: { kind: 'command', line: 'module load python && jupyter lab' },
      },
      {
        groupPath: ['Research', 'Vision'],
        tunnels: [tunnel],
        remarks: [
          { code: 'user-assumed', params: { user: 'ana' }, line: 12 },
          { code: 'option-unsupported', params: { option: 'RemoteCommand' }, line: 12 },
        ],
      },
    ),
    sampleItem('through-a-command', {
      route: { ...route, proxy: { kind: 'command', line: 'aws ssm start-session --target %h' } },
    }),
    sampleItem('etl', {
      name: manyMachines[1]?.name ?? '',
      route: { ...route, host: 'elsewhere.example.com' },
    }),
    ...Array.from({ length: 120 }, (_, index) => sampleItem(`worker-${index}`)),
  ],
  groups: [{ path: ['Research', 'Archive'], colour: null, settings: {} }],
  defaults: { user: 'ubuntu', port: 2222, jumps: [{ kind: 'item', key: importKey('gate') }] },
  hostKeys: [
    {
      host: 'gate.example.com',
      port: 22,
      keyType: 'ssh-ed25519',
      fingerprint: 'SHA256:uNiVztksCsDhcc0u9e8BrfiXOj3Zi4g3hSNAAgKAnMw',
      blob: 'AAAA',
    },
  ],
  remarks: [
    { code: 'entry-not-ssh', params: { name: 'router', type: 'telnet' }, line: null },
    { code: 'line-unreadable', params: { line: 40 }, line: 40 },
  ],
};

const openImport = async (page: Page, plan: ImportPlan | null) => {
  await page.evaluate(
    ([shown, machines]) => {
      window.fakeMain.setMachines(machines);
      window.fakeMain.importPlan = shown;
      window.fakeMain.importPlaces = [
        { kind: 'putty', location: '/home/ana/.putty' },
        { kind: 'sshConfig', location: '/home/ana/.ssh/config' },
      ];
      window.fakeMain.emit.app.menuChosen('import');
    },
    [plan, manyMachines] as const,
  );
  await page.getByRole('dialog').getByRole('listitem').first().waitFor();
};
const openPreview = async (page: Page) => {
  await openImport(page, samplePlan);
  await page.getByRole('dialog').getByRole('listitem').getByRole('button').first().click();
  await page.getByRole('dialog').getByRole('checkbox').first().waitFor();
};

/** The screens of import and export. */
const openExport = (page: Page) =>
  page.evaluate((machines) => {
    window.fakeMain.setMachines(machines);
    window.fakeMain.emit.app.menuChosen('export');
  }, manyMachines);

export const transferScenes = [
  { name: 'import-places', show: (page: Page) => openImport(page, null) },
  {
    name: 'import-of-a-wrong-file',
    show: async (page: Page) => {
      await openImport(page, null);
      await page.getByRole('dialog').getByRole('listitem').getByRole('button').first().click();
      await page.getByRole('alert').waitFor();
    },
  },
  { name: 'import-preview', show: openPreview },
  {
    name: 'import-preview-with-remarks',
    show: async (page: Page) => {
      await openPreview(page);
      const dialog = page.getByRole('dialog');
      for (const text of ['SHA256:uNiVztks', 'router', 'Research / Archive']) {
        await dialog.getByRole('button', { expanded: false }).first().click();
        await dialog.getByText(text).waitFor();
      }
    },
  },
  {
    name: 'import-done',
    show: async (page: Page) => {
      await openPreview(page);
      await page.getByRole('dialog').getByRole('button').last().click();
      await page.getByRole('dialog').getByRole('status').waitFor();
    },
  },
  {
    name: 'export-as-ssh-config',
    show: async (page: Page) => {
      await openExport(page);
      await page.getByRole('dialog').getByRole('radiogroup').first().getByRole('radio').last().press('Space');
      await page.getByRole('dialog').getByRole('radio', { checked: true }).first().waitFor();
    },
  },
  {
    name: 'export',
    show: async (page: Page) => {
      await openExport(page);
      await page.getByRole('dialog').getByRole('radio').last().press('Space');
      await page.getByRole('dialog').getByRole('checkbox').first().waitFor();
    },
  },
];
