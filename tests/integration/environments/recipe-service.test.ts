import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { EnvironmentService } from '../../../electron/environments/environment-service';
import { RecipeService } from '../../../electron/environments/recipe-service';
import type { NotebookChoice } from '../../../shared/model/machine';
import type { Recipe, RecipeSnapshot } from '../../../shared/model/recipe';
import { GatewayBrowser, LabKernel } from '../../support/lab/gateway-browser';
import { type LabMachine, type LabMachineOptions, startLabMachine } from '../../support/lab/jupyter';
import { installUv, makeCondaLike, makeVenv, packageSources, uv } from '../../support/lab/python-home';
import { runCommand } from '../../support/lab/run-command';

// Packages are really installed, on a machine that may have other things to do.
vi.setConfig({ testTimeout: 300_000 });

const isRoot = userInfo().uid === 0;
const newEnvironment: Recipe = { kind: 'newEnvironment' };

let lab: LabMachine;
let environments: EnvironmentService;
let recipes: RecipeService;
let snapshots: RecipeSnapshot[];
let chosen: NotebookChoice[];

afterEach(() => lab.stop());

async function start(options: LabMachineOptions = {}): Promise<void> {
  const environment = { ...packageSources(), PATH: '/usr/local/bin:/usr/bin:/bin', ...options.environment };
  lab = await startLabMachine({ ...options, environment });
  chosen = [];
  startNuvem();
}

/** What Nuvem knows when it begins: nothing of what earlier runs did. */
function startNuvem(): void {
  snapshots = [];
  const { pool, machine } = lab.connection;
  environments = new EnvironmentService({
    connections: pool,
    machineOf: () => machine,
    random: randomBytes,
    onChanged: () => undefined,
  });
  const choose = (notebook: NotebookChoice) => {
    chosen.push(notebook);
    lab.change({ notebook });
  };
  recipes = new RecipeService({
    connections: pool,
    environmentsOf: async (machineId) => {
      await environments.find(machineId);
      const found = environments.foundOn(machineId);
      if (found === null) throw new Error('nothing was found');
      return found;
    },
    lookAgain: (machineId) => environments.find(machineId),
    startWith: (_machineId, path) => choose({ kind: 'environment', path }),
    stopStartingWith: () => choose({ kind: 'auto' }),
    random: randomBytes,
    onChanged: (snapshot) => snapshots.push(snapshot),
  });
}

const state = () => snapshots.at(-1)?.state;
const output = (): readonly string[] =>
  snapshots.flatMap((snapshot) => (snapshot.state.kind === 'running' ? snapshot.state.lines : []));
const ours = () => join(lab.home, '.local/share/nuvem/environments/jupyterlab');
/** What Nuvem has set up, as the machine tells. */
const madeThere = () => environments.foundOn(lab.machineId)?.made ?? [];
async function undoLast(): Promise<void> {
  const last = state();
  if (last?.kind !== 'done') throw new Error(`not done: ${JSON.stringify(last)}`);
  await recipes.undo(lab.machineId, last.id);
}
const exists = (path: string) => stat(path).then(Boolean, () => false);
const jobs = () => readdir(join(lab.home, '.local/share/nuvem/recipes')).catch(() => []);

/** What a cell prints in a new notebook with the machine's settings. */
async function printed(code: string, kernelName = ''): Promise<string> {
  await lab.notebooks.openOrStart(lab.machineId);
  const gateway = lab.gateways.get(lab.machineId);
  if (gateway === undefined) throw new Error(JSON.stringify(lab.snapshot().activity));
  const browser = new GatewayBrowser(gateway);
  const kernel = await LabKernel.start(browser, 'localhost:8888', kernelName);
  const text = await kernel.run(code);
  browser.close();
  return text.trimEnd();
}

const processesIn = async (folder: string): Promise<readonly string[]> => {
  const args = await runCommand('ps', ['-eo', 'args']);
  return args.split('\n').filter((line) => line.includes(folder));
};

describe('on a machine without any Jupyter', () => {
  test.skipIf(!isRoot)(
    'a user without rights gets one by venv and pip, sees how that goes, and the next notebook runs in it (needs root, for an account)',
    async () => {
      await start({ passwordAccount: 'password' });
      const { machineId } = lab;
      const { commands } = await recipes.plan(machineId, newEnvironment);
      await recipes.run(machineId, newEnvironment);
      expect(state()).toMatchObject({ kind: 'done', recipe: newEnvironment, place: ours() });
      for (const command of commands) expect(output()).toContain(`$ ${command}`);
      expect(output().join('\n')).toContain('Collecting jupyterlab');
      expect(chosen).toEqual([{ kind: 'environment', path: ours() }]);
      expect((await stat(ours())).uid).not.toBe(0);
      expect(await printed('import sys; print(sys.executable)')).toBe(`${ours()}/bin/python`);
    },
  );

  test('one gets it by uv, and undoing in a later run of Nuvem leaves nothing of it', async () => {
    await start();
    await installUv(lab.home);
    await recipes.run(lab.machineId, newEnvironment);
    expect(state()).toMatchObject({ kind: 'done' });
    expect(environments.foundOn(lab.machineId)?.environments).toContainEqual(
      expect.objectContaining({ path: ours(), isOurs: true, hasPip: true }),
    );
    startNuvem();
    await environments.find(lab.machineId);
    const [made] = madeThere();
    expect(made).toMatchObject({ recipe: newEnvironment, place: ours(), end: 'done' });
    await recipes.undo(lab.machineId, made?.id ?? '');
    expect(state()).toEqual({ kind: 'undone', recipe: newEnvironment });
    expect(madeThere()).toEqual([]);
    expect(await exists(ours())).toBe(false);
    expect(await jobs()).toEqual([]);
    expect(chosen.at(-1)).toEqual({ kind: 'auto' });
  });

  test('one can stop it: what runs there ends, and what it made is gone', async () => {
    await start();
    const run = recipes.run(lab.machineId, newEnvironment);
    await vi.waitUntil(() => output().some((line) => line.includes('-m pip install')), { timeout: 200_000 });
    recipes.cancel(lab.machineId);
    await run;
    expect(snapshots.map((snapshot) => snapshot.state.kind)).toContain('cancelling');
    expect(state()).toEqual({ kind: 'cancelled', recipe: newEnvironment });
    expect(await exists(ours())).toBe(false);
    expect(await processesIn(lab.home)).toEqual([]);
    expect(await jobs()).toEqual([]);
  });

  test('it goes on while the connection is away, and nothing of its output is missing', async () => {
    await start();
    await installUv(lab.home);
    const run = recipes.run(lab.machineId, newEnvironment);
    await vi.waitUntil(() => output().length > 0, { timeout: 200_000 });
    await lab.sshd.killSessions();
    await run;
    expect(lab.connection.seen).toContain('waitingToRetry');
    expect(state()).toMatchObject({ kind: 'done' });
    const written = output();
    for (const command of (await recipes.plan(lab.machineId, newEnvironment)).commands.map(() => '$ '))
      expect(written.some((line) => line.startsWith(command))).toBe(true);
  });

  test('what fails is told with the last lines, and leaves nothing behind', async () => {
    await start();
    const nowhere = 'PIP_INDEX_URL=http://127.0.0.1:9/simple PIP_RETRIES=0 PIP_FIND_LINKS= PIP_NO_INDEX=';
    await writeFile(join(lab.home, '.profile'), `export ${nowhere}\n`);
    await recipes.run(lab.machineId, newEnvironment);
    expect(state()).toMatchObject({
      kind: 'failed',
      error: { code: 'recipe-failed', params: { exitCode: '1' } },
      isCleanedUp: true,
    });
    expect(output().join('\n')).toContain('No matching distribution found for jupyterlab');
    expect(await exists(ours())).toBe(false);
    expect(chosen).toEqual([]);
  });

  test.skipIf(!isRoot)(
    'Debian without python3-venv is told apart, with the package to ask for (needs root, to hide its files)',
    async () => {
      const hide = 'mount -t tmpfs none "$(echo /usr/lib/python3.*/ensurepip)" && exec "$@"';
      await start({ network: { address: '127.0.0.1', enter: ['unshare', '-m', 'sh', '-c', hide, 'sh'] } });
      await expect(recipes.plan(lab.machineId, newEnvironment)).rejects.toMatchObject({
        code: 'install-venv-missing',
        params: { package: expect.stringMatching(/^python3\.\d+-venv$/) },
      });
    },
  );
});

describe('an environment that is there', () => {
  const packagesOf = async (path: string): Promise<readonly string[]> =>
    (await readdir(join(path, 'lib', (await readdir(join(path, 'lib')))[0] ?? '', 'site-packages')))
      .filter((name) => name.endsWith('.dist-info'))
      .sort();

  test.each([
    ['pip', false],
    ['uv', true],
  ])('gets JupyterLab by %s; undoing brings its packages back as they were', async (_name, hasUv) => {
    await start();
    if (hasUv) await installUv(lab.home);
    const path = await makeVenv(lab.home, '.venvs/etl', ['packaging==23.0', ...(hasUv ? [] : ['pip'])]);
    const before = await packagesOf(path);
    const recipe = { kind: 'addJupyterLab', path } as const;
    await recipes.run(lab.machineId, recipe);
    expect(state()).toMatchObject({ kind: 'done', recipe, place: path });
    expect((await packagesOf(path)).some((name) => name.startsWith('jupyterlab-4'))).toBe(true);
    await undoLast();
    expect(state()).toEqual({ kind: 'undone', recipe });
    expect(await packagesOf(path)).toEqual(before);
  });

  test('becomes a kernel of a Jupyter in another environment, with its own PATH, and can be taken back', async () => {
    await start();
    await installUv(lab.home);
    const jupyter = await makeVenv(lab.home, '.venvs/lab', ['jupyterlab', 'ipykernel']);
    const path = await makeCondaLike(lab.home, 'miniforge3/envs/ml');
    const recipe = { kind: 'registerKernel', path } as const;
    await recipes.run(lab.machineId, recipe);
    const done = state();
    if (done?.kind !== 'done') throw new Error(JSON.stringify(done));
    lab.change({ notebook: { kind: 'environment', path: jupyter } });
    const kernel = done.place.split('/').at(-1);
    const code =
      'import os, shutil, sys\nprint(sys.prefix, shutil.which("python"), os.environ["CONDA_PREFIX"])';
    expect(await printed(code, kernel)).toBe(`${path} ${path}/bin/python ${path}`);
    expect(environments.foundOn(lab.machineId)?.kernels).toContainEqual({
      ...{ name: kernel, displayName: 'ml (conda)', folder: done.place },
      ...{ interpreter: `${path}/bin/python3`, isBroken: false, isRemovable: true },
    });
    await undoLast();
    expect(await exists(done.place)).toBe(false);
    expect((await packagesOf(path)).filter((name) => name.startsWith('ipykernel'))).toEqual([]);
  });

  test('jupytext is taken back in a later run; what the user has added since, and its needs, stay', async () => {
    await start();
    await installUv(lab.home);
    const path = await makeVenv(lab.home, '.venvs/etl', ['packaging==23.0']);
    const recipe = { kind: 'addJupytext', path } as const;
    await recipes.run(lab.machineId, recipe);
    await uv(lab.home, 'pip', 'install', '--quiet', '--python', join(path, 'bin/python'), 'nbclient');
    startNuvem();
    await environments.find(lab.machineId);
    const [made] = madeThere();
    expect(made).toMatchObject({ recipe, place: path, end: 'done' });
    await recipes.undo(lab.machineId, made?.id ?? '');
    expect(state()).toEqual({ kind: 'undone', recipe });
    const names = (await packagesOf(path)).map((name) => name.split('-')[0]);
    expect(names).toContain('nbclient');
    expect(names).toContain('nbformat');
    expect(names).not.toContain('jupytext');
    expect(names).not.toContain('mdit_py_plugins');
    expect((await readdir(path)).filter((name) => name.startsWith('.nuvem'))).toEqual([]);
  });

  test('what the user has put in the place of what Nuvem made stays, and is not Nuvem’s any more', async () => {
    await start();
    await installUv(lab.home);
    const path = await makeVenv(lab.home, '.venvs/etl');
    await recipes.run(lab.machineId, { kind: 'registerKernel', path });
    const [kernel] = madeThere();
    if (kernel === undefined) throw new Error('nothing was made');
    await rm(kernel.place, { recursive: true });
    await mkdir(kernel.place);
    await writeFile(join(kernel.place, 'kernel.json'), '{}');
    startNuvem();
    await environments.find(lab.machineId);
    await recipes.undo(lab.machineId, kernel.id);
    expect(state()).toMatchObject({
      kind: 'failed',
      error: { code: 'recipe-place-changed', params: { path: kernel.place } },
      wasUndoing: true,
    });
    expect(await exists(join(kernel.place, 'kernel.json'))).toBe(true);
    expect(madeThere()).toEqual([]);

    await recipes.run(lab.machineId, { kind: 'addJupytext', path });
    const [jupytext] = madeThere();
    await rm(path, { recursive: true });
    await makeVenv(lab.home, '.venvs/etl', ['jupytext']);
    await recipes.undo(lab.machineId, jupytext?.id ?? '');
    expect(state()).toMatchObject({
      kind: 'failed',
      error: { code: 'recipe-place-changed', params: { path } },
    });
    expect((await packagesOf(path)).some((name) => name.startsWith('jupytext'))).toBe(true);
    expect(madeThere()).toEqual([]);
  });
});
