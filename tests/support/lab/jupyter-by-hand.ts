import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { labPeer, type PeerName } from '../setup/peers';
import { runCommand } from './run-command';

const startMsAtMost = 90_000;

/** A Jupyter that the user of a machine started in a terminal of it. */
export interface JupyterByHand {
  readonly child: ChildProcess;
  readonly port: number;
  /** Empty: it has none, or a password instead. */
  readonly token: string;
}

interface ByHandOptions {
  readonly home: string;
  readonly peer: PeerName;
  readonly args?: readonly string[];
  /** Where it tells of itself; default: where Jupyter does. */
  readonly runtimeFolder?: string;
}

/** Resolves once it listens; the caller ends it. */
export async function startJupyterByHand(options: ByHandOptions): Promise<JupyterByHand> {
  const { home, peer, args = [], runtimeFolder } = options;
  const { binFolder } = labPeer(peer);
  const program = join(binFolder, peer === 'jupyterlab4' ? 'jupyter-lab' : 'jupyter-notebook');
  const told = runtimeFolder ?? join(home, '.local/share/jupyter/runtime');
  const child = spawn(program, ['--no-browser', '--allow-root', '--ip=127.0.0.1', ...args], {
    env: { PATH: `${binFolder}:/usr/bin:/bin`, HOME: home, JUPYTER_RUNTIME_DIR: told },
    cwd: home,
    stdio: 'ignore',
  });
  const read = async (): Promise<JupyterByHand | null> => {
    const names = await readdir(told).catch(() => []);
    const name = names.find((one) => one.endsWith(`server-${child.pid}.json`));
    const text = name === undefined ? '' : await readFile(join(told, name), 'utf8');
    if (!text.trimEnd().endsWith('}')) return null;
    const { port, token } = JSON.parse(text) as { port: number; token: string };
    return { child, port, token };
  };
  for (const startMs = Date.now(); Date.now() - startMs < startMsAtMost; await pause(100)) {
    const known = await read();
    if (known !== null) return known;
  }
  child.kill('SIGKILL');
  throw new Error('Jupyter did not tell where it listens');
}

/** Sets the password of all servers of a home folder, as `jupyter server password` does: hashed. */
export async function setJupyterPassword(home: string, peer: PeerName, password: string): Promise<void> {
  const isClassic = peer === 'classic6';
  const code = `from ${isClassic ? 'notebook.auth' : 'jupyter_server.auth'} import passwd; print(passwd(${JSON.stringify(password)}))`;
  const hashed = (await runCommand(join(labPeer(peer).binFolder, 'python'), ['-c', code])).trim();
  const config = join(home, '.jupyter');
  await mkdir(config, { recursive: true });
  await writeFile(
    join(config, isClassic ? 'jupyter_notebook_config.json' : 'jupyter_server_config.json'),
    JSON.stringify(
      isClassic
        ? { NotebookApp: { password: hashed } }
        : { PasswordIdentityProvider: { hashed_password: hashed } },
    ),
  );
}
