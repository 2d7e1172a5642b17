import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import type { NotebookChoice } from '../../../shared/model/machine';
import { GatewayBrowser, LabKernel } from '../../support/lab/gateway-browser';
import { type LabMachine, onlyServer, startLabMachine } from '../../support/lab/jupyter';
import { makeCondaLike, makeVenv } from '../../support/lab/python-home';
import { runCommand } from '../../support/lab/run-command';

// Packages are really installed, on a machine that may have other things to do.
vi.setConfig({ testTimeout: 300_000 });

let lab: LabMachine;
let browser: GatewayBrowser | null;

afterEach(async () => {
  browser?.close();
  browser = null;
  await lab.stop();
});

/** What a cell prints in a notebook that was started with this choice. */
async function printed(choice: NotebookChoice, code: string): Promise<readonly string[]> {
  lab.change({ notebook: choice });
  await lab.notebooks.openOrStart(lab.machineId);
  expect(lab.snapshot().activity).toEqual({ kind: 'idle' });
  const gateway = lab.gateways.get(lab.machineId);
  if (gateway === undefined) throw new Error('no gateway was opened');
  browser = new GatewayBrowser(gateway);
  const kernel = await LabKernel.start(browser, 'localhost:8888');
  return (await kernel.run(`import os, shutil, sys\n${code}`)).trimEnd().split('\n');
}

test('a virtual environment starts with its own Python', async () => {
  lab = await startLabMachine();
  const path = await makeVenv(lab.home, '.venvs/lab', ['jupyterlab', 'ipykernel']);
  const code = 'print(sys.prefix); print(os.environ["VIRTUAL_ENV"]); print(shutil.which("python"))';
  expect(await printed({ kind: 'environment', path }, code)).toEqual([path, path, `${path}/bin/python`]);
});

test('a conda environment starts with what its activation sets, and a broken hook keeps none from running', async () => {
  lab = await startLabMachine();
  const path = await makeCondaLike(lab.home, 'miniforge3/envs/ml', ['jupyterlab', 'ipykernel']);
  const hooks = join(path, 'etc/conda/activate.d');
  await writeFile(join(hooks, 'a-broken.sh'), 'if then (\n');
  await writeFile(join(path, 'conda-meta/state'), '{"env_vars": {"API_URL": "it\'s $HOME"}}');
  const code = `for name in ("CONDA_PREFIX", "CONDA_DEFAULT_ENV", "GDAL_DATA", "API_URL"): print(os.environ[name])
print(shutil.which("python")); print("VIRTUAL_ENV" in os.environ)`;
  expect(await printed({ kind: 'environment', path }, code)).toEqual([
    path,
    'ml',
    `${path}/share/gdal`,
    "it's $HOME",
    `${path}/bin/python`,
    'False',
  ]);
});

test('modules are loaded before their Jupyter starts', async () => {
  lab = await startLabMachine();
  const path = await makeVenv(lab.home, 'apps/jupyter/4', ['jupyterlab', 'ipykernel']);
  const modulefiles = join(lab.home, 'modulefiles');
  await mkdir(join(modulefiles, 'jupyter'), { recursive: true });
  const lines = ['#%Module1.0', `prepend-path PATH ${path}/bin`, 'setenv OMP_NUM_THREADS 3'];
  await writeFile(join(modulefiles, 'jupyter/4'), `${lines.join('\n')}\n`);
  await writeFile(join(lab.home, '.profile'), `module use ${modulefiles}\n`);
  const code = 'print(sys.prefix); print(os.environ["OMP_NUM_THREADS"])';
  expect(await printed({ kind: 'module', names: 'jupyter/4' }, code)).toEqual([path, '3']);
  expect(onlyServer(lab).interface).toBe('lab');
});

test('what “pip install --user” added to the Python of the system is found', async () => {
  lab = await startLabMachine();
  const { home } = lab;
  const env = { ...process.env, HOME: home };
  const python = '/usr/bin/python3';
  const pip = [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--user',
    '--break-system-packages',
    'jupyterlab',
    'ipykernel',
  ];
  await runCommand(python, pip, { env });
  const code = 'import jupyterlab; print(sys.executable); print(jupyterlab.__file__)';
  const [executable, file] = await printed({ kind: 'environment', path: '/usr' }, code);
  expect(executable).toBe(python);
  expect(file).toContain(`${home}/.local/lib/`);
});
