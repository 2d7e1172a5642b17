import { randomBytes } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { ServiceLaunch } from '../../../../electron/jupyter/units/unit-launch';
import { UnitService } from '../../../../electron/jupyter/units/unit-service';
import type { NotebookChoice } from '../../../../shared/model/machine';
import type { FoundUnits, ServiceUnit, UnitScope } from '../../../../shared/model/service-unit';
import { GatewayBrowser, LabKernel } from '../../../support/lab/gateway-browser';
import {
  instanceFolders,
  type LabApp,
  type LabMachine,
  onlyServer,
  serverPid,
  startLabMachine,
} from '../../../support/lab/jupyter';
import { type SystemdHost, startSystemdHost, whyNoSystemd } from '../../../support/lab/systemd-host';
import { labPeer } from '../../../support/setup/peers';

const reason = await whyNoSystemd();
const lab4 = (): NotebookChoice => ({ kind: 'environment', path: labPeer('jupyterlab4').folder });

const until = (isSo: () => boolean | Promise<boolean>): Promise<boolean> =>
  vi.waitUntil(isSo, { timeout: 60_000, interval: 100 });

describe.skipIf(reason !== null)(`on a machine with systemd (${reason ?? 'a real one'})`, () => {
  let host: SystemdHost;
  let lab: LabMachine;
  let units: UnitService;
  let journal: string[];

  beforeAll(async () => {
    host = await startSystemdHost();
  }, 60_000);
  afterAll(() => host.stop());
  afterEach(async () => {
    units.forget(lab.machineId);
    const uid = (await stat(lab.home)).uid;
    await host.run(
      'sh',
      '-c',
      'loginctl disable-linger "$1"; systemctl stop "user@$2"',
      'sh',
      lab.sshd.user,
      String(uid),
    );
    await lab.stop();
  });

  async function start(notebook: NotebookChoice = lab4(), sudo: 'password' | 'free' | 'no' = 'password') {
    lab = await startLabMachine({ host, notebook });
    await host.letSudo(lab.sshd.user, sudo);
    journal = [];
    units = unitsOf(lab);
  }

  const unitsOf = (app: LabApp): UnitService =>
    new UnitService({
      connections: app.connection.pool,
      machineOf: () => ({ ...app.connection.machine, notebook: lab4() }),
      random: randomBytes,
      onChanged: () => undefined,
      onJournal: ({ lines }) => void journal.push(...lines),
      onServersChanged: () => undefined,
    });

  async function found(): Promise<FoundUnits> {
    await units.look(lab.machineId);
    const snapshot = units.snapshots()[0];
    if (!snapshot?.found) throw new Error(`nothing was found: ${JSON.stringify(snapshot?.activity)}`);
    return snapshot.found;
  }
  async function onlyUnit(): Promise<ServiceUnit> {
    const all = (await found()).units;
    if (all.length !== 1 || all[0] === undefined) throw new Error(`${all.length} services, not one`);
    return all[0];
  }
  async function act(
    ...order: Parameters<UnitService['act']> extends [unknown, ...infer Rest] ? Rest : never
  ) {
    await units.act(lab.machineId, ...order);
    const activity = units.snapshots()[0]?.activity;
    return activity?.kind === 'failed' ? activity.error : null;
  }

  /** Starts a service in the home folder; resolves with the plan it was started by. */
  async function serve(scope: UnitScope, changed: Partial<ServiceLaunch> = {}) {
    const plan = await units.plan(lab.machineId, '', scope);
    const service = { id: plan.id, scope, text: plan.text, turnsLingeringOn: true, password: '', ...changed };
    await lab.notebooks.startService(lab.machineId, '', service);
    return plan;
  }
  const failure = () => {
    const { activity } = lab.snapshot();
    return activity.kind === 'failed' ? activity.error : null;
  };
  const instance = async (): Promise<string> => {
    const [folder] = await instanceFolders(lab.home);
    if (folder === undefined) throw new Error('there is no server');
    return folder;
  };
  function browse(app: LabApp = lab): GatewayBrowser {
    const gateway = app.gateways.get(lab.machineId);
    if (gateway === undefined) throw new Error(`no gateway was opened: ${JSON.stringify(app.snapshot())}`);
    return new GatewayBrowser(gateway);
  }
  const result = async (code: string): Promise<string> => {
    const browser = browse();
    try {
      return (await (await LabKernel.start(browser, 'localhost:8888')).run(code)).trim();
    } finally {
      browser.close();
    }
  };

  test('systemd-run keeps a server where lingering is on, and only there', async () => {
    await start(lab4(), 'free');
    await lab.notebooks.openOrStart(lab.machineId);
    expect(onlyServer(lab)).toMatchObject({ detachedBy: 'tmux', whyNotSystemd: 'no-user-manager' });
    await lab.notebooks.stop(lab.machineId, onlyServer(lab).id);

    await units.turnLingeringOn(lab.machineId, '');
    expect((await found()).ways).toEqual({ user: 'ready', lingering: 'on', system: 'sudo' });
    await lab.notebooks.openOrStart(lab.machineId);
    const server = onlyServer(lab);
    expect(server.detachedBy).toBe('systemd');
    expect(server.whyNotSystemd).toBeUndefined();
    expect(await result('print(open("/proc/self/cgroup").read())')).toContain('nuvem-notebook-');
    await lab.notebooks.stop(lab.machineId, server.id);
    expect(lab.snapshot()).toMatchObject({ activity: { kind: 'idle' }, servers: [] });
    expect(await instanceFolders(lab.home)).toEqual([]);
  }, 300_000);

  test('a service of the user comes back after a crash, is found by another Nuvem, stops, starts and is removed', async () => {
    await start();
    expect((await found()).ways).toEqual({ user: 'no-user-manager', lingering: 'off', system: 'password' });

    await serve('user', { password: 'not it' });
    expect(failure()).toMatchObject({ code: 'lingering-refused' });
    expect(await instanceFolders(lab.home)).toEqual([]);
    const plan = await serve('user', { password: lab.sshd.password });
    expect(failure()).toBeNull();
    expect(await readFile(plan.path, 'utf8')).toBe(plan.text);
    const server = onlyServer(lab);
    expect(server).toMatchObject({ detachedBy: 'service', canOpen: true, folder: lab.home });
    expect(await onlyUnit()).toMatchObject({
      id: plan.id,
      scope: 'user',
      state: 'active',
      isEnabled: true,
      restarts: 0,
    });
    expect(await result('print(6*7)')).toBe('42');

    const token = await readFile(join(await instance(), 'token'), 'utf8');
    expect((await stat(join(await instance(), 'token'))).mode & 0o777).toBe(0o600);
    units.followJournal(lab.machineId, plan.id);
    await until(() => journal.some((line) => line.includes('Jupyter Server')));
    expect(await host.run('journalctl', '--no-pager')).not.toContain(token);
    expect(await host.run('ps', '-eo', 'args')).not.toMatch(new RegExp(`${token}|${lab.sshd.password}`));

    const pid = await serverPid(await instance());
    await host.run('kill', '-KILL', String(pid));
    await until(async () => (await serverPid(await instance()).catch(() => pid)) !== pid);
    await until(async () => (await onlyUnit()).restarts === 1);
    await until(() => journal.some((line) => line.includes('status=137')));
    const isRenewed = () => lab.notebooks.serversOf(lab.machineId)[0]?.running.pid !== pid;
    await until(() => isRenewed() && lab.snapshot().activity.kind === 'idle');
    expect(onlyServer(lab)).toMatchObject({ id: server.id, keeping: { kind: 'kept' } });
    expect(await result('print("again")')).toBe('again');
    expect(lab.closedTabsOf).toEqual([]);
    units.followJournal(lab.machineId, null);

    const later = await lab.startAnotherApp();
    await later.notebooks.find(lab.machineId);
    expect(onlyServer(later)).toMatchObject({ id: server.id, detachedBy: 'service', canOpen: true });
    await later.notebooks.stop(lab.machineId, server.id);
    expect(later.snapshot()).toMatchObject({ activity: { kind: 'idle' }, servers: [] });
    expect(await onlyUnit()).toMatchObject({ state: 'inactive', isEnabled: true });

    expect(await act(plan.id, 'start', '')).toBeNull();
    await until(async () => (await onlyUnit()).state === 'active');
    expect(await act(plan.id, 'disable', '')).toBeNull();
    expect(await onlyUnit()).toMatchObject({ state: 'active', isEnabled: false });
    expect(await act(plan.id, 'remove', '')).toBeNull();
    expect((await found()).units).toEqual([]);
    await expect(stat(plan.path)).rejects.toMatchObject({ code: 'ENOENT' });
    expect(await instanceFolders(lab.home)).toEqual([]);
    expect(await act(plan.id, 'restart', '')).toMatchObject({ code: 'service-gone' });
  }, 300_000);

  test('a service of the machine runs as the user, and sudo gets its password once and never as an argument', async () => {
    await start();
    await serve('system', { password: 'not it' });
    expect(failure()).toMatchObject({ code: 'sudo-refused' });
    expect(await instanceFolders(lab.home)).toEqual([]);
    const plan = await serve('system', { password: lab.sshd.password });
    expect(failure()).toBeNull();
    expect(plan.path).toMatch(/^\/etc\/systemd\/system\//);
    expect(await host.run('cat', plan.path)).toBe(plan.text);
    expect(await host.run('systemd-analyze', 'verify', plan.path)).toBe('');
    expect(onlyServer(lab)).toMatchObject({ detachedBy: 'systemService', folder: lab.home });
    expect(await result('import getpass, os; print(getpass.getuser(), os.getcwd())')).toBe(
      `${lab.sshd.user} ${lab.home}`,
    );
    expect(await onlyUnit()).toMatchObject({ scope: 'system', state: 'active', isEnabled: true });
    expect(await act(plan.id, 'stop', 'not it')).toMatchObject({ code: 'sudo-refused' });
    expect(await act(plan.id, 'stop', lab.sshd.password)).toBeNull();
    expect(await onlyUnit()).toMatchObject({ state: 'inactive' });
    expect(await act(plan.id, 'remove', lab.sshd.password)).toBeNull();
    expect((await found()).units).toEqual([]);
    expect(await instanceFolders(lab.home)).toEqual([]);
    await expect(host.run('cat', plan.path)).rejects.toThrow('No such file');
  }, 300_000);

  test('one that ends at once fails with its last lines, and leaves no unit behind', async () => {
    await start({ kind: 'command', line: "sh -c 'echo boom; exit 3' x" }, 'free');
    const plan = await serve('user');
    expect(failure()).toMatchObject({ code: 'notebook-command-failed', params: { exitCode: '3' } });
    expect(failure()?.details.join('\n')).toContain('boom');
    await expect(stat(plan.path)).rejects.toMatchObject({ code: 'ENOENT' });
    expect((await found()).units).toEqual([]);
  }, 120_000);

  test('without sudo and lingering there is no service, and the user is told why', async () => {
    await start(lab4(), 'no');
    await serve('user', { turnsLingeringOn: false });
    expect(failure()).toMatchObject({ code: 'user-manager-missing' });
    await serve('user');
    expect(failure()).toMatchObject({ code: 'lingering-refused' });
    await serve('system', { password: lab.sshd.password });
    expect(failure()).toMatchObject({ code: 'sudo-refused' });
    expect(await instanceFolders(lab.home)).toEqual([]);
  });
});
