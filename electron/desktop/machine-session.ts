import type { Session } from 'electron';
import type { MachineId } from '../../shared/model/machine';
import type { Downloads } from './downloads';
import type { NoticeBoard } from './notice-board';
import { shownHost } from './shown-host';
import { judgeDocumentRequest, judgePermission } from './web-policy';

interface MachineSessionsDependencies {
  readonly sessionOf: (partition: string) => Session;
  /** Origins of the open tabs of a partition. */
  readonly originsOf: (partition: string) => readonly string[];
  readonly sinceInputMs: (contentsId: number) => number;
  readonly downloads: Pick<Downloads, 'receive'>;
  /** Whose pages a partition holds; undefined: all of them were closed. */
  readonly machineOf: (partition: string) => MachineId | undefined;
  readonly notices: NoticeBoard;
  readonly log: (message: string) => void;
}

/** The session partitions of the machines' tabs: proxied through the machine's gateway, and held to the web policy. */
export class MachineSessions {
  /** The gateway's port of each partition that is ready. */
  readonly #ports = new Map<string, number>();
  readonly #guarded = new WeakSet<Session>();

  constructor(private readonly deps: MachineSessionsDependencies) {}

  /** Makes a partition ready for pages: whatever they load goes through the gateway at `port` of 127.0.0.1. */
  async prepare(partition: string, port: number): Promise<void> {
    const session = this.deps.sessionOf(partition);
    if (!this.#guarded.has(session)) this.#guard(session, partition);
    if (this.#ports.get(partition) === port) return;
    await session.setProxy({
      mode: 'fixed_servers',
      proxyRules: `http=127.0.0.1:${port};https=127.0.0.1:${port}`,
      // Chromium never asks a proxy for loopback names unless told so; ours are the machine's, not this computer's.
      proxyBypassRules: '<-loopback>',
    });
    await session.closeAllConnections();
    this.#ports.set(partition, port);
  }

  /** Deletes what the pages of a machine have stored: cookies, caches, passwords of this run. */
  async forget(partition: string): Promise<void> {
    const session = this.deps.sessionOf(partition);
    this.#ports.delete(partition);
    await Promise.all([session.clearStorageData(), session.clearCache(), session.clearAuthCache()]);
  }

  /** The gateway's port of the partition that a session belongs to; null for any other session. */
  gatewayPortOf(session: Session): number | null {
    for (const [partition, port] of this.#ports) {
      if (this.deps.sessionOf(partition) === session) return port;
    }
    return null;
  }

  #guard(session: Session, partition: string): void {
    this.#guarded.add(session);
    const ownOrigins = (): readonly string[] => this.deps.originsOf(partition);
    session.setPermissionRequestHandler((contents, permission, callback, details) => {
      const verdict = judgePermission({
        permission,
        origin: originOf(details.requestingUrl),
        ownOrigins: ownOrigins(),
        isMainFrame: details.isMainFrame,
        sinceInputMs: this.deps.sinceInputMs(contents.id),
      });
      if (verdict.kind === 'deny') {
        this.deps.log(`permission ${permission}: ${verdict.reason}`);
        this.deps.notices.post('info', 'permission-blocked', {
          permission,
          host: shownHost(details.requestingUrl),
        });
      }
      callback(verdict.kind === 'allow');
    });
    session.setPermissionCheckHandler((contents, permission, requestingOrigin, details) => {
      const verdict = judgePermission({
        permission,
        origin: originOf(requestingOrigin),
        ownOrigins: ownOrigins(),
        isMainFrame: details.isMainFrame,
        sinceInputMs: contents === null ? Number.POSITIVE_INFINITY : this.deps.sinceInputMs(contents.id),
      });
      return verdict.kind === 'allow';
    });
    session.setDevicePermissionHandler(() => false);
    session.webRequest.onBeforeRequest(
      { urls: ['<all_urls>'], types: ['mainFrame'] },
      (details, callback) => {
        const verdict = judgeDocumentRequest(details.url, ownOrigins());
        if (verdict.kind === 'deny') {
          this.deps.log(`document request: ${verdict.reason}`);
          this.deps.notices.post('warning', 'navigation-blocked', { host: shownHost(details.url) });
        }
        callback({ cancel: verdict.kind === 'deny' });
      },
    );
    session.on('will-download', (event, item) => {
      const machineId = this.deps.machineOf(partition);
      if (machineId === undefined) event.preventDefault();
      else this.deps.downloads.receive(item, { machineId, begin: (url) => session.downloadURL(url) });
    });
  }
}

/** The app's own session loads nothing from any network and grants nothing. */
export function guardOwnSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, callback) => callback(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest(
    { urls: ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*', 'file://*/*'] },
    (_details, callback) => callback({ cancel: true }),
  );
  session.on('will-download', (event) => event.preventDefault());
}

function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : '';
}
