import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import { homedir, tmpdir, userInfo } from 'node:os';
import { promisify } from 'node:util';
import type { PreviewId } from '../../shared/model/import-preview';
import type { GroupId, MachineId } from '../../shared/model/machine';
import type { TunnelId } from '../../shared/model/tunnel';
import type { Dialogs } from '../desktop/dialogs';
import { ExportService } from '../machines/export/export-service';
import { ImportService } from '../machines/import/import-service';
import { mobaXtermFile } from '../machines/import/mobaxterm/mobaxterm-source';
import { nuvemFile } from '../machines/import/nuvem/nuvem-source';
import { puttyFolder, puttyRegistry, puttyRegistryFile } from '../machines/import/putty/putty-sources';
import { sshConfigFile, sshConfigOfUser } from '../machines/import/ssh-config/ssh-config-sources';
import { WindowsRegistry } from '../machines/import/windows-registry';
import type { MachineStore } from '../machines/machine-store';
import type { HostTrust } from '../trust/host-trust';

interface TransfersDependencies {
  readonly machines: MachineStore;
  readonly hostTrust: HostTrust;
  readonly dialogs: Dialogs;
  /** Ends what goes on with these machines, and removes them. */
  readonly removeMachines: (ids: readonly MachineId[]) => Promise<void>;
}

interface Transfers {
  readonly imports: ImportService;
  readonly exporter: ExportService;
}

/** Makes what brings machines in from other programs, and out again. */
export function makeTransfers({
  machines,
  hostTrust,
  dialogs,
  removeMachines,
}: TransfersDependencies): Transfers {
  const localUser = userInfo().username;
  const sshConfig = { homeFolder: homedir(), localUser, fs };
  const runProgram = promisify(execFile);
  const registry = new WindowsRegistry({
    run: (program, args) => runProgram(program, args, { windowsHide: true }),
    fs,
    tempFolder: tmpdir(),
  });
  const imports = new ImportService({
    files: [puttyRegistryFile(localUser), mobaXtermFile(localUser), nuvemFile, sshConfigFile(sshConfig)],
    places: [
      sshConfigOfUser(sshConfig),
      process.platform === 'win32'
        ? puttyRegistry(registry, localUser)
        : puttyFolder(process.env, homedir(), localUser, fs),
    ],
    machines,
    hostTrust,
    removeMachines,
    newId: () => randomUUID() as MachineId,
    newGroupId: () => randomUUID() as GroupId,
    newTunnelId: () => randomUUID() as TunnelId,
    newPreviewId: () => randomUUID() as PreviewId,
    fs,
  });
  const exporter = new ExportService({
    list: () => machines.list(),
    askWhere: (name) => dialogs.askWhereToExport(name),
    fs,
  });
  return { imports, exporter };
}
