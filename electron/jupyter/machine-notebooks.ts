import { AppError } from '../../shared/errors/app-error';
import type { IdlePolicy } from '../../shared/model/idle-policy';
import type { JupyterAddress } from '../../shared/model/jupyter-address';
import type { Machine, MachineId } from '../../shared/model/machine';
import type { NotebookActivity, NotebookSnapshot, ServerId } from '../../shared/model/notebook';
import { isOfJob } from '../../shared/model/slurm';
import { HeldConnections } from '../access/held-connections';
import type { GivenSecret } from '../connection/connection-secrets';
import type { MachineLink } from '../connection/machine-link';
import { withTransport } from '../connection/with-transport';
import type { KnownServer } from './find';
import { IdleClient } from './idle/idle-client';
import type { IdleOver } from './idle/own-idle-counter';
import type { IdleServer } from './idle/server-idle-watch';
import { profileOf } from './launch';
import { MachineServers } from './machine-servers';
import type { NotebookDependencies } from './notebook-dependencies';
import { OneAtATime } from './one-at-a-time';
import { pageOf, pageOfFile, type ServerPage } from './server-page';
import { ServerRoutes } from './server-routes';
import { ServerStarts } from './server-starts';
import { stopServer } from './stop';
import type { ServiceLaunch } from './units/unit-launch';

/**
 * What the user does with the Jupyter servers of one machine. Holds the machine's connection from the first use until
 * the user disconnects.
 */
export class MachineNotebooks {
  #activity: NotebookActivity = { kind: 'idle' };
  #revision = 0;
  #isForgotten = false;
  readonly #work = new OneAtATime();
  readonly #connection: HeldConnections;
  readonly #routes: ServerRoutes;
  readonly #servers: MachineServers;
  readonly #starts: ServerStarts;
  /** What happens to idle servers that Nuvem started and that can have no keeper. */
  readonly #begins = new Map<ServerId, IdlePolicy>();

  constructor(
    private readonly machineId: MachineId,
    private readonly dependencies: NotebookDependencies,
  ) {
    this.#routes = new ServerRoutes(machineId, {
      ...dependencies,
      onGone: (serverId) => this.#onGone(serverId),
      onRenewed: (serverId) => this.#onRenewed(serverId),
    });
    this.#servers = new MachineServers(machineId, dependencies, (known) => this.#routes.hostOf(known));
    this.#starts = new ServerStarts({ ...dependencies, onProgress: (activity) => this.#enter(activity) });
    this.#connection = new HeldConnections(dependencies.connections, () => this.#routes.unwatchAll());
  }

  get snapshot(): NotebookSnapshot {
    const { all, recentFolders } = this.#servers;
    return {
      machineId: this.machineId,
      revision: this.#revision,
      activity: this.#activity,
      servers: all?.map(({ server }) => ({ ...server, keeping: this.#routes.keepingOf(server.id) })) ?? null,
      ...(recentFolders.length > 0 && { recentFolders }),
    };
  }

  /** Empty also before anybody looked. */
  get servers(): readonly KnownServer[] {
    return this.#servers.all ?? [];
  }

  /** Those of which it is known who counts for how long they are idle. */
  get idleServers(): readonly IdleServer[] {
    return this.servers.flatMap((known) => {
      const { server, running } = known;
      const { id: serverId, folder } = server;
      // A keeper asks its server by token: a sign-in by password stays in this process.
      const keeper = running.session === undefined ? this.#routes.keeperOf(known) : null;
      if (!server.canOpen || (keeper === null && this.#routes.mayGetKeeper(known))) return [];
      return [
        { serverId, folder, running, keeper, begins: this.#begins.get(serverId) ?? { kind: 'nothing' } },
      ];
    });
  }

  find(): Promise<void> {
    return this.#alone('find', async () => {
      this.#enter({ kind: 'looking' });
      await this.#servers.look(this.#link());
    });
  }

  /** In the machine's working folder, or in another one. */
  openOrStart(folder?: string): Promise<void> {
    return this.#alone(`openOrStart ${folder ?? ''}`, async () => {
      this.#enter({ kind: 'starting', step: 'connecting' });
      const link = this.#link();
      await link.whenReady();
      this.#enter({ kind: 'starting', step: 'finding' });
      const servers = await this.#servers.look(link);
      const profile = profileOf(this.#machineIn(folder));
      const isWanted = (known: KnownServer): boolean =>
        known.profile === profile || (folder !== undefined && known.server.folder === folder);
      const running = servers.find((known) => isWanted(known) && known.server.canOpen);
      if (running !== undefined) await this.#openServer(link, running);
      else await this.#startAndOpen(link, true, folder);
    });
  }

  start(): Promise<void> {
    return this.#alone('start', async () => {
      this.#enter({ kind: 'starting', step: 'connecting' });
      const link = this.#link();
      await link.whenReady();
      await this.#startAndOpen(link, false);
    });
  }

  /** In `folder` instead of the machine's; the server goes on as a service of systemd. */
  startService(folder: string, service: ServiceLaunch): Promise<void> {
    return this.#alone(`start ${service.id}`, async () => {
      this.#enter({ kind: 'starting', step: 'connecting' });
      const link = this.#link();
      await link.whenReady();
      await this.#openServer(link, await this.#startServer(link, false, folder, service));
    });
  }

  open(serverId: ServerId): Promise<void> {
    return this.#alone(`open ${serverId}`, async () => {
      this.#enter({ kind: 'starting', step: 'connecting' });
      const link = this.#link();
      await link.whenReady();
      this.#enter({ kind: 'starting', step: 'finding' });
      const known = (await this.#servers.look(link)).find(({ server }) => server.id === serverId);
      if (known === undefined)
        throw new AppError(isOfJob(serverId) ? 'slurm-node-unreachable' : 'notebook-gone');
      if (!known.server.canOpen) throw new AppError('notebook-token-unknown');
      await this.#openServer(link, known);
    });
  }

  /** @throws AppError `notebook-gone`, `notebook-secret-wrong`, `vault-unavailable`, or why the connection failed */
  async signIn(serverId: ServerId, given: GivenSecret): Promise<void> {
    await this.#servers.signIn(this.#link(), serverId, given);
    this.#enter(this.#activity);
  }

  /** @throws AppError `notebook-not-there`, `notebook-token-unknown`, `notebook-secret-wrong`, or why the connection failed */
  async addAddress(address: JupyterAddress, secret: string): Promise<ServerId> {
    const { server } = await this.#servers.addAddress(this.#link(), address);
    this.#enter(this.#activity);
    if (!server.canOpen && secret === '') throw new AppError('notebook-token-unknown');
    if (!server.canOpen) await this.signIn(server.id, { secret, isRemembered: false });
    return server.id;
  }

  openFile(serverId: ServerId, path: string, isTextNotebook: boolean): Promise<void> {
    return this.#alone(`open ${serverId} ${path}`, async () => {
      const link = this.#link();
      const known = this.#servers.find(serverId);
      if (known === undefined) throw new AppError('notebook-gone');
      await this.#openServer(link, known, pageOfFile(known.server.interface, path, isTextNotebook));
    });
  }

  stop(serverId: ServerId): Promise<void> {
    return this.#alone(`stop ${serverId}`, async () => {
      this.#enter({ kind: 'stopping', serverId });
      const link = this.#link();
      const { random, log, closeTabsOf } = this.dependencies;
      const known = (await this.#servers.look(link)).find(({ server }) => server.id === serverId);
      this.#routes.unwatch(serverId);
      if (known !== undefined) {
        await withTransport(link, (transport) => stopServer(transport, known, random));
        log.write(this.machineId, 'notebook-stopped', { address: known.server.address });
        this.#routes.remove(known);
      }
      this.#takeOut(serverId);
      closeTabsOf(this.machineId, serverId);
    });
  }

  endIdle(serverId: ServerId, { afterMs, isOver }: IdleOver): Promise<void> {
    return this.#alone(`end ${serverId}`, async () => {
      const known = this.#servers.find(serverId);
      if (known === undefined || !(await isOver())) return;
      this.#enter({ kind: 'stopping', serverId });
      const { random, clock } = this.dependencies;
      this.#routes.unwatch(serverId);
      await withTransport(this.#link(), (transport) => stopServer(transport, known, random));
      this.#takeOut(serverId);
      this.#servers.tellOf([{ folder: known.server.folder, atMs: clock.nowMs(), afterMs }]);
    });
  }

  /** Calls off a start that is under way, and ends on the machine what it had begun. */
  cancelStart(): void {
    this.#starts.cancel();
  }

  forget(): void {
    this.#isForgotten = true;
    this.#connection.letGo(this.machineId);
  }

  #machineIn(folder: string | undefined): Machine {
    const machine = this.dependencies.machineOf(this.machineId);
    return folder === undefined ? machine : { ...machine, workingFolder: folder };
  }

  /** Starts a server, opens it, and says what shall happen to it once nobody uses it. */
  async #startAndOpen(link: MachineLink, mayReuse: boolean, folder?: string): Promise<void> {
    const known = await this.#startServer(link, mayReuse, folder);
    await this.#openServer(link, known);
    const { idlePolicy } = this.#machineIn(folder);
    if (idlePolicy.kind === 'nothing') return;
    const keeper = this.#routes.keeperOf(known);
    if (keeper === null) {
      this.#begins.set(known.server.id, idlePolicy);
      this.dependencies.log.write(this.machineId, 'notebook-idle-counted-here', {}, 'warning');
    } else
      await withTransport(link, (transport) =>
        new IdleClient(transport, known.running, keeper).set(idlePolicy),
      );
  }

  async #startServer(
    link: MachineLink,
    mayReuse: boolean,
    folder?: string,
    service?: ServiceLaunch,
  ): Promise<KnownServer> {
    const known = await this.#starts.start(link, this.#machineIn(folder), mayReuse, service);
    this.#servers.addStarted(known);
    return known;
  }

  async #openServer(link: MachineLink, known: KnownServer, wanted?: ServerPage): Promise<void> {
    this.#enter({ kind: 'starting', step: 'opening' });
    const { server, running } = known;
    const host = await this.#routes.lead(link, known);
    const page = wanted ?? pageOf(server.interface);
    await this.dependencies.openTab({
      machineId: this.machineId,
      serverId: server.id,
      url: `http://${host}${running.baseUrl}${page.path}`,
      title: page.title,
    });
  }

  #onRenewed(serverId: ServerId): void {
    void this.#alone(`renew ${serverId}`, async () => {
      const link = this.#link();
      const known = (await this.#servers.look(link)).find(({ server }) => server.id === serverId);
      if (known !== undefined) await this.#routes.lead(link, known);
    });
  }

  /** Its tabs stay, for what was not saved. */
  #onGone(serverId: ServerId): void {
    this.#takeOut(serverId);
    void this.#alone(`gone ${serverId}`, async () => {
      if (!(await this.#servers.tellOfIdleEnds(this.#link()))) throw new AppError('notebook-gone');
    });
  }

  /** It has ended; its name is free for the next one. */
  #takeOut(serverId: ServerId): void {
    const known = this.#servers.find(serverId);
    const host = known === undefined ? '' : this.#routes.hostOf(known);
    this.#routes.giveBack(serverId);
    this.#servers.remove(serverId);
    this.#begins.delete(serverId);
    if (known !== undefined) this.dependencies.onEnded(this.machineId, { server: known.server, host });
  }

  #link(): MachineLink {
    this.dependencies.machineOf(this.machineId);
    return this.#connection.link(this.machineId);
  }

  #alone(name: string, work: () => Promise<void>): Promise<void> {
    return this.#work.do(name, async () => {
      try {
        await work();
        this.#enter({ kind: 'idle' });
      } catch (thrown) {
        const error = AppError.from(thrown);
        if (error.code === 'cancelled') this.#enter({ kind: 'idle' });
        else this.#fail(error);
        if (error.code === 'internal') throw error;
      }
    });
  }

  #fail(error: AppError): void {
    this.dependencies.log.write(
      this.machineId,
      'notebook-failed',
      { ...error.params, errorCode: error.code },
      'error',
    );
    this.#enter({ kind: 'failed', error: error.toReport() });
  }

  #enter(activity: NotebookActivity): void {
    if (this.#isForgotten) return;
    this.#activity = activity;
    this.#revision += 1;
    this.dependencies.onChanged(this.snapshot);
  }
}
