import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { findCommand } from '../../../build/system/packages';
import type { NotebookChoice } from '../../../shared/model/machine';
import { GatewayBrowser, LabKernel } from '../../support/lab/gateway-browser';
import {
  instanceFolders,
  type LabMachine,
  type LabMachineOptions,
  onlyServer,
  serverPid,
  startLabMachine,
} from '../../support/lab/jupyter';
import { runCommand } from '../../support/lab/run-command';
import { labPeer } from '../../support/setup/peers';

const isRoot = userInfo().uid === 0;
const environment = (): NotebookChoice => ({ kind: 'environment', path: labPeer('jupyterlab4').folder });

const until = (isSo: () => boolean): Promise<boolean> => vi.waitUntil(isSo, { timeout: 10_000, interval: 5 });

let lab: LabMachine;

afterEach(() => lab.stop());

async function openOn(options: LabMachineOptions): Promise<void> {
  lab = await startLabMachine(options);
  await lab.notebooks.openOrStart(lab.machineId);
}

/** Why the last thing that was asked for failed. */
function failure() {
  const { activity } = lab.snapshot();
  if (activity.kind !== 'failed') throw new Error(`it did not fail: ${JSON.stringify(activity)}`);
  return activity.error;
}

describe('where a notebook cannot start, the user is told', () => {
  afterEach(async () => {
    expect(await instanceFolders(lab.home), 'nothing is left behind').toEqual([]);
    expect(lab.log().at(-1)).toMatchObject({ code: 'notebook-failed', level: 'error' });
  });

  test('that the working folder is missing', async () => {
    await openOn({ notebook: environment(), workingFolder: '~/no such folder' });
    expect(failure()).toMatchObject({
      code: 'working-folder-not-found',
      params: { folder: `${lab.home}/no such folder` },
    });
  });

  test.skipIf(!isRoot)(
    'that the working folder is not theirs (needs root, for an account of its own)',
    async () => {
      await openOn({ notebook: environment(), workingFolder: '/root', passwordAccount: 'password' });
      expect(failure()).toMatchObject({ code: 'remote-permission-denied', params: { path: '/root' } });
    },
  );

  test.skipIf(!isRoot)('that the disk is full (needs root, for a disk of its own)', async () => {
    lab = await startLabMachine({ notebook: environment() });
    await runCommand('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', lab.home]);
    try {
      await writeFile(join(lab.home, 'data'), 'x'.repeat(1_000_000)).catch(() => undefined);
      await lab.notebooks.openOrStart(lab.machineId);
      expect(failure()).toMatchObject({ code: 'remote-disk-full' });
      expect(await instanceFolders(lab.home)).toEqual([]);
    } finally {
      await runCommand('umount', [lab.home]);
    }
  });

  test('that there is no Jupyter, and how to get it', async () => {
    await openOn({ notebook: { kind: 'environment', path: '~/venv' } });
    expect(failure()).toMatchObject({
      code: 'notebook-not-installed',
      details: expect.arrayContaining([expect.stringContaining('pip install')]),
    });
  });

  test('that Jupyter crashed, with its last lines and without a token', async () => {
    await openOn({
      notebook: { kind: 'command', line: "sh -c 'echo boom token=0123456789abcdef; exit 3' x" },
    });
    expect(failure()).toMatchObject({
      code: 'notebook-command-failed',
      params: { exitCode: '3' },
      details: ['boom token=…'],
    });
  });

  test('that the command does not exist', async () => {
    await openOn({ notebook: { kind: 'command', line: 'no-such-jupyter lab' } });
    expect(failure()).toMatchObject({ code: 'notebook-command-failed', params: { exitCode: '127' } });
    expect(failure().details.join('\n')).toContain('no-such-jupyter');
  });

  test('that the port of their command is taken', async () => {
    const other = createTcpServer().listen(0, '127.0.0.1');
    await until(() => other.listening);
    const { port } = other.address() as AddressInfo;
    try {
      await openOn({
        notebook: { kind: 'command', line: `${labPeer('jupyterlab4').binFolder}/jupyter lab --port ${port}` },
      });
      expect(failure()).toMatchObject({ code: 'remote-port-in-use', params: { port } });
    } finally {
      other.close();
    }
  });

  test('that the machine has no POSIX shell, with what it said', async () => {
    await openOn({ config: ['ForceCommand echo Welcome to the router'] });
    expect(failure()).toMatchObject({ code: 'remote-shell-unsupported', details: ['Welcome to the router'] });
  });
});

describe('a notebook starts', () => {
  const browse = (): GatewayBrowser => {
    const gateway = lab.gateways.get(lab.machineId);
    if (gateway === undefined) throw new Error('no gateway was opened');
    return new GatewayBrowser(gateway);
  };

  test('in a folder whatever its name', async () => {
    const name = `it's "my" $HOME \`x\` \\ *; ü & 東京`;
    lab = await startLabMachine({ notebook: environment(), workingFolder: `~/${name}` });
    await mkdir(join(lab.home, name));
    await lab.notebooks.openOrStart(lab.machineId);
    expect(onlyServer(lab).folder).toBe(join(lab.home, name));
    const browser = browse();
    const kernel = await LabKernel.start(browser, 'localhost:8888');
    expect(await kernel.run('import os; print(os.getcwd())')).toBe(`${join(lab.home, name)}\n`);
    browser.close();
  });

  test('by the user’s own command, on its own port', async () => {
    const free = createServer().listen(0, '127.0.0.1');
    await until(() => free.listening);
    const { port } = free.address() as AddressInfo;
    free.close();
    await openOn({
      notebook: {
        kind: 'command',
        line: `cd ~ && ${labPeer('jupyterlab4').binFolder}/jupyter lab --port=${port}`,
      },
    });
    expect(lab.snapshot().activity).toEqual({ kind: 'idle' });
    expect(onlyServer(lab).address).toBe(`port ${port}`);
    expect(lab.tabs[0]?.url).toBe(`http://localhost:${port}/lab`);
  });

  test('with the environment of a login shell, however noisy', async () => {
    lab = await startLabMachine({ notebook: environment() });
    await writeFile(join(lab.home, '.profile'), 'echo welcome; export DATA_SET="it\'s\nbig"\n');
    await writeFile(join(lab.home, '.bashrc'), 'echo noise\n');
    await lab.notebooks.openOrStart(lab.machineId);
    const browser = browse();
    const kernel = await LabKernel.start(browser, 'localhost:8888');
    expect(await kernel.run('import os; print(os.environ["DATA_SET"])')).toBe("it's\nbig\n");
    browser.close();
  });

  test('with the interpreter that the PATH of a login shell leads to', async () => {
    lab = await startLabMachine({});
    await writeFile(join(lab.home, '.profile'), `PATH=${labPeer('classic6').binFolder}:/usr/bin:/bin\n`);
    await lab.notebooks.openOrStart(lab.machineId);
    expect(onlyServer(lab)).toMatchObject({ interface: 'classic', canOpen: true });
  });

  test('and is kept by setsid where tmux cannot be used', async () => {
    lab = await startLabMachine({ notebook: environment(), environment: { TMUX_TMPDIR: '/proc' } });
    await lab.notebooks.openOrStart(lab.machineId);
    expect(onlyServer(lab).detachedBy).toBe('setsid');
    const [folder = ''] = await instanceFolders(lab.home);
    const pid = await serverPid(folder);
    await lab.sshd.killSessions();
    await lab.connection.reached('waitingToRetry');
    await lab.notebooks.find(lab.machineId);
    expect(onlyServer(lab).canOpen).toBe(true);
    expect(await serverPid(folder)).toBe(pid);
  });

  test('and says what keeps it, and why systemd does not', async () => {
    lab = await startLabMachine({ notebook: environment() });
    await lab.notebooks.openOrStart(lab.machineId);
    expect(onlyServer(lab).detachedBy).toBe('tmux');
    // The lab's account has a runtime folder of its own, where no systemd listens.
    const hasSystemd =
      (await findCommand('systemd-run')) !== null && (await findCommand('loginctl')) !== null;
    expect(onlyServer(lab).whyNotSystemd).toBe(hasSystemd ? 'no-user-manager' : 'no-systemd');
  });

  test('in other folders too, once in each, and they are remembered on the machine', async () => {
    lab = await startLabMachine({ notebook: environment() });
    const folders = [join(lab.home, 'one'), join(lab.home, 'two')] as const;
    for (const folder of folders) await mkdir(folder);
    await lab.notebooks.openOrStart(lab.machineId, '~/one');
    await lab.notebooks.openOrStart(lab.machineId, folders[1]);
    await lab.notebooks.openOrStart(lab.machineId, folders[0]);
    expect(
      lab
        .snapshot()
        .servers?.map(({ folder }) => folder)
        .sort(),
    ).toEqual(folders);
    expect(new Set(lab.tabs.map(({ serverId }) => serverId)).size).toBe(2);
    const other = await lab.startAnotherApp();
    await other.notebooks.find(lab.machineId);
    expect(other.snapshot().recentFolders).toEqual([folders[1], folders[0]]);
  });

  test('on a port where sshd leads to no sockets, which is found out only once', async () => {
    lab = await startLabMachine({ notebook: environment(), config: ['AllowStreamLocalForwarding no'] });
    const launches = () =>
      lab.snapshots.filter(({ activity }) => activity.kind === 'starting' && activity.step === 'launching')
        .length;
    await lab.notebooks.openOrStart(lab.machineId);
    expect(onlyServer(lab).address).toMatch(/^port /);
    expect(launches()).toBe(2);
    await lab.notebooks.stop(lab.machineId, onlyServer(lab).id);
    await lab.notebooks.openOrStart(lab.machineId);
    expect(onlyServer(lab).address).toMatch(/^port /);
    expect(launches()).toBe(3);
  }, 180_000);

  test('once, when two computers ask for it at the same time', async () => {
    lab = await startLabMachine({ notebook: environment() });
    const other = await lab.startAnotherApp();
    await Promise.all([lab.notebooks.openOrStart(lab.machineId), other.notebooks.openOrStart(lab.machineId)]);
    expect(onlyServer(other).id).toBe(onlyServer(lab).id);
    expect(await instanceFolders(lab.home)).toHaveLength(1);
  });

  test('once more when the user asks for another one', async () => {
    await openOn({ notebook: environment() });
    await lab.notebooks.start(lab.machineId);
    expect(lab.snapshot().servers).toHaveLength(2);
    expect(lab.tabs.map(({ url }) => url)).toEqual([
      'http://localhost:8888/lab',
      'http://localhost:8889/lab',
    ]);
  });

  test('although the connection is lost in the middle of it', async () => {
    lab = await startLabMachine({ notebook: environment() });
    const opened = lab.notebooks.openOrStart(lab.machineId);
    await until(() => {
      const { activity } = lab.snapshot();
      return activity.kind === 'starting' && activity.step === 'waiting';
    });
    await lab.sshd.killSessions();
    await opened;
    expect(lab.snapshot().activity).toEqual({ kind: 'idle' });
    expect(await instanceFolders(lab.home)).toHaveLength(1);
  });
});
