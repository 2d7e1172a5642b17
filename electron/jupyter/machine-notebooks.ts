import { AppError } from '../../shared/errors/app-error';
import { isFinal } from '../../shared/model/connection';
import type { JupyterAddress } from '../../shared/model/jupyter-address';
import type { Machine, MachineId } from '../../shared/model/machine';
import type { NotebookActivity, NotebookSnapshot, ServerId } from '../../shared/model/notebook';
import { isOfJob } from '../../shared/model/slurm';
import type { GivenSecret } from '../connection/connection-secrets';
import type { Lease, MachineLink } from '../connection/machine-link';
import type { Transport } from '../connection/transport';
import { withTransport } from '../connection/with-transport';
import { type RemoteTarget, targetKey } from '../gateway/routes';
import { type IdleEnd, takeIdleEnds } from '../keeper/idle-ends';
import { OutputKeepers } from '../keeper/output-keepers';
import { Admissions } from './admissions';
import { findServers, type KnownServer, knowAddress } from './find';
import { IdleClient } from './idle/idle-client';
import { profileOf } from './launch';
import type { NotebookDependencies } from './notebook-dependencies';
import { authorizationOf } from './rest-request';
import { pageOf, pageOfFile } from './server-page';
import { findJobServers } from './slurm/job-servers';
import { startServer } from './start-server';
import { stopServer } from './stop';
import type { ServiceLaunch } from './units/unit-launch';
import { VirtualPorts } from './virtual-ports';
import { watchServer } from './watch';

/** systemd starts a service again within seconds; Jupyter itself may need a minute. */
const refusalsOfService = 90;

/**
 * The Jupyter servers of one machine. Holds the machine's connection from the first use until the user
 * disconnects, and looks after every server that it opened.
 */
export class MachineNotebooks {
  #activity: NotebookActivity = { kind: 'idle' };
  #servers: readonly KnownServer[] | null = null;
  #revision = 0;
  #recentFolders: readonly string[] = [];
  #lease: Lease | null = null;
  #forgetLink: () => void = () => undefined;
  #work: { readonly name: string; readonly done: Promise<void> } | null = null;
  #isForgotten = false;
  #cancelStart: () => void = () => undefined;
  readonly #ports = new VirtualPorts();
  readonly #admissions: Admissions;
  /** Where the user said that servers are which no look finds. */
  readonly #addresses = new Map<ServerId, JupyterAddress>();
  readonly #keepers: OutputKeepers;
  readonly #watches = new Map<ServerId, () => void>();

  constructor(
    private readonly machineId: MachineId,
    private readonly dependencies: NotebookDependencies,
  ) {
    this.#keepers = new OutputKeepers(dependencies.keepOutput);
    this.#admissions = new Admissions(machineId, dependencies.vault);
  }

  get snapshot(): NotebookSnapshot {
    return {
      machineId: this.machineId,
      revision: this.#revision,
      activity: this.#activity,
      servers:
        this.#servers?.map(({ server }) => ({ ...server, keeping: this.#keepers.keepingOf(server.id) })) ??
        null,
      ...(this.#recentFolders.length > 0 && { recentFolders: this.#recentFolders }),
    };
  }

  /** Empty also before anybody looked. */
  get servers(): readonly KnownServer[] {
    return this.#servers ?? [];
  }

  /** Where the keeper of a server listens, as far as it is known. */
  keeperOf({ server, keeper }: KnownServer): RemoteTarget | null {
    return this.#keepers.targetOf(server.id) ?? keeper;
  }

  find(): Promise<void> {
    return this.#alone('find', async () => {
      this.#enter({ kind: 'looking' });
      await this.#look(this.#holdConnection());
    });
  }

  /** In the machine's working folder, or in another one. */
  openOrStart(folder?: string): Promise<void> {
    return this.#alone(`openOrStart ${folder ?? ''}`, async () => {
      this.#enter({ kind: 'starting', step: 'connecting' });
      const link = this.#holdConnection();
      await link.whenReady();
      this.#enter({ kind: 'starting', step: 'finding' });
      const servers = await this.#look(link);
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
      const link = this.#holdConnection();
      await link.whenReady();
      await this.#startAndOpen(link, false);
    });
  }

  /** In `folder` instead of the machine's; the server goes on as a service of systemd. */
  startService(folder: string, service: ServiceLaunch): Promise<void> {
    return this.#alone(`start ${service.id}`, async () => {
      this.#enter({ kind: 'starting', step: 'connecting' });
      const link = this.#holdConnection();
      await link.whenReady();
      await this.#openServer(link, await this.#startServer(link, false, folder, service));
    });
  }

  open(serverId: ServerId): Promise<void> {
    return this.#alone(`open ${serverId}`, async () => {
      this.#enter({ kind: 'starting', step: 'connecting' });
      const link = this.#holdConnection();
      await link.whenReady();
      this.#enter({ kind: 'starting', step: 'finding' });
      const known = (await this.#look(link)).find(({ server }) => server.id === serverId);
      if (known === undefined)
        throw new AppError(isOfJob(serverId) ? 'slurm-node-unreachable' : 'notebook-gone');
      if (!known.server.canOpen) throw new AppError('notebook-token-unknown');
      await this.#openServer(link, known);
    });
  }

  /** @throws AppError `notebook-gone`, `notebook-secret-wrong`, `vault-unavailable`, or why the connection failed */
  async signIn(serverId: ServerId, given: GivenSecret): Promise<void> {
    const link = this.#holdConnection();
    const known = this.servers.find(({ server }) => server.id === serverId);
    if (known === undefined) throw new AppError('notebook-gone');
    const host = this.#ports.hostOf(serverId, known.running.target);
    const admitted = await withTransport(link, (transport) =>
      this.#admissions.signIn(transport, known, { ...given, host }),
    );
    this.#put(admitted);
    this.#enter(this.#activity);
  }

  /** @throws AppError `notebook-not-there`, `notebook-token-unknown`, `notebook-secret-wrong`, or why the connection failed */
  async addAddress(address: JupyterAddress, secret: string): Promise<ServerId> {
    const link = this.#holdConnection();
    const known = await withTransport(link, (transport) => knowAddress(transport, address));
    const found = this.servers.find(
      ({ running }) => targetKey(running.target) === targetKey(known.running.target),
    );
    const server = found ?? known;
    if (found === undefined) {
      this.#addresses.set(known.server.id, address);
      this.#put(known);
      this.#enter(this.#activity);
    }
    if (!server.server.canOpen && secret === '') throw new AppError('notebook-token-unknown');
    if (!server.server.canOpen) await this.signIn(server.server.id, { secret, isRemembered: false });
    return server.server.id;
  }

  openFile(serverId: ServerId, path: string): Promise<void> {
    return this.#alone(`open ${serverId} ${path}`, async () => {
      const link = this.#holdConnection();
      const known = this.servers.find(({ server }) => server.id === serverId);
      if (known === undefined) throw new AppError('notebook-gone');
      await this.#openServer(link, known, path);
    });
  }

  stop(serverId: ServerId): Promise<void> {
    return this.#alone(`stop ${serverId}`, async () => {
      this.#enter({ kind: 'stopping', serverId });
      const link = this.#holdConnection();
      const { random, log, closeTabsOf } = this.dependencies;
      const known = (await this.#look(link)).find(({ server }) => server.id === serverId);
      this.#unwatch(serverId);
      if (known !== undefined) {
        await withTransport(link, (transport) => stopServer(transport, known, random));
        log.write(this.machineId, 'notebook-stopped', { address: known.server.address });
      }
      this.#removeRoute(serverId);
      this.#servers = this.#servers?.filter(({ server }) => server.id !== serverId) ?? null;
      closeTabsOf(this.machineId, serverId);
    });
  }

  /** Calls off a start that is under way, and ends on the machine what it had begun. */
  cancelStart(): void {
    this.#cancelStart();
  }

  forget(): void {
    this.#isForgotten = true;
    this.#letGo();
  }

  async #look(link: MachineLink): Promise<readonly KnownServer[]> {
    const { log, random } = this.dependencies;
    log.write(this.machineId, 'notebook-searching');
    const {
      servers: found,
      recentFolders,
      idleEnds,
    } = await withTransport(link, (transport) => findServers(transport, random));
    this.#recentFolders = recentFolders;
    this.#tellOfEnds(idleEnds);
    const all = await withTransport(link, async (transport) =>
      Promise.all(
        [...found, ...(await this.#atAddresses(transport)), ...(await this.#inJobs(transport))].map((known) =>
          this.#admissions.admit(transport, known, () =>
            this.#ports.hostOf(known.server.id, known.running.target),
          ),
        ),
      ),
    );
    if (all.length === 0) log.write(this.machineId, 'notebook-none-found');
    else log.write(this.machineId, 'notebook-found', { count: all.length });
    this.#servers = all;
    return all;
  }

  /** The servers at the addresses that were typed; those that no longer answer are forgotten. */
  async #atAddresses(transport: Transport): Promise<readonly KnownServer[]> {
    const there: KnownServer[] = [];
    for (const [id, address] of this.#addresses) {
      try {
        there.push(await knowAddress(transport, address));
      } catch (error) {
        if (AppError.from(error).code !== 'notebook-not-there') throw error;
        this.#addresses.delete(id);
        this.#admissions.drop(id);
      }
    }
    return there;
  }

  #inJobs(transport: Transport): Promise<readonly KnownServer[]> {
    const { random, clock } = this.dependencies;
    return findJobServers(transport, random, clock.nowMs);
  }

  #put(known: KnownServer): void {
    const others = this.servers.filter(({ server }) => server.id !== known.server.id);
    this.#servers = [...others, known];
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
    const keeper = this.keeperOf(known);
    if (keeper === null)
      this.dependencies.log.write(this.machineId, 'notebook-idle-not-watched', {}, 'warning');
    else
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
    const { log, clock, random } = this.dependencies;
    const machine = this.#machineIn(folder);
    log.write(this.machineId, 'notebook-starting', { folder: machine.workingFolder || '~' });
    const onStep = (step: Extract<NotebookActivity, { kind: 'starting' }>['step']): void =>
      this.#enter({ kind: 'starting', step });
    const calledOff = new AbortController();
    this.#cancelStart = () => calledOff.abort(new AppError('cancelled'));
    const known = await startServer(machine, mayReuse, {
      link,
      clock,
      random,
      onStep,
      onImageProgress: (progress) => this.#enter({ kind: 'fetchingImage', ...progress }),
      signal: calledOff.signal,
      ...(service === undefined ? {} : { service }),
    }).finally(() => {
      this.#cancelStart = () => undefined;
    });
    const { server } = known;
    this.#recentFolders = [server.folder, ...this.#recentFolders.filter((other) => other !== server.folder)];
    log.write(this.machineId, 'notebook-started', { address: server.address, detachedBy: server.detachedBy });
    this.#servers = [...(this.#servers ?? []).filter((other) => other.server.id !== server.id), known];
    return known;
  }

  async #openServer(link: MachineLink, known: KnownServer, path?: string): Promise<void> {
    this.#enter({ kind: 'starting', step: 'opening' });
    const { server, running } = known;
    const host = await this.#routeTo(link, known);
    const page = path === undefined ? pageOf(server.interface) : pageOfFile(server.interface, path);
    await this.dependencies.openTab({
      machineId: this.machineId,
      serverId: server.id,
      url: `http://${host}${running.baseUrl}${page.path}`,
      title: page.title,
    });
  }

  /** Leads the machine's tabs to a server, and looks after it. @returns the host by which they know it */
  async #routeTo(link: MachineLink, { server, running, instanceId }: KnownServer): Promise<string> {
    const { gateways, clock, log } = this.dependencies;
    const kept = { target: running.target, pid: running.pid, folder: server.folder, instanceId };
    // A keeper looks after a process that it sees.
    const keeper = running.pid === 0 ? null : await this.#keepers.keep(link, server, kept);
    if (keeper === null) log.write(this.machineId, 'notebook-output-not-kept', {}, 'warning');
    const gateway = await gateways.open(this.machineId);
    const host = this.#ports.hostOf(server.id, running.target);
    gateway.setRoute({
      host,
      target: running.target,
      authorization: running.token === '' ? null : authorizationOf(running),
      loginCookie: running.session?.loginCookie ?? null,
      keeper,
    });
    this.#unwatch(server.id);
    const isService = server.detachedBy === 'service' || server.detachedBy === 'systemService';
    const renewal = { refusals: refusalsOfService, onRenewed: () => this.#onRenewed(server.id) };
    this.#watches.set(
      server.id,
      watchServer(link, running, clock, () => this.#onGone(server.id), isService ? renewal : null),
    );
    return host;
  }

  /** Another process answers at the same address: what was said of the one before does not hold any more. */
  #onRenewed(serverId: ServerId): void {
    void this.#alone(`renew ${serverId}`, async () => {
      const link = this.#holdConnection();
      const known = (await this.#look(link)).find(({ server }) => server.id === serverId);
      if (known !== undefined) await this.#routeTo(link, known);
    });
  }

  /** Its tabs stay, for what was not saved; its name is free for the next server, which may take it over. */
  #onGone(serverId: ServerId): void {
    this.#unwatch(serverId);
    this.#admissions.drop(serverId);
    this.#ports.giveBack(serverId);
    this.#servers = this.#servers?.filter(({ server }) => server.id !== serverId) ?? null;
    void this.#alone(`gone ${serverId}`, async () => {
      const { random } = this.dependencies;
      const ends = await withTransport(this.#holdConnection(), (transport) =>
        takeIdleEnds(transport, random),
      );
      this.#tellOfEnds(ends);
      if (ends.length === 0) throw new AppError('notebook-gone');
    });
  }

  #tellOfEnds(ends: readonly IdleEnd[]): void {
    for (const end of ends) {
      this.dependencies.log.write(this.machineId, 'notebook-ended-idle', { folder: end.folder });
      this.dependencies.onIdleEnd(this.machineId, end);
    }
  }

  #removeRoute(serverId: ServerId): void {
    const known = this.#servers?.find(({ server }) => server.id === serverId);
    if (known !== undefined) {
      this.dependencies.gateways
        .get(this.machineId)
        ?.removeRoute(this.#ports.hostOf(serverId, known.running.target));
    }
    this.#ports.giveBack(serverId);
    this.#admissions.drop(serverId);
  }

  #unwatch(serverId: ServerId): void {
    this.#watches.get(serverId)?.();
    this.#watches.delete(serverId);
  }

  #holdConnection(): MachineLink {
    const { connections, machineOf } = this.dependencies;
    machineOf(this.machineId);
    const held = this.#lease;
    if (held !== null && !isFinal(held.link.state())) return held.link;
    this.#forgetLink();
    const lease = connections.acquire(this.machineId);
    held?.release();
    this.#lease = lease;
    this.#forgetLink = lease.link.onStateChanged((state) => {
      if (state.kind === 'closed' || state.kind === 'failed') this.#letGo();
    });
    return lease.link;
  }

  #letGo(): void {
    this.#forgetLink();
    this.#forgetLink = () => undefined;
    for (const stopWatching of this.#watches.values()) stopWatching();
    this.#watches.clear();
    this.#lease?.release();
    this.#lease = null;
  }

  /** One piece of work at a time; who asks for what is under way already shares it. */
  #alone(name: string, work: () => Promise<void>): Promise<void> {
    if (this.#work?.name === name) return this.#work.done;
    const previous = this.#work?.done ?? Promise.resolve();
    const done = previous
      .catch(() => undefined)
      .then(() => this.#run(work))
      .finally(() => {
        if (this.#work?.done === done) this.#work = null;
      });
    this.#work = { name, done };
    return done;
  }

  async #run(work: () => Promise<void>): Promise<void> {
    try {
      await work();
      this.#enter({ kind: 'idle' });
    } catch (thrown) {
      const error = AppError.from(thrown);
      if (error.code === 'cancelled') this.#enter({ kind: 'idle' });
      else this.#fail(error);
      if (error.code === 'internal') throw error;
    }
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
