import type { Page } from '@playwright/test';
import type {
  FoundUnits,
  ServiceUnit,
  UnitId,
  UnitPlan,
  UnitsSnapshot,
} from '../../../shared/model/service-unit';
import { gpuMachine, report } from '../samples';
import type {} from './preload';
import type { Scene } from './scene';

const unit = (number: number, changed: Partial<ServiceUnit> = {}): ServiceUnit => ({
  id: `0123456789a${number}` as UnitId,
  scope: 'user',
  name: `nuvem-notebook-0123456789a${number}.service`,
  folder: '/home/ubuntu/projects/churn',
  state: 'active',
  result: 'success',
  restarts: 0,
  isEnabled: true,
  ...changed,
});

const manyUnits: FoundUnits = {
  ways: { user: 'ready', lingering: 'off', system: 'password' },
  units: [
    unit(1, { restarts: 3 }),
    unit(2, {
      scope: 'system',
      state: 'failed',
      result: 'start-limit-hit',
      restarts: 10,
      folder: '/srv/shared/forecasting/a-rather-long-name-of-a-folder-for-a-narrow-window',
    }),
    unit(3, { state: 'inactive', isEnabled: false, folder: '/home/ubuntu' }),
    unit(4, { state: 'missing', isEnabled: false, folder: '/home/ubuntu/old' }),
  ],
};

const plan: UnitPlan = {
  id: '0123456789ab' as UnitId,
  path: '/home/ubuntu/.config/systemd/user/nuvem-notebook-0123456789ab.service',
  text: [
    '[Unit]',
    'Description=Jupyter in ~/projects (Nuvem)',
    'StartLimitIntervalSec=300',
    'StartLimitBurst=10',
    '',
    '[Service]',
    'ExecStart=/bin/sh "/home/ubuntu/.local/share/nuvem/notebooks/0123456789ab/unit.sh"',
    'SyslogIdentifier=nuvem-notebook-0123456789ab',
    'Restart=on-failure',
    'RestartSec=1',
    'TimeoutStopSec=30',
    '',
    '[Install]',
    'WantedBy=default.target',
    '',
  ].join('\n'),
  commands: [
    'systemctl --user daemon-reload',
    'systemctl --user enable nuvem-notebook-0123456789ab.service',
    'systemctl --user start nuvem-notebook-0123456789ab.service',
  ],
  lingerCommand: 'loginctl enable-linger ubuntu',
};

async function show(page: Page, units: Partial<Pick<UnitsSnapshot, 'activity' | 'found'>>): Promise<void> {
  await page.evaluate(
    ([machine, snapshot, unitPlan]) => {
      window.fakeMain.setMachines([machine]);
      window.fakeMain.setConnection(machine.id, { kind: 'ready', sinceMs: Date.UTC(2026, 2, 4, 12, 30) });
      window.fakeMain.setUnits(machine.id, snapshot);
      Object.assign(window.fakeMain, { unitPlan });
    },
    [gpuMachine, units, plan] as const,
  );
  await page.locator('#services-title').scrollIntoViewIfNeeded();
}

const section = (page: Page) => page.locator('section[aria-labelledby="services-title"]');
const dialog = (page: Page) => page.getByRole('dialog');

async function showNew(page: Page): Promise<void> {
  await show(page, { found: manyUnits });
  await section(page).locator('button').first().click();
  await dialog(page).waitFor();
}

/** Every look of a machine's services. */
export const serviceScenes: readonly Scene[] = [
  {
    name: 'services-found',
    show: async (page) => {
      await show(page, { found: manyUnits });
      await section(page).getByRole('listitem').last().scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'services-none',
    show: (page) =>
      show(page, { found: { ways: { user: 'ready', lingering: 'on', system: 'root' }, units: [] } }),
  },
  {
    name: 'services-without-systemd',
    show: (page) =>
      show(page, {
        found: { ways: { user: 'no-systemd', lingering: 'off', system: 'no-systemd' }, units: [] },
      }),
  },
  {
    name: 'services-refused',
    show: async (page) => {
      const error = {
        ...report('service-refused', { name: 'nuvem-notebook-0123456789a1.service' }),
        details: ['Job for nuvem-notebook-0123456789a1.service failed.', 'See "journalctl -xe" for details.'],
      };
      await show(page, { found: manyUnits, activity: { kind: 'failed', error } });
    },
  },
  {
    name: 'services-menu',
    show: async (page) => {
      await show(page, { found: manyUnits });
      await section(page).getByRole('listitem').first().locator('button').last().click();
      await page.getByRole('menu').waitFor();
    },
  },
  {
    name: 'services-sudo-asked',
    show: async (page) => {
      await show(page, { found: manyUnits });
      await section(page).getByRole('listitem').nth(1).locator('button').nth(1).click();
      await page.getByRole('alertdialog').waitFor();
    },
  },
  {
    name: 'services-lingering-asked',
    show: async (page) => {
      await show(page, { found: manyUnits });
      await section(page).locator('button').last().click();
      await page.getByRole('alertdialog').waitFor();
    },
  },
  { name: 'services-new', show: showNew },
  {
    name: 'services-new-with-sudo',
    show: async (page) => {
      await showNew(page);
      await dialog(page).getByRole('radio').last().check({ force: true });
      await dialog(page).locator('input[type=password]').waitFor();
    },
  },
  {
    name: 'services-new-proposed',
    show: async (page) => {
      await showNew(page);
      await dialog(page).getByRole('button').last().click();
      await dialog(page).locator('pre').first().waitFor();
    },
  },
  {
    name: 'services-journal',
    show: async (page) => {
      await show(page, { found: manyUnits });
      await section(page).getByRole('listitem').first().locator('button').first().click();
      await dialog(page).waitFor();
      await page.evaluate(
        ([machineId, unitId]) => {
          const line = (second: number, text: string) =>
            `2026-03-04T12:30:${String(second).padStart(2, '0')}+0000 nuvem-notebook-0123456789a1[812]: ${text}`;
          window.fakeMain.emit.units.journal({
            machineId,
            unitId,
            isFirst: true,
            lines: [
              line(
                1,
                '[I 2026-03-04 12:30:01.117 ServerApp] Serving notebooks from local directory: /home/ubuntu',
              ),
              line(1, '[I 2026-03-04 12:30:01.118 ServerApp] Jupyter Server 2.17.0 is running at:'),
              ...Array.from({ length: 30 }, (_, index) =>
                line(index + 2, '[I ServerApp] Kernel started: 0c7e6d1f-59c5-4d0a-92a0-51d1c5f3d0a2'),
              ),
            ],
          });
        },
        [gpuMachine.id, unit(1).id] as const,
      );
      await dialog(page).locator('pre').waitFor();
    },
  },
];
