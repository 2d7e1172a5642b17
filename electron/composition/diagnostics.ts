import { homedir, release } from 'node:os';
import { app } from 'electron';
import type { ConnectionPool } from '../connection/connection-pool';
import { diagnosticsText } from '../desktop/diagnostics';
import type { AppLog } from '../desktop/log-file';
import type { TabService } from '../desktop/tabs';
import type { NotebookService } from '../jupyter/notebook-service';
import type { MachineStore } from '../machines/machine-store';

interface DiagnosticsDependencies {
  readonly log: AppLog;
  readonly machines: MachineStore;
  readonly pool: ConnectionPool;
  readonly notebooks: NotebookService;
  readonly tabs: TabService;
  readonly textLanguage: () => string;
  readonly keepsSecrets: boolean;
  readonly hasTray: Promise<boolean>;
}

const logLinesShown = 200;

/** Tells what is to be known of this app, as a text to be looked at and sent. Rejects when the log can't be read. */
export function makeDiagnostics(deps: DiagnosticsDependencies): () => Promise<string> {
  const { log, machines, pool, notebooks, tabs } = deps;
  return async () =>
    diagnosticsText({
      version: app.getVersion(),
      isPackaged: app.isPackaged,
      electronVersion: process.versions.electron,
      chromiumVersion: process.versions.chrome,
      nodeVersion: process.versions.node,
      system: `${process.platform} ${release()} ${process.arch}`,
      language: app.getPreferredSystemLanguages().join(' '),
      textLanguage: deps.textLanguage(),
      keepsSecrets: deps.keepsSecrets,
      hasTray: await deps.hasTray,
      uptimeSeconds: process.uptime(),
      machines: machines.list().machines.map(({ id, tunnels }) => ({
        connection: pool.link(id).state().kind,
        notebooks: notebooks.snapshotOf(id)?.servers?.length ?? null,
        tunnels: tunnels.length,
      })),
      openPages: tabs.list().tabs.length,
      logLines: await log.lastLines(logLinesShown),
      home: homedir(),
    });
}
