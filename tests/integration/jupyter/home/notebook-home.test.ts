import { randomBytes } from 'node:crypto';
import { mkdir, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { NotebookHome } from '../../../../electron/jupyter/home/notebook-home';
import type { ServerId } from '../../../../shared/model/notebook';
import { GatewayBrowser } from '../../../support/lab/gateway-browser';
import { type LabMachine, onlyServer, startLabMachine } from '../../../support/lab/jupyter';
import { choiceOf } from '../../../support/lab/notebook-choice';
import type { PeerName } from '../../../support/setup/peers';

let lab: LabMachine;
let home: NotebookHome;
let serverId: ServerId;

afterEach(() => lab.stop());

const empty = JSON.stringify({ cells: [], metadata: {}, nbformat: 4, nbformat_minor: 5 });

async function notebook(path: string, changedAt: string): Promise<void> {
  await mkdir(join(lab.home, path, '..'), { recursive: true });
  await writeFile(join(lab.home, path), empty);
  await utimes(join(lab.home, path), new Date(changedAt), new Date(changedAt));
}

/** A server with that Jupyter, whose folder is `work` in the home folder. */
async function start(peer: PeerName): Promise<void> {
  lab = await startLabMachine({ notebook: choiceOf(peer), workingFolder: '~/work' });
  await mkdir(join(lab.home, 'work'));
  await lab.notebooks.openOrStart(lab.machineId);
  serverId = onlyServer(lab).id;
  home = new NotebookHome({
    connections: lab.connection.pool,
    serversOf: (machineId) => lab.notebooks.serversOf(machineId),
    openFile: (machineId, id, path, isTextNotebook) =>
      lab.notebooks.openFile(machineId, id, path, isTextNotebook),
    onJupytextLacking: () => undefined,
    random: randomBytes,
  });
}

const lastTab = () => lab.tabs.at(-1);
const openPath = (path: string) => home.openPath(lab.machineId, serverId, path);

describe.each([
  { peer: 'jupyterlab4', page: 'lab/tree', editor: 'lab/tree', folder: 'lab/tree' },
  { peer: 'notebook7', page: 'notebooks', editor: 'edit', folder: 'tree' },
  { peer: 'classic6', page: 'notebooks', editor: 'edit', folder: 'tree' },
] as const)('the notebooks of $peer', ({ peer, page, editor, folder }) => {
  test('are listed newest first, opened, and made with a chosen kernel', async () => {
    await start(peer);
    await notebook('work/old.ipynb', '2026-01-01T10:00:00Z');
    await notebook('work/São Paulo/train #2.ipynb', '2026-03-01T10:00:00Z');
    const { recent, specs, isWhole } = await home.look(lab.machineId, serverId);
    expect(recent).toEqual([
      { path: 'São Paulo/train #2.ipynb', modifiedMs: Date.parse('2026-03-01T10:00:00Z') },
      { path: 'old.ipynb', modifiedMs: Date.parse('2026-01-01T10:00:00Z') },
    ]);
    expect(isWhole).toBe(true);
    expect(specs[0]).toEqual({ name: 'python3', displayName: expect.stringContaining('Python 3') });

    await lab.notebooks.openFile(lab.machineId, serverId, 'São Paulo/train #2.ipynb');
    expect(lastTab()).toMatchObject({
      title: 'train #2.ipynb',
      url: `http://localhost:8888/${page}/S%C3%A3o%20Paulo/train%20%232.ipynb`,
    });

    await home.create(lab.machineId, serverId, 'python3');
    expect(lastTab()).toMatchObject({
      title: 'Untitled.ipynb',
      url: `http://localhost:8888/${page}/Untitled.ipynb`,
    });
    const gateway = lab.gateways.get(lab.machineId);
    if (gateway === undefined) throw new Error('no gateway was opened');
    const browser = new GatewayBrowser(gateway);
    const sessions = await browser.fetch('http://localhost:8888/api/sessions');
    browser.close();
    expect(JSON.parse(sessions.body)).toMatchObject([
      { path: 'Untitled.ipynb', kernel: { name: 'python3' } },
    ]);
  });

  test('are opened by whatever path is typed', async () => {
    await start(peer);
    await notebook('work/deep/er/a b.ipynb', '2026-01-01T10:00:00Z');
    await writeFile(join(lab.home, 'work', "it's.py"), 'print(1)\n');
    await symlink(join(lab.home, 'work'), join(lab.home, 'link'));
    const url = `http://localhost:8888/${page}/deep/er/a%20b.ipynb`;
    for (const path of [
      '~/work/deep/er/a b.ipynb',
      join(lab.home, 'work/deep/../deep/er/a b.ipynb'),
      'deep/er/a b.ipynb',
      '~/link/deep/er/a b.ipynb',
    ]) {
      await openPath(path);
      expect(lastTab()?.url).toBe(url);
    }
    await openPath("~/work/it's.py");
    expect(lastTab()?.url).toBe(`http://localhost:8888/${editor}/it's.py`);

    await openPath('~/work/deep/er');
    expect(lastTab()).toMatchObject({ title: 'er', url: `http://localhost:8888/${folder}/deep/er` });

    await expect(openPath('~/work/none.ipynb')).rejects.toMatchObject({ code: 'notebook-file-missing' });
    await writeFile(join(lab.home, 'outside.ipynb'), empty);
    await expect(openPath('~/outside.ipynb')).rejects.toMatchObject({
      code: 'notebook-file-outside',
      params: { path: '~/outside.ipynb', folder: join(lab.home, 'work') },
    });
  });
});

test('a path that is begun goes on as the files of the machine do, folders and notebooks first', async () => {
  await start('jupyterlab4');
  const folder = join(lab.home, 'work', "it's $HOME");
  await mkdir(join(folder, 'data'), { recursive: true });
  await symlink(join(lab.home, 'work'), join(folder, 'link'));
  await symlink('/nowhere', join(folder, 'dangling'));
  for (const name of ['a.csv', 'b.ipynb', 'c*.py', '.hidden', 'new\nline'])
    await writeFile(join(folder, name), '');
  const complete = (path: string) => home.completePath(lab.machineId, serverId, path);

  const names = ['b.ipynb', 'c*.py', 'data/', 'link/', 'a.csv'];
  for (const begun of [`${folder}/`, "~/work/it's $HOME/", "it's $HOME/"])
    expect(await complete(begun)).toEqual(names.map((name) => `${begun}${name}`));
  expect(await complete("it's")).toEqual(["it's $HOME/"]);
  expect(await complete("it's $HOME/c*")).toEqual(["it's $HOME/c*.py"]);
  expect(await complete("it's $HOME/.h")).toEqual(["it's $HOME/.hidden"]);
  expect(await complete('~')).toEqual(['~/']);
  expect(await complete('/no/such/fol')).toEqual([]);

  await mkdir(join(folder, 'data', 'many'));
  for (let number = 0; number < 60; number += 1) await writeFile(join(folder, 'data/many', `${number}`), '');
  expect(await complete("it's $HOME/data/many/")).toHaveLength(50);
});

test('a server that has ended meanwhile is said to be gone', async () => {
  await start('jupyterlab4');
  await lab.notebooks.stop(lab.machineId, serverId);
  await expect(home.look(lab.machineId, serverId)).rejects.toMatchObject({ code: 'notebook-gone' });
});
