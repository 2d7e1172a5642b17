import { spawn } from 'node:child_process';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { findCommand } from '../../../build/system/packages';
import { makeRootFileSystem } from './container-image';
import { lastWill } from './last-will';
import { runCommand } from './run-command';
import { makeTempFolder } from './temp-folder';

export type EngineName = 'docker' | 'podman';

/** A docker or podman that is this test's own: its images and containers are nobody else's and go with it. */
export interface LabEngine {
  readonly name: EngineName;
  /** What the machine's login shell must have for its commands to reach this engine. */
  readonly environment: Readonly<Record<string, string>>;
  run(...args: readonly string[]): Promise<string>;
  stop(): Promise<void>;
}

/** The images that every lab engine has: one with JupyterLab 4, one with hardly more than a shell. */
export const jupyterImage = 'localhost/lab/jupyter:4';
export const bareImage = 'localhost/lab/bare:1';

/** Why containers can't run here; null: they can. */
export async function whyNoEngine(name: EngineName): Promise<string | null> {
  if (userInfo().uid !== 0) return 'needs root, for an engine of its own';
  for (const program of [name, 'runc', 'unshare', ...(name === 'docker' ? ['dockerd'] : ['conmon'])])
    if ((await findCommand(program)) === null) return `${program} is not installed`;
  const engine = await startEngine(name, [bareImage]).catch((error: unknown) => String(error));
  if (typeof engine === 'string') return `${name} does not run here: ${engine.slice(-300)}`;
  const said = await engine
    .run('run', '--rm', '--network=none', bareImage, 'sh', '-c', ':')
    .catch((error: unknown) => String(error));
  await engine.stop();
  return said === '' ? null : `${name} runs no containers here: ${said.slice(-300)}`;
}

/** Rejects when the engine does not run here. */
export async function startEngine(
  name: EngineName,
  images: readonly string[] = [jupyterImage, bareImage],
): Promise<LabEngine> {
  const folder = await makeTempFolder(name);
  const environment =
    name === 'docker' ? { DOCKER_HOST: `unix://${folder.path}/s` } : await podmanEnvironment(folder.path);
  const run = (...args: readonly string[]) =>
    runCommand(name, args, { env: { ...process.env, ...environment } });
  const endDaemon = name === 'docker' ? await startDockerd(folder.path) : async () => undefined;
  const engine: LabEngine = {
    name,
    environment,
    run,
    stop: async () => {
      const containers = (await run('ps', '--all', '--quiet')).split('\n').filter((id) => id !== '');
      if (containers.length > 0) await run('rm', '--force', ...containers);
      await endDaemon();
      await runCommand('sh', [
        '-c',
        'for m in $(grep -o " $1/[^ ]*" /proc/self/mounts | sort -r); do umount -l "$m"; done',
        'sh',
        folder.path,
      ]);
      await folder.remove();
    },
  };
  try {
    for (const image of images) {
      const { tarPath, path } = await makeRootFileSystem(image === jupyterImage);
      await run('import', `--change=ENV PATH=${path}`, tarPath, image);
    }
    return engine;
  } catch (error) {
    await engine.stop();
    throw error;
  }
}

/** With folders of its own for all that a daemon keeps, in a mount namespace where `/run` is empty. */
async function startDockerd(folder: string): Promise<() => Promise<void>> {
  const options = [
    `--host=unix://${folder}/s`,
    `--data-root=${folder}/data`,
    `--exec-root=${folder}/exec`,
    `--pidfile=${folder}/pid`,
    '--bridge=none',
    '--iptables=false',
    '--ip6tables=false',
  ];
  const line = 'mount -t tmpfs tmpfs /run && exec dockerd "$@"';
  const child = spawn('unshare', ['--mount', 'sh', '-c', line, 'sh', ...options], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin:/sbin` },
  });
  child.once('exit', lastWill(['kill', '-TERM', String(child.pid)]));
  await new Promise<void>((resolve, reject) => {
    let log = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      log += text;
      if (log.includes('API listen on')) resolve();
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`dockerd ended with ${code}: ${log}`)));
  });
  return () =>
    new Promise((resolve) => {
      child.removeAllListeners('exit');
      child.once('exit', () => resolve());
      child.kill('SIGTERM');
    });
}

/**
 * Root without CAP_SYS_RESOURCE, as in a sandbox, may not raise limits, which podman always asks for: the
 * runtime is called without them.
 */
async function podmanEnvironment(folder: string): Promise<Readonly<Record<string, string>>> {
  const runtime = join(folder, 'runtime');
  await writeFile(
    runtime,
    `#!/usr/bin/python3
import json, os, sys
arguments = sys.argv[1:]
for flag in ('--bundle', '-b'):
    if flag in arguments:
        path = os.path.join(arguments[arguments.index(flag) + 1], 'config.json')
        with open(path) as file:
            spec = json.load(file)
        spec['process']['rlimits'] = []
        with open(path, 'w') as file:
            json.dump(spec, file)
os.execvp('runc', ['runc'] + arguments)
`,
  );
  await chmod(runtime, 0o755);
  await mkdir(join(folder, 'data'));
  await writeFile(
    join(folder, 'containers.conf'),
    `[engine]
runtime = "lab"
static_dir = "${folder}/data/libpod"
tmp_dir = "${folder}/data/tmp"
volume_path = "${folder}/data/volumes"
[engine.runtimes]
lab = ["${runtime}"]
`,
  );
  await writeFile(
    join(folder, 'storage.conf'),
    `[storage]\ndriver = "overlay"\ngraphroot = "${folder}/data/graph"\nrunroot = "${folder}/data/run"\n`,
  );
  return { CONTAINERS_CONF: `${folder}/containers.conf`, CONTAINERS_STORAGE_CONF: `${folder}/storage.conf` };
}
