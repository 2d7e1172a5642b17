import * as fs from 'node:fs/promises';
import { homedir, userInfo } from 'node:os';
import { AppError } from '../../shared/errors/app-error';
import type { DemoSnapshot } from '../../shared/model/demo';
import { DemoFolder, demoFolderPath, demoKnownHostsPath } from '../demo/demo-folder';
import { DemoService } from '../demo/demo-service';
import { demoShell } from '../demo/demo-shell';
import { findPython, pythonInstallCommand } from '../demo/python';
import { prepareEnvironment } from '../demo/python-environment';
import { runCommand } from '../demo/run-command';
import type { TextOf } from '../desktop/texts';
import type { NotebookService } from '../jupyter/notebook-service';
import type { MachineStore } from '../machines/machine-store';
import { userCacheFolder } from '../system/cache-folder';
import { systemClock } from '../system/clock';
import { HostTrust } from '../trust/host-trust';
import type { Remote } from './remote';

interface DemoDependencies {
  /** Folder in which the demo machine has its own one. */
  readonly folder: string;
  readonly machines: MachineStore;
  readonly notebooks: NotebookService;
  readonly remote: Remote;
  readonly textOf: TextOf;
  readonly onChanged: (snapshot: DemoSnapshot) => void;
}

/** Makes the demo machine's service: this computer's Python, shell and loopback. Its SSH server is loaded when needed. */
export function makeDemo({
  folder,
  machines,
  notebooks,
  remote,
  textOf,
  onChanged,
}: DemoDependencies): DemoService {
  const installCommand = (signal: AbortSignal): Promise<string> =>
    pythonInstallCommand({
      platform: process.platform,
      isRoot: process.getuid?.() === 0,
      hasCommand: async (name) => (await runCommand(name, ['--version'], { signal })).exitCode === 0,
    });
  // Its key is Nuvem's own affair: the user's known_hosts stays as it is.
  const trust = new HostTrust({
    userKnownHostsPath: demoKnownHostsPath(folder),
    globalKnownHostsPaths: [],
    nowMs: systemClock.nowMs,
    fs,
  });
  return new DemoService({
    isSupported: process.platform !== 'win32',
    folder: new DemoFolder(demoFolderPath(folder), async (comment) =>
      (await import('../ssh/ed25519-key-pair')).generateEd25519KeyPair(comment),
    ),
    user: userInfo().username,
    shell: demoShell(userInfo(), homedir(), process.env),
    prepareEnvironment: (work) =>
      prepareEnvironment({
        ...work,
        cacheFolder: userCacheFolder(process.platform, process.env, homedir()),
        runCommand,
        findPython: () =>
          findPython({ runCommand, signal: work.signal, installCommand: () => installCommand(work.signal) }),
      }),
    startSshServer: async (options) => (await import('../ssh/demo-server')).startDemoServer(options),
    demoMachine: () => machines.list().machines.find((machine) => machine.isDemo) ?? null,
    saveMachine: (draft) => machines.saveDemo(draft),
    trustHostKey: (host, port, key) => trust.remember(host, port, key),
    openNotebook: async (machineId) => {
      await notebooks.openOrStart(machineId);
      const activity = notebooks.snapshotOf(machineId)?.activity;
      if (activity?.kind === 'failed') throw AppError.fromReport(activity.error);
    },
    disconnect: (machineId) => remote.pool.disconnect(machineId),
    texts: () => ({
      machineName: textOf('demo.machineName'),
      notebookName: textOf('demo.notebookName'),
      notebookTitle: textOf('demo.notebookTitle'),
      notebookText: textOf('demo.notebookText'),
    }),
    onChanged,
  });
}
