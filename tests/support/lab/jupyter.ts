import { randomBytes } from 'node:crypto';
import { appendFile, chown, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ConnectionLog } from '../../../electron/connection/connection-log';
import { Gateways } from '../../../electron/gateway/gateway';
import { openProxy } from '../../../electron/gateway/open-proxy';
import type { EndedServer, NotebookTab } from '../../../electron/jupyter/notebook-dependencies';
import { NotebookService } from '../../../electron/jupyter/notebook-service';
import type { IdleEnd } from '../../../electron/keeper/idle-ends';
import { type KeeperLimits, keeperLimits, startKeeper } from '../../../electron/keeper/start-keeper';
import { systemClock } from '../../../electron/system/clock';
import type { LogEntry } from '../../../shared/model/log-entry';
import type { Machine, MachineId } from '../../../shared/model/machine';
import type { NotebookServer, NotebookSnapshot } from '../../../shared/model/notebook';
import { type FaultProxy, startFaultProxy } from './fault-proxy';
import { type LabConnection, makeLabConnection } from './lab-connection';
import { runCommand } from './run-command';
import { type LabSshd, type SshdOptions, startSshd } from './sshd';
import type { SystemdHost } from './systemd-host';
import { makeTempFolder } from './temp-folder';

type NotebookSettings = Pick<Machine, 'notebook' | 'workingFolder' | 'idlePolicy'>;

export interface LabMachineOptions extends SshdOptions, Partial<NotebookSettings> {
  /** Environment of the far side, besides its home folder. */
  readonly environment?: Readonly<Record<string, string>>;
  /** True: Nuvem reaches sshd through a network that misbehaves as told. */
  readonly isFaulty?: boolean;
  /** It is such a computer, and the user's account there is one of its own. */
  readonly host?: SystemdHost;
  /** How much a keeper may keep. Default: as the app has it. */
  readonly limits?: KeeperLimits;
}

/** One run of Nuvem: all of its notebook side, without a window. */
export interface LabApp {
  readonly connection: LabConnection;
  readonly gateways: Gateways;
  readonly notebooks: NotebookService;
  /** Every tab that was opened. */
  readonly tabs: readonly NotebookTab[];
  /** Ids of the servers whose tabs were closed. */
  readonly closedTabsOf: readonly string[];
  /** What keepers have ended, as Nuvem told of it. */
  readonly idleEnds: readonly IdleEnd[];
  readonly ended: readonly EndedServer[];
  readonly snapshots: readonly NotebookSnapshot[];
  snapshot(): NotebookSnapshot;
  log(): readonly LogEntry[];
}

/** A machine that is a real sshd on loopback with a throw-away home folder, and a run of Nuvem that uses it. */
export interface LabMachine extends LabApp {
  readonly machineId: MachineId;
  readonly sshd: LabSshd;
  /** The network, if it is faulty. */
  readonly faults: FaultProxy | null;
  /** The far side's home folder. */
  readonly home: string;
  /** Nuvem as it is after it was killed and started again. */
  startAnotherApp(): Promise<LabApp>;
  change(settings: Partial<NotebookSettings>): void;
  /** Ends every server that was started in `home`, then the connections and sshd. */
  stop(): Promise<void>;
}

export async function startLabMachine(options: LabMachineOptions = {}): Promise<LabMachine> {
  const { environment = {}, workingFolder = '', notebook = { kind: 'auto' }, config = [], ...rest } = options;
  const { idlePolicy = { kind: 'nothing' } } = options;
  const { isFaulty = false, limits = keeperLimits, host } = options;
  const folder = await makeTempFolder('home');
  // Without the test computer's own user manager: a server that it keeps would outlive the test.
  const ofHome = { HOME: folder.path, XDG_RUNTIME_DIR: join(folder.path, 'run'), TMUX_TMPDIR: folder.path };
  const variables = { ...(host === undefined ? ofHome : {}), ...environment };
  const setEnv = Object.entries(variables).map(([name, value]) => `"${name}=${value}"`);
  const sshd = await startSshd({
    ...rest,
    ...(host && {
      passwordAccount: 'password',
      network: { address: '127.0.0.1', enter: host.enter },
      parentFolder: host.folder,
    }),
    config: [...(setEnv.length > 0 ? [`SetEnv ${setEnv.join(' ')}`] : []), ...config],
  });
  const home = host === undefined ? folder.path : join(sshd.folder, 'home');
  if (sshd.password !== '' && host === undefined) {
    await chown(
      home,
      Number(await runCommand('id', ['-u', sshd.user])),
      Number(await runCommand('id', ['-g', sshd.user])),
    );
  }
  const faults = isFaulty ? await startFaultProxy(sshd) : null;
  if (faults !== null) {
    const known = await readFile(sshd.knownHostsPath, 'utf8');
    await appendFile(sshd.knownHostsPath, known.replaceAll(`]:${sshd.port}`, `]:${faults.port}`));
  }
  let settings: NotebookSettings = { notebook, workingFolder, idlePolicy };
  const apps: LabApp[] = [];
  const startApp = async (): Promise<LabApp> => {
    const app = await makeApp(sshd, faults?.port ?? sshd.port, () => settings, limits);
    apps.push(app);
    return app;
  };
  const first = await startApp();
  return {
    ...first,
    machineId: first.connection.machineId,
    sshd,
    faults,
    home,
    startAnotherApp: startApp,
    change: (changed) => {
      settings = { ...settings, ...changed };
    },
    stop: async () => {
      for (const app of apps) {
        app.notebooks.forget(app.connection.machineId);
        await app.gateways.closeAll();
        await app.connection.close();
      }
      await faults?.stop();
      // Process numbers of another computer mean nothing here; its own stop ends all that runs there.
      if (host === undefined) await endServersIn(home);
      await sshd.stop();
      await folder.remove();
    },
  };
}

/** The one server that the machine's last snapshot shows. */
export function onlyServer(app: LabApp): NotebookServer {
  const servers = app.snapshot().servers ?? [];
  const [server] = servers;
  if (server === undefined || servers.length > 1) throw new Error(`${servers.length} servers, not one`);
  return server;
}

/** Folders of the servers that Nuvem keeps in a home folder. */
export async function instanceFolders(home: string): Promise<readonly string[]> {
  const base = join(home, '.local/share/nuvem/notebooks');
  const names = await readdir(base).catch(() => []);
  return names.filter((name) => !name.startsWith('.')).map((name) => join(base, name));
}

/** Folders of the keepers beside those servers. */
export async function keeperFolders(home: string): Promise<readonly string[]> {
  const base = join(home, '.local/share/nuvem/keepers');
  const names = await readdir(base).catch(() => []);
  return names.filter((name) => !name.startsWith('.')).map((name) => join(base, name));
}

/** Number of the Jupyter process that runs in an instance folder. */
export async function serverPid(instanceFolder: string): Promise<number> {
  const names = await readdir(join(instanceFolder, 'runtime'));
  const match = names
    .map((name) => /^(?:jp|nb)server-(\d+)\.json$/.exec(name))
    .find((found) => found !== null);
  if (match === undefined || match === null) throw new Error(`no runtime file in ${instanceFolder}`);
  return Number(match[1]);
}

async function makeApp(
  sshd: LabSshd,
  port: number,
  settingsNow: () => NotebookSettings,
  limits: KeeperLimits,
): Promise<LabApp> {
  const log = new ConnectionLog(systemClock, () => undefined);
  const connection = await makeLabConnection({
    route: { host: sshd.host, port, user: sshd.user },
    identity: { kind: 'keyFile', path: sshd.clientKeyPath },
    knownHostsPath: sshd.knownHostsPath,
  });
  const { machineId, pool } = connection;
  const gateways = new Gateways({
    openProxy: (request) => openProxy(pool.link(request.machineId), request, 0, (key) => key),
    randomSecret: () => randomBytes(24).toString('base64url'),
    log,
  });
  const tabs: NotebookTab[] = [];
  const closedTabsOf: string[] = [];
  const idleEnds: IdleEnd[] = [];
  const ended: EndedServer[] = [];
  const snapshots: NotebookSnapshot[] = [];
  const notebooks = new NotebookService({
    connections: pool,
    gateways,
    machineOf: () => ({ ...connection.machine, ...settingsNow() }),
    log,
    clock: systemClock,
    random: randomBytes,
    vault: connection.login.vault,
    keepOutput: (transport, server) =>
      startKeeper(transport, server, { gapText: '{count} lost', limits }, randomBytes),
    onIdleEnd: (_machineId, end) => void idleEnds.push(end),
    openTab: (tab) => void tabs.push(tab),
    onEnded: (_machineId, one) => void ended.push(one),
    closeTabsOf: (_machineId, serverId) => void closedTabsOf.push(serverId),
    onChanged: (snapshot) => snapshots.push(snapshot),
  });
  return {
    connection,
    gateways,
    notebooks,
    tabs,
    closedTabsOf,
    idleEnds,
    ended,
    snapshots,
    snapshot: () => {
      const snapshot = notebooks.snapshotOf(machineId);
      if (snapshot === undefined) throw new Error('nothing was asked of the notebooks yet');
      return snapshot;
    },
    log: () => log.entries(machineId),
  };
}

async function endServersIn(home: string): Promise<void> {
  for (const folder of [...(await keeperFolders(home)), ...(await instanceFolders(home))]) {
    const pids = [
      await serverPid(folder).catch(() => 0),
      Number(await readFile(join(folder, 'pid'), 'utf8').catch(() => '0')),
    ];
    for (const pid of pids.filter((one) => one > 1)) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
      }
    }
  }
}
