import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { labPeer, type PeerName } from '../setup/peers';
import type { AppProfile } from './app';
import type { MachineForm } from './machine-form';
import { endProcessesAtHome } from './owned-processes';
import { packageSources } from './python-home';
import { type LabSshd, startSshd } from './sshd';
import { makeTempFolder } from './temp-folder';

/** A machine as a data scientist has one: a real sshd, a home folder of its own, and perhaps a Jupyter in its PATH. */
export interface NotebookMachine {
  readonly sshd: LabSshd;
  readonly home: string;
  /** What the user types to reach it. */
  readonly form: MachineForm;
  /** Ends everything that runs in its home, too. */
  stop(): Promise<void>;
}

/** Starts a machine whose host key the user of `profile` trusts already. */
export async function startNotebookMachine(
  name: string,
  jupyter: PeerName | null,
  profile: AppProfile,
  environment: Readonly<Record<string, string>> = {},
): Promise<NotebookMachine> {
  const folder = await makeTempFolder('machine');
  const home = folder.path;
  const path = ['/usr/local/bin', '/usr/bin', '/bin'];
  if (jupyter !== null) path.unshift(labPeer(jupyter).binFolder);
  // Without the test computer's own user manager, whose servers would outlive the test.
  const variables = {
    ...packageSources(),
    HOME: home,
    PATH: path.join(':'),
    XDG_RUNTIME_DIR: join(home, 'run'),
    TMUX_TMPDIR: home,
    ...environment,
  };
  const setEnv = Object.entries(variables).map(([key, value]) => `"${key}=${value}"`);
  const sshd = await startSshd({ config: [`SetEnv ${setEnv.join(' ')}`] });
  await appendFile(join(profile.home, '.ssh', 'known_hosts'), await readFile(sshd.knownHostsPath));
  const { host, port, user, clientKeyPath } = sshd;
  return {
    sshd,
    home,
    form: { name, host, port, user, identity: { keyFile: clientKeyPath } },
    stop: async () => {
      await sshd.stop();
      await endProcessesAtHome(home);
      await folder.remove();
    },
  };
}
