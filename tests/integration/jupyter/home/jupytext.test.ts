import { randomBytes } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { EnvironmentService } from '../../../../electron/environments/environment-service';
import { RecipeService } from '../../../../electron/environments/recipe-service';
import type { KnownServer } from '../../../../electron/jupyter/find';
import type { JupytextLack } from '../../../../electron/jupyter/home/jupytext';
import { NotebookHome } from '../../../../electron/jupyter/home/notebook-home';
import type { RecipeSnapshot } from '../../../../shared/model/recipe';
import { GatewayBrowser } from '../../../support/lab/gateway-browser';
import { type LabMachine, onlyServer, startLabMachine } from '../../../support/lab/jupyter';
import { installUv, makeVenv, packageSources } from '../../../support/lab/python-home';

// Packages are really installed, on a machine that may have other things to do.
vi.setConfig({ testTimeout: 300_000 });

let lab: LabMachine;
let lacks: (readonly [JupytextLack, string])[];

afterEach(() => lab.stop());

function makeHome(servers?: readonly KnownServer[]): NotebookHome {
  return new NotebookHome({
    connections: lab.connection.pool,
    serversOf: (machineId) => servers ?? lab.notebooks.serversOf(machineId),
    openFile: (machineId, id, path, isTextNotebook) =>
      lab.notebooks.openFile(machineId, id, path, isTextNotebook),
    onJupytextLacking: (_machineId, lack, name) => lacks.push([lack, name]),
    random: randomBytes,
  });
}

/** Sets jupytext up in the environment as the window does; the functions take it back or try it again. */
function makeRecipes() {
  const snapshots: RecipeSnapshot[] = [];
  const environments = new EnvironmentService({
    connections: lab.connection.pool,
    machineOf: () => lab.connection.machine,
    random: randomBytes,
    onChanged: () => undefined,
  });
  const recipes = new RecipeService({
    connections: lab.connection.pool,
    environmentsOf: async (machineId) => {
      await environments.find(machineId);
      const found = environments.foundOn(machineId);
      if (found === null) throw new Error('nothing was found');
      return found;
    },
    lookAgain: (machineId) => environments.find(machineId),
    startWith: () => {
      throw new Error('jupytext changes nothing of what notebooks start with');
    },
    stopStartingWith: () => {
      throw new Error('jupytext changes nothing of what notebooks start with');
    },
    random: randomBytes,
    onChanged: (snapshot) => snapshots.push(snapshot),
  });
  return { environments, recipes, state: () => snapshots.at(-1)?.state };
}

const url = (page: string) => `http://localhost:8888/lab/tree/${page}`;

test('JupyterLab shows scripts and Markdown as notebooks once jupytext is in its environment and it was started again', async () => {
  lacks = [];
  lab = await startLabMachine({ environment: packageSources() });
  await installUv(lab.home);
  // Outside the places where environments usually are: the server that runs leads to it.
  const path = await makeVenv(lab.home, 'odd place/env', ['jupyterlab', 'ipykernel']);
  lab.change({ notebook: { kind: 'environment', path } });
  await writeFile(join(lab.home, 'train.py'), '# %%\nprint(6 * 7)\n');
  await writeFile(join(lab.home, 'plan.md'), '# Plan\n\n```python\n1 + 1\n```\n');
  await writeFile(join(lab.home, 'data.csv'), 'a,b\n');
  const { machineId } = lab;
  await lab.notebooks.openOrStart(machineId);
  const first = onlyServer(lab).id;
  let home = makeHome();

  await home.openPath(machineId, first, '~/train.py');
  expect(lab.tabs.at(-1)).toMatchObject({ url: url('train.py'), title: 'train.py' });
  await home.openPath(machineId, first, '~/plan.md');
  expect(lacks).toEqual([[{ kind: 'absent', environment: path }, 'train.py']]);

  const { recipes, environments, state } = makeRecipes();
  const recipe = { kind: 'addJupytext', path } as const;
  await recipes.run(machineId, recipe);
  expect(state()).toMatchObject({ kind: 'done', recipe, place: path });
  expect(environments.foundOn(machineId)?.environments).toContainEqual(
    expect.objectContaining({ path, jupytextVersion: expect.stringMatching(/^1\./) }),
  );

  home = makeHome();
  await home.openPath(machineId, first, '~/train.py');
  expect(lab.tabs.at(-1)?.url).toBe(url('train.py'));
  expect(lacks.at(-1)).toEqual([{ kind: 'notLoaded' }, 'train.py']);

  await lab.notebooks.stop(machineId, first);
  await lab.notebooks.openOrStart(machineId);
  const second = onlyServer(lab).id;
  await home.openPath(machineId, second, '~/train.py');
  expect(lab.tabs.at(-1)?.url).toBe(`${url('train.py')}?factory=Jupytext%20Notebook`);
  await home.openPath(machineId, second, join(lab.home, 'plan.md'));
  expect(lab.tabs.at(-1)?.url).toBe(`${url('plan.md')}?factory=Jupytext%20Notebook`);
  await home.openFile(machineId, second, 'data.csv');
  expect(lab.tabs.at(-1)?.url).toBe(url('data.csv'));
  expect(lacks).toHaveLength(2);
  expect((await home.look(machineId, second)).recent).toEqual([]);

  // A notebook that is paired is kept in step with a script, as the docs tell.
  const gateway = lab.gateways.get(machineId);
  if (gateway === undefined) throw new Error('no gateway was opened');
  const browser = new GatewayBrowser(gateway);
  const cell = { cell_type: 'code', execution_count: null, metadata: {}, outputs: [], source: 'x = 41' };
  const content = {
    cells: [cell],
    metadata: { jupytext: { formats: 'ipynb,py:percent' } },
    nbformat: 4,
    nbformat_minor: 4,
  };
  const saved = await browser.fetch('http://localhost:8888/api/contents/pair.ipynb', {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ type: 'notebook', format: 'json', content }),
  });
  browser.close();
  expect(saved.status).toBe(201);
  expect(await readFile(join(lab.home, 'pair.py'), 'utf8')).toContain('# %%\nx = 41');

  const [made] = environments.foundOn(machineId)?.made ?? [];
  if (made === undefined) throw new Error('nothing was set up');
  await recipes.undo(machineId, made.id);
  expect(state()).toEqual({ kind: 'undone', recipe });
  expect(environments.foundOn(machineId)?.environments).toContainEqual(
    expect.objectContaining({ path, jupytextVersion: '', jupyterLabVersion: expect.stringMatching(/^4\./) }),
  );
});

test('nothing is offered for a Python that takes no packages, nor for a container or another computer', async () => {
  lacks = [];
  lab = await startLabMachine({ environment: packageSources() });
  const path = await makeVenv(lab.home, 'env', ['jupyterlab', 'ipykernel']);
  const [python = ''] = await readdir(join(path, 'lib'));
  lab.change({ notebook: { kind: 'environment', path } });
  await writeFile(join(lab.home, 'train.py'), 'print(1)\n');
  await lab.notebooks.openOrStart(lab.machineId);
  const { id } = onlyServer(lab);
  const [known] = lab.notebooks.serversOf(lab.machineId);
  if (known === undefined) throw new Error('no server is known');
  await makeHome([{ ...known, running: { ...known.running, pid: 0 } }]).openPath(
    lab.machineId,
    id,
    'train.py',
  );
  expect(lab.tabs.at(-1)?.url).toBe(url('train.py'));
  await writeFile(join(path, 'lib', python, 'EXTERNALLY-MANAGED'), '');
  await makeHome().openPath(lab.machineId, id, 'train.py');
  expect(lacks).toEqual([
    [{ kind: 'notOurs' }, 'train.py'],
    [{ kind: 'notOurs' }, 'train.py'],
  ]);
});
