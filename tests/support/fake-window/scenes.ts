import type { Page } from '@playwright/test';
import type { ConnectionState } from '../../../shared/model/connection';
import type { DemoState } from '../../../shared/model/demo';
import type { NotebookSnapshot } from '../../../shared/model/notebook';
import type { PromptId } from '../../../shared/model/prompt';
import { idleActivity, type TunnelActivity, type TunnelState } from '../../../shared/model/tunnel-status';
import {
  accessList,
  agentKeys,
  changedKeyReport,
  farMachine,
  foreignKey,
  foundServer,
  gpuMachine,
  groupedMachines,
  handServer,
  hostKeyPrompt,
  labServer,
  manyMachines,
  offeredKey,
  provenInstall,
  report,
  sampleLog,
  sampleTab,
  sampleTunnel,
  sshKeys,
  trustedHosts,
  uuid,
} from '../samples';
import { awsScenes } from './aws-scenes';
import { browserDoorScenes } from './browser-door-scenes';
import { clusterNodeScenes } from './cluster-node-scenes';
import { clusterScenes } from './cluster-scenes';
import { clusterStepScenes } from './cluster-step-scenes';
import { clusterTerminationScenes } from './cluster-termination-scenes';
import { costScenes } from './cost-scenes';
import { diagnosisScenes } from './diagnosis-scenes';
import { diagnosticsScenes } from './diagnostics-scenes';
import { downloadScenes } from './download-scenes';
import { environmentScenes } from './environment-scenes';
import { homeScenes } from './home-scenes';
import { hostScenes } from './host-scenes';
import { idleScenes } from './idle-scenes';
import { instanceScenes } from './instance-scenes';
import { meterScenes } from './meter-scenes';
import { metricsScenes } from './metrics-scenes';
import { paletteScenes } from './palette-scenes';
import type {} from './preload';
import { quickConnectScenes } from './quick-connect-scenes';
import { s3Scenes } from './s3-scenes';
import type { Scene } from './scene';
import { serviceScenes } from './service-scenes';
import { signInScenes } from './sign-in-scenes';
import { slurmScenes } from './slurm-scenes';
import { transferScenes } from './transfer-scenes';
import { updateScenes } from './update-scenes';
import { webPageScenes } from './web-page-scenes';

const soonMs = () => Date.now() + 24_900;

const setMachines = (page: Page, machines: readonly (typeof gpuMachine)[]) =>
  page.evaluate((list) => window.fakeMain.setMachines(list), machines);
const setDemo = (page: Page, state: DemoState) =>
  page.evaluate((demo) => window.fakeMain.setDemo(demo), state);
const tryDemo = (page: Page) =>
  page.getByRole('button', { name: /^(Try with a demo|Experimentar com uma máquina)/ }).click();
const setConnection = (page: Page, state: ConnectionState) =>
  page.evaluate(([id, next]) => window.fakeMain.setConnection(id, next), [gpuMachine.id, state] as const);
const setNotebooks = (page: Page, notebooks: Pick<NotebookSnapshot, 'activity' | 'servers'>) =>
  page.evaluate(([id, next]) => window.fakeMain.setNotebooks(id, next), [gpuMachine.id, notebooks] as const);

const ready: ConnectionState = { kind: 'ready', sinceMs: Date.UTC(2026, 2, 4, 12, 30) };
const waiting = (): Extract<ConnectionState, { kind: 'waitingToRetry' }> => ({
  kind: 'waitingToRetry',
  retryNumber: 2,
  nextTryAtMs: soonMs(),
  error: report('connection-lost', { host: 'gpu.example.com' }, ['read ECONNRESET']),
});
const idle = { kind: 'idle' } as const;

const agentMachine = {
  ...gpuMachine,
  identity: { kind: 'agent', socketPath: '', pinnedKey: agentKeys.keys[1]?.line ?? null },
  forwardsAgent: true,
  allowsOldAlgorithms: true,
} as const;
const oldServerReport = report('only-old-algorithms', {
  host: 'gpu.example.com',
  kind: 'kex',
  offered: 'diffie-hellman-group14-sha1, diffie-hellman-group-exchange-sha1, diffie-hellman-group1-sha1',
  ours: 'curve25519-sha256, ecdh-sha2-nistp256, ecdh-sha2-nistp384, diffie-hellman-group14-sha256',
});

/** Shows one machine whose connection is in a state. */
const machineIn = (name: string, state: ConnectionState): Scene => ({
  name,
  show: async (page) => {
    await setMachines(page, [gpuMachine]);
    await setConnection(page, state);
  },
});

const longCommand =
  'sh -c "aws ssm start-session --target i-0abcdef0123456789 --document-name AWS-StartSSHSession ' +
  "--parameters 'portNumber=22' --region sa-east-1 --profile data-platform-production\"";
const behindCommand = {
  ...gpuMachine,
  route: { ...gpuMachine.route, proxy: { kind: 'command', line: longCommand } as const },
};
const spark = sampleTunnel(1, { name: 'Spark', isOn: true });
const database = sampleTunnel(2, { name: 'PostgreSQL', isOn: true });
const proxy = sampleTunnel(3, {
  name: '',
  forward: { kind: 'dynamic', listen: { kind: 'tcp', address: '0.0.0.0', port: 1080 } },
  isExposed: true,
  isOn: true,
});
const callback = sampleTunnel(4, {
  forward: {
    kind: 'remote',
    listen: { kind: 'unixSocket', path: '/run/user/1000/callback-of-the-training-job.sock' },
    target: { kind: 'tcp', host: 'localhost', port: 9000 },
  },
});
const tunnelMachine = { ...gpuMachine, tunnels: [spark, database, proxy, callback] };
const busy: TunnelActivity = {
  ...idleActivity,
  openConnections: 3,
  bytesUp: 48_000,
  bytesDown: 73_400_000,
  bytesUpPerSecond: 900,
  bytesDownPerSecond: 4_200_000,
};

/** One machine with a tunnel in each of the states that look different. */
const showTunnels = async (page: Page) => {
  await setMachines(page, [tunnelMachine]);
  await setConnection(page, ready);
  const states: readonly [typeof spark, TunnelState, TunnelActivity][] = [
    [spark, { kind: 'active', sinceMs: 0 }, busy],
    [
      database,
      {
        kind: 'failed',
        error: report('local-port-in-use', { port: 8002, suggestedPort: 8003, process: 'postgres (812)' }),
      },
      idleActivity,
    ],
    [
      proxy,
      { kind: 'waiting' },
      {
        ...idleActivity,
        waitingConnections: 2,
        lastError: report('tunnel-target-unreachable', {
          host: 'gpu.example.com',
          target: 'example.org:443',
        }),
      },
    ],
  ];
  await page.evaluate(
    ([id, tunnels, ports]) => {
      window.fakeMain.setTunnels(id, { tunnels, ports });
      for (let second = 0; second < 60; second += 1) {
        window.fakeMain.measureTunnels({
          machineId: id,
          atMs: second * 1000,
          tunnels: tunnels.map(({ tunnelId, activity }) => ({
            tunnelId,
            activity: {
              ...activity,
              bytesDownPerSecond: Math.round(activity.bytesDownPerSecond * Math.abs(Math.sin(second / 7))),
            },
          })),
        });
      }
    },
    [
      gpuMachine.id,
      states.map(([{ id: tunnelId }, state, activity]) => ({ tunnelId, state, activity })),
      [
        { port: 4040, host: '127.0.0.1', process: 'java' },
        { port: 8888, host: '127.0.0.1', process: 'jupyter-lab' },
        { port: 9999, host: '127.0.0.1', process: '' },
      ],
    ] as const,
  );
};

const showGroups = (page: Page) =>
  page.evaluate(
    ([{ machines, groups }, recent]) => {
      window.fakeMain.setGroups(groups);
      window.fakeMain.setMachines(machines);
      window.fakeMain.setRecentMachines(recent);
    },
    [groupedMachines, groupedMachines.machines.slice(1, 3).map(({ id }) => id)] as const,
  );

const openDetails = async (page: Page) => {
  await page.getByRole('alert').getByRole('button', { expanded: false }).click();
};

const showKeys = async (page: Page, keys: typeof sshKeys) => {
  await page.evaluate((list) => {
    window.fakeMain.keys = list;
  }, keys);
  await page
    .locator('aside')
    .getByRole('button', { name: /^(Keys|Chaves)$/ })
    .click();
  await page.mouse.move(640, 500);
};
/** The list of who can log in, on a machine's page. */
const showAccess = async (page: Page) => {
  await setMachines(page, [gpuMachine]);
  await setConnection(page, ready);
  await page.evaluate(
    ([list, keys, offered]) => {
      window.fakeMain.accessList = list;
      window.fakeMain.keys = keys;
      window.fakeMain.offeredKeys = [offered];
    },
    [accessList, sshKeys, offeredKey] as const,
  );
  await page.getByRole('button', { name: /^(Show who can log in|Mostrar quem pode entrar)$/ }).click();
  await page.getByText('ana@laptop').waitFor();
};
const openInstall = async (page: Page) => {
  await page.getByRole('button', { name: /^(Install a key|Instalar uma chave)…$/ }).click();
  await page.getByRole('dialog').locator('input[type=password]').waitFor();
};
const showTrustedHosts = async (page: Page, hosts: typeof trustedHosts) => {
  await page.evaluate((list) => {
    window.fakeMain.trustedHosts = list;
  }, hosts);
  await page
    .locator('aside')
    .getByRole('button', { name: /^(Trusted hosts|Hosts confiáveis)$/ })
    .click();
  // Away from the button, or its tooltip comes up.
  await page.mouse.move(640, 500);
};

export const scenes: readonly Scene[] = [
  { name: 'welcome', show: async () => undefined },
  { name: 'welcome-without-demo', show: (page) => setDemo(page, { kind: 'unsupported' }) },
  {
    name: 'demo-preparing',
    show: async (page) => {
      await tryDemo(page);
      await setDemo(page, {
        kind: 'preparing',
        step: 'installing-jupyter',
        detail: 'Downloading jupyterlab-4.4.1-py3-none-any.whl (12.3 MB)',
      });
    },
  },
  {
    name: 'demo-failed',
    show: async (page) => {
      await tryDemo(page);
      await setDemo(page, {
        kind: 'failed',
        error: report('demo-python-missing', { minimum: '3.9' }, ['apt install python3-venv']),
      });
    },
  },
  machineIn('machine-idle', idle),
  { name: 'many-machines', show: (page) => setMachines(page, manyMachines) },
  { name: 'grouped-machines', show: showGroups },
  {
    name: 'search-with-matches',
    show: async (page) => {
      await showGroups(page);
      await page.getByRole('searchbox').fill('sao visao');
      await page.getByRole('treeitem').waitFor();
    },
  },
  {
    name: 'machines-selected',
    show: async (page) => {
      await showGroups(page);
      await page.getByRole('treeitem', { name: /^ETL/ }).last().click();
      await page
        .getByRole('treeitem', { name: /^Primary node/ })
        .last()
        .click({ modifiers: ['ControlOrMeta'] });
      await page
        .getByRole('treeitem', { name: /^Primary node/ })
        .last()
        .click({ button: 'right' });
      await page.getByRole('menuitem').nth(1).waitFor();
    },
  },
  {
    name: 'machine-menu-colours',
    show: async (page) => {
      await showGroups(page);
      await page.getByRole('treeitem', { name: /^ETL/ }).last().click({ button: 'right' });
      await page.getByRole('menuitem', { name: /^(Colour|Cor)$/ }).hover();
      await page.getByRole('menu').nth(1).waitFor();
    },
  },
  {
    name: 'group-editor',
    show: async (page) => {
      await showGroups(page);
      await page.getByRole('treeitem', { name: /^Laboratório/ }).focus();
      await page.keyboard.press('F2');
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'group-removal',
    show: async (page) => {
      await showGroups(page);
      await page.getByRole('treeitem', { name: /^GPUs/ }).focus();
      await page.keyboard.press('Delete');
      await page.getByRole('alertdialog').waitFor();
    },
  },
  {
    name: 'machine-editor-inheriting',
    show: async (page) => {
      await showGroups(page);
      await page
        .getByRole('treeitem', { name: /^São Paulo/ })
        .last()
        .focus();
      await page.keyboard.press('F2');
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'default-settings-wrong',
    show: async (page) => {
      await showGroups(page);
      await page
        .locator('aside')
        .getByRole('button', { name: /^(More|Mais)$/ })
        .click();
      await page.getByRole('menuitem').nth(1).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('checkbox').first().check({ force: true });
      await dialog.locator('button[type=submit]').click();
    },
  },
  {
    name: 'tags',
    show: async (page) => {
      await showGroups(page);
      await page.getByRole('treeitem', { name: /^ETL/ }).last().click();
      await page
        .getByRole('treeitem', { name: /^São Paulo/ })
        .last()
        .click({ modifiers: ['ControlOrMeta'] });
      await page.keyboard.press('Shift+F10');
      await page.getByRole('menuitem', { name: /^(Tags|Etiquetas)/ }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'search-without-match',
    show: async (page) => {
      await setMachines(page, manyMachines);
      await page.getByRole('searchbox').fill('zzz');
    },
  },
  machineIn('connecting', { kind: 'connecting', isReconnect: false }),
  {
    name: 'opening-notebook',
    show: async (page) => {
      await setMachines(page, manyMachines);
      await setConnection(page, ready);
      await setNotebooks(page, { activity: { kind: 'starting', step: 'launching' }, servers: null });
    },
  },
  {
    name: 'servers-found',
    show: async (page) => {
      await setMachines(page, manyMachines);
      await setConnection(page, ready);
      await setNotebooks(page, { activity: idle, servers: [labServer, handServer, foundServer] });
    },
  },
  {
    name: 'waiting-to-retry',
    show: async (page) => {
      await setMachines(page, [gpuMachine]);
      await setConnection(page, waiting());
    },
  },
  machineIn('reconnecting-paused', { ...waiting(), nextTryAtMs: null }),
  machineIn('failed-host-key-changed', { kind: 'failed', error: changedKeyReport }),
  {
    name: 'replace-host-key',
    show: async (page) => {
      await setMachines(page, [gpuMachine]);
      await setConnection(page, { kind: 'failed', error: changedKeyReport });
      await page.getByRole('alert').getByRole('button').first().click();
      await page.getByRole('alertdialog').getByRole('textbox').fill('kYxXYZ');
    },
  },
  ...quickConnectScenes,
  ...transferScenes,
  ...homeScenes,
  ...idleScenes,
  ...meterScenes,
  {
    name: 'keys',
    show: async (page) => {
      await setMachines(page, manyMachines);
      await showKeys(page, sshKeys);
      await page.locator('main li').first().waitFor();
    },
  },
  {
    name: 'install-on-machine',
    show: async (page) => {
      await setMachines(page, manyMachines);
      await showKeys(page, sshKeys);
      await page
        .getByRole('button', { name: / on a machine…$| em uma máquina…$/ })
        .first()
        .click();
      await page.getByRole('dialog').locator('li').first().waitFor();
    },
  },
  {
    name: 'keys-empty',
    show: async (page) => {
      await setMachines(page, manyMachines);
      await showKeys(page, []);
    },
  },
  {
    name: 'new-key-errors',
    show: async (page) => {
      await setMachines(page, manyMachines);
      await showKeys(page, sshKeys);
      await page.locator('main header button').last().click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('textbox').first().fill('id_ed25519');
      await dialog.locator('input[type=password]').first().fill('one');
      await dialog.locator('button[type=submit]').click();
    },
  },
  {
    name: 'new-key-refused',
    show: async (page) => {
      await setMachines(page, manyMachines);
      await showKeys(page, sshKeys);
      await page.locator('main header button').last().click();
      await page.getByRole('dialog').locator('button[type=submit]').click();
      await page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'key-passphrase-wrong',
    show: async (page) => {
      await setMachines(page, manyMachines);
      await showKeys(page, sshKeys);
      await page
        .getByRole('button', { name: /^(Passphrase of id_ed25519|Frase secreta de id_ed25519)…$/ })
        .click();
      await page.getByRole('dialog').locator('input[type=password]').first().fill('one');
      await page.getByRole('dialog').locator('button[type=submit]').click();
      await page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'import-key',
    show: async (page) => {
      await setMachines(page, manyMachines);
      await showKeys(page, sshKeys);
      await page.evaluate((foreign) => {
        window.fakeMain.foreignKey = foreign;
      }, foreignKey);
      await page.getByRole('button', { name: /^(Import key|Importar chave)…$/ }).click();
      await page
        .getByRole('dialog')
        .getByText(/same passphrase|mesma frase/)
        .click();
      await page.getByRole('dialog').locator('input[type=password]').nth(1).fill('one');
      await page.getByRole('dialog').locator('button[type=submit]').click();
    },
  },
  {
    name: 'access',
    show: async (page) => {
      await showAccess(page);
      await page.getByText('ana@laptop').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'access-add',
    show: async (page) => {
      await showAccess(page);
      await page.getByRole('button', { name: /^(Let a colleague in|Dar acesso a um colega)…$/ }).click();
      await page.getByRole('dialog').locator('textarea').fill('ssh-ed25519 AAAA');
      await page.getByRole('dialog').getByRole('list').waitFor();
    },
  },
  {
    name: 'access-add-private',
    show: async (page) => {
      await showAccess(page);
      await page.getByRole('button', { name: /^(Let a colleague in|Dar acesso a um colega)…$/ }).click();
      await page.getByRole('dialog').locator('textarea').fill('PRIVATE');
      await page.getByRole('alert').waitFor();
    },
  },
  {
    name: 'access-remove-own',
    show: async (page) => {
      await showAccess(page);
      await page.getByRole('button', { name: /^(Remove the key of|Remover a chave de) ana@laptop/ }).click();
      await page.getByRole('alertdialog').getByRole('button').last().click();
    },
  },
  {
    name: 'access-install',
    show: async (page) => {
      await showAccess(page);
      await openInstall(page);
    },
  },
  {
    name: 'access-installed',
    show: async (page) => {
      await showAccess(page);
      await openInstall(page);
      await page.evaluate((report) => {
        window.fakeMain.installReport = report;
      }, provenInstall);
      await page.getByRole('dialog').locator('button[type=submit]').click();
      await page.getByRole('dialog').getByRole('status').waitFor();
    },
  },
  {
    name: 'access-install-refused',
    show: async (page) => {
      await showAccess(page);
      await openInstall(page);
      await page.evaluate(
        ([report, because]) => {
          window.fakeMain.installReport = {
            ...report,
            proof: { kind: 'failed', failure: { kind: 'refused', because } },
          };
        },
        [provenInstall, accessList.warnings] as const,
      );
      await page.getByRole('dialog').locator('button[type=submit]').click();
      await page.getByRole('dialog').getByRole('alert').waitFor();
    },
  },
  {
    name: 'trusted-hosts',
    show: async (page) => {
      await setMachines(page, manyMachines);
      await showTrustedHosts(page, trustedHosts);
      await page.locator('main li').first().waitFor();
    },
  },
  {
    name: 'trusted-hosts-empty',
    show: async (page) => {
      await setMachines(page, manyMachines);
      await showTrustedHosts(page, []);
    },
  },
  {
    name: 'forget-trusted-host',
    show: async (page) => {
      await setMachines(page, manyMachines);
      await showTrustedHosts(page, trustedHosts);
      await page.locator('main li').first().getByRole('button').click();
      await page.getByRole('alertdialog').waitFor();
    },
  },
  {
    name: 'failed-notebook-with-details',
    show: async (page) => {
      await setMachines(page, [gpuMachine]);
      await setConnection(page, ready);
      const error = report('notebook-command-failed', { exitCode: 1 }, [
        'Traceback (most recent call last):',
        '  File "/home/ubuntu/miniconda3/envs/ml/bin/jupyter-lab", line 5, in <module>',
        '    from jupyterlab.labapp import main',
        "ModuleNotFoundError: No module named 'jupyterlab'",
      ]);
      await setNotebooks(page, { activity: { kind: 'failed', error }, servers: [] });
      await openDetails(page);
    },
  },
  {
    name: 'connection-log',
    show: async (page) => {
      await setMachines(page, [gpuMachine]);
      await setConnection(page, waiting());
      await page.evaluate(([id, log]) => window.fakeMain.setLog(id, log), [
        gpuMachine.id,
        sampleLog,
      ] as const);
      await page.locator('main button[aria-expanded]').last().click();
      await page.getByRole('log').waitFor();
    },
  },
  machineIn('prompt-host-key', { kind: 'awaitingHostKey', prompt: hostKeyPrompt }),
  machineIn('prompt-passphrase-wrong', {
    kind: 'authenticating',
    isReconnect: false,
    prompt: {
      kind: 'passphrase',
      promptId: uuid<PromptId>(102),
      keyPath: '~/.ssh/id_ed25519',
      wasWrong: true,
      canRemember: true,
    },
  }),
  machineIn('prompt-password', {
    kind: 'authenticating',
    isReconnect: false,
    prompt: {
      kind: 'password',
      promptId: uuid<PromptId>(103),
      user: 'ubuntu',
      host: 'gpu.example.com',
      wasWrong: false,
      canRemember: false,
    },
  }),
  machineIn('prompt-new-password', {
    kind: 'authenticating',
    isReconnect: false,
    prompt: {
      kind: 'newPassword',
      promptId: uuid<PromptId>(107),
      user: 'ubuntu',
      host: 'gpu.example.com',
      text: 'Your password has expired. It must have 14 characters and a digit.',
    },
  }),
  machineIn('prompt-questions', {
    kind: 'authenticating',
    isReconnect: false,
    prompt: {
      kind: 'keyboardInteractive',
      promptId: uuid<PromptId>(104),
      title: 'Two-factor authentication',
      instructions: 'Enter the code that your phone shows.',
      questions: [
        { text: 'Password: ', isEchoed: false },
        { text: 'Verification code: ', isEchoed: true },
      ],
    },
  }),
  {
    name: 'editor-new',
    show: async (page) => {
      await setMachines(page, [gpuMachine]);
      await page.keyboard.press('Control+n');
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'editor-agent-key',
    show: async (page) => {
      await page.evaluate((list) => Object.assign(window.fakeMain, { agentKeys: list }), agentKeys);
      await setMachines(page, [agentMachine]);
      await page.locator('header button').nth(2).click();
      await page.getByText('/run/user/1000/keyring/ssh').waitFor();
      await page.locator('form').getByRole('checkbox').first().scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'editor-agent-key-choice',
    show: async (page) => {
      await page.evaluate((list) => Object.assign(window.fakeMain, { agentKeys: list }), agentKeys);
      await setMachines(page, [agentMachine]);
      await page.locator('header button').nth(2).click();
      await page.getByText('/run/user/1000/keyring/ssh').waitFor();
      await page.getByRole('button', { name: 'ana@laptop' }).click();
      await page.getByRole('option').first().waitFor();
    },
  },
  {
    name: 'old-algorithms',
    show: async (page) => {
      await setMachines(page, [gpuMachine]);
      await setConnection(page, { kind: 'failed', error: oldServerReport });
      await page.getByRole('alert').getByRole('button').first().click();
      await page.getByRole('alertdialog').waitFor();
    },
  },
  machineIn('only-old-algorithms', { kind: 'failed', error: oldServerReport }),
  {
    name: 'editor-errors',
    show: async (page) => {
      await page.locator('main button').first().click();
      const dialog = page.getByRole('dialog');
      await dialog.locator('label:has([value=environment])').click();
      await dialog.locator('#machine-port').fill('99999');
      await dialog.locator('button[type=submit]').click();
    },
  },
  {
    name: 'editor-command',
    show: async (page) => {
      await page.locator('main button').first().click();
      await page.getByRole('dialog').locator('label:has([value=command])').last().click();
      await page.getByRole('dialog').locator('label:has([value=agent])').click();
    },
  },
  {
    name: 'editor-filled-in-from-command',
    show: async (page) => {
      await setMachines(page, [gpuMachine]);
      await page.keyboard.press('Control+n');
      const line =
        'ssh -A -L 8888:localhost:8080 -o ServerAliveInterval=30 -J gpu.example.com ana@inner uptime';
      await page.getByRole('dialog').getByRole('textbox').first().fill(line);
      await page.keyboard.press('Enter');
      await page.getByRole('dialog').getByText('-o ServerAliveInterval=30').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'editor-route',
    show: async (page) => {
      await setMachines(page, [farMachine, ...manyMachines]);
      await page.locator('header button').nth(2).click();
      const dialog = page.getByRole('dialog');
      await dialog.locator('#machine-jump-1-host').fill('');
      await dialog.locator('button[type=submit]').click();
      await dialog.getByRole('group').first().scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'machine-behind-jumps',
    show: async (page) => {
      await setMachines(page, [farMachine, gpuMachine]);
      await page.evaluate(([id, next]) => window.fakeMain.setConnection(id, next), [
        farMachine.id,
        {
          kind: 'failed',
          error: report('key-refused', {
            ...{ host: 'gate.of.a.long.name.example.com', user: 'ana' },
            ...{ jumpHost: 'gate.of.a.long.name.example.com', jumpNumber: 2, jumpCount: 2 },
          }),
        } satisfies ConnectionState,
      ] as const);
    },
  },
  machineIn('prompt-password-of-jump', {
    kind: 'authenticating',
    isReconnect: false,
    prompt: {
      kind: 'password',
      promptId: uuid<PromptId>(105),
      hop: 'gate.of.a.long.name.example.com',
      user: 'ana',
      host: 'gate.of.a.long.name.example.com',
      wasWrong: true,
      canRemember: true,
    },
  }),
  {
    name: 'editor-proxy-command',
    show: async (page) => {
      await setMachines(page, [behindCommand, ...manyMachines.slice(1)]);
      await page.locator('header button').nth(2).click();
      const dialog = page.getByRole('dialog');
      await dialog.locator('#machine-proxyLine').fill('nc %x');
      await dialog.locator('button[type=submit]').click();
      await dialog.locator('#machine-proxyLine').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'machine-behind-command',
    show: async (page) => {
      await setMachines(page, [behindCommand]);
      await setConnection(page, {
        kind: 'failed',
        error: report(
          'proxy-command-failed',
          { host: 'gpu.example.com', exitCode: 255, command: `${longCommand.slice(0, 79)}…` },
          ['An error occurred (TargetNotConnected) when calling the StartSession operation'],
        ),
      });
    },
  },
  machineIn('prompt-proxy-command', {
    kind: 'authenticating',
    isReconnect: false,
    prompt: { kind: 'command', promptId: uuid<PromptId>(106), command: longCommand },
  }),
  {
    name: 'stop-confirmation',
    show: async (page) => {
      await setMachines(page, [gpuMachine]);
      await setConnection(page, ready);
      await setNotebooks(page, { activity: idle, servers: [labServer] });
      await page.getByRole('listitem').getByRole('button').last().click();
      await page.getByRole('alertdialog').waitFor();
    },
  },
  { name: 'tunnels', show: showTunnels },
  {
    name: 'tunnel-editor-new',
    show: async (page) => {
      await setMachines(page, [tunnelMachine]);
      await page.locator('section[aria-labelledby=tunnels-title] button').nth(1).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'tunnel-editor-exposed-and-wrong',
    show: async (page) => {
      await setMachines(page, [tunnelMachine]);
      await page.locator('section[aria-labelledby=tunnels-title] button').nth(1).click();
      const dialog = page.getByRole('dialog');
      await dialog.locator('#tunnel-listenAddress').fill('0.0.0.0');
      await dialog.locator('#tunnel-targetPort').fill('99999');
      await dialog.locator('button[type=submit]').click();
    },
  },
  {
    name: 'tunnels-open-to-others',
    show: async (page) => {
      await showTunnels(page);
      await page.locator('aside').getByRole('button', { name: /: 1$/ }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  ...hostScenes,
  ...diagnosisScenes,
  ...environmentScenes,
  ...awsScenes,
  ...metricsScenes,
  ...s3Scenes,
  ...serviceScenes,
  ...clusterScenes,
  ...instanceScenes,
  ...clusterNodeScenes,
  ...clusterStepScenes,
  ...clusterTerminationScenes,
  ...costScenes,
  {
    name: 'settings',
    show: async (page) => {
      await page.keyboard.press('Control+,');
      await page.getByRole('dialog').waitFor();
    },
  },
  ...updateScenes,
  {
    name: 'settings-without-tray-and-keyring',
    show: async (page) => {
      await page.keyboard.press('Control+,');
      await page
        .getByRole('dialog')
        .getByRole('button', { name: /^(System|Sistema)/ })
        .first()
        .click();
      await page.getByRole('listbox').waitFor();
    },
  },
  {
    name: 'notices',
    show: async (page) => {
      await setMachines(page, manyMachines.slice(0, 4));
      await page.locator('header button').last().click();
      // Away from the next machine's button, or its tooltip comes up.
      await page.mouse.move(640, 500);
      await page.evaluate(() => {
        window.fakeMain.postNotice({
          noticeId: '00000000-0000-4000-8000-000000000301',
          level: 'info',
          code: 'running-notebook-found',
          params: { name: 'ETL', machineId: '00000000-0000-4000-8000-000000000002' },
        });
        window.fakeMain.postNotice({
          noticeId: '00000000-0000-4000-8000-000000000302',
          level: 'warning',
          code: 'store-restored-from-copy',
          params: { file: 'machines.json' },
        });
        window.fakeMain.postNotice({
          noticeId: '00000000-0000-4000-8000-000000000303',
          level: 'error',
          code: 'download-failed',
          params: { name: 'results-2026-03-04-final-version.csv', reason: 'ENOSPC' },
        });
        window.fakeMain.postNotice({
          noticeId: '00000000-0000-4000-8000-000000000304',
          level: 'info',
          code: 'told-in-window',
          params: {
            title: 'train-the-model-on-all-of-it.ipynb: cell finished',
            body: 'On GPU box, after 3 h 20 min',
            machineId: '00000000-0000-4000-8000-000000000001',
            serverId: 'lab-1',
          },
        });
      });
    },
  },
  {
    name: 'notebook-page',
    show: async (page, url) => {
      await setMachines(page, manyMachines);
      await setConnection(page, ready);
      await openTabs(page, url);
    },
  },
  {
    name: 'notebook-page-reconnecting',
    show: async (page, url) => {
      await setMachines(page, manyMachines);
      await setConnection(page, waiting());
      await openTabs(page, url);
    },
  },
  ...webPageScenes,
  ...signInScenes,
  ...downloadScenes,
  ...browserDoorScenes,
  ...paletteScenes,
  ...diagnosticsScenes,
  ...slurmScenes,
];

async function openTabs(page: Page, url: string): Promise<void> {
  const [first, second, third] = manyMachines;
  if (!first || !second || !third) throw new Error('Too few machines');
  const tabs = [sampleTab(1, first, url), sampleTab(2, second, url), sampleTab(3, third, url)];
  await page.evaluate(([list, active]) => window.fakeMain.setTabs(list, active), [
    tabs,
    tabs[0]?.id ?? null,
  ] as const);
  await page.getByRole('progressbar').waitFor({ state: 'hidden' });
}
