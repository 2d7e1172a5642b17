import { randomBytes } from 'node:crypto';
import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findEnvironments, readEnvironments } from '../../../electron/environments/find-environments';
import find from '../../../electron/environments/remote/find.sh?raw';
import { readFacts, scriptInput } from '../../../electron/jupyter/remote-script';
import type { FoundEnvironments, PythonEnvironment } from '../../../shared/model/environment';
import { type LabMachine, startLabMachine } from '../../support/lab/jupyter';
import { makeCondaLike, makeVenv, makeVirtualenv, systemPython, uv } from '../../support/lab/python-home';
import { runCommand } from '../../support/lab/run-command';

let lab: LabMachine;
let found: FoundEnvironments;

const look = async (folder: string): Promise<FoundEnvironments> =>
  findEnvironments(await lab.connection.connect(), folder, randomBytes);
const named = (name: string): PythonEnvironment => {
  const matches = found.environments.filter((one) => one.name === name);
  if (matches[0] === undefined || matches.length > 1)
    throw new Error(`${name} is there ${matches.length} times: ${JSON.stringify(found, null, 1)}`);
  return matches[0];
};

/** A home folder like that of somebody who has tried everything. */
beforeAll(async () => {
  lab = await startLabMachine({
    environment: { XDG_DATA_HOME: '', MODULEPATH: '', PYENV_ROOT: '', PATH: '/usr/local/bin:/usr/bin:/bin' },
  });
  const { home } = lab;
  await makeVenv(home, '.venvs/lab', ['jupyterlab', 'ipykernel']);
  await makeVenv(home, 'work/thesis/.venv', ['ipykernel']);
  await makeVenv(home, 'a project (old)/.venv');
  await makeVirtualenv(home, '.virtualenvs/by-virtualenv');
  await makeCondaLike(home, 'miniforge3');
  await makeCondaLike(home, 'miniforge3/envs/ml', ['notebook>=7', 'ipykernel']);
  const listed = await makeCondaLike(home, 'scratch/conda/vision');
  await mkdir(join(home, '.conda'), { recursive: true });
  await writeFile(join(home, '.conda/environments.txt'), `${listed}\n${join(home, 'scratch/no more')}\n`);

  await uv(home, 'tool', 'install', '--quiet', '--python', systemPython, 'jupyterlab');
  await uv(home, 'tool', 'install', '--quiet', '--python', systemPython, 'cowsay');
  await mkdir(join(home, '.local/share/pipx/venvs'), { recursive: true });
  await makeVenv(home, '.local/share/pipx/venvs/notebook', ['notebook<7']);

  // As pyenv lays out a version that it has built, and an environment made with pyenv-virtualenv.
  await makeVenv(home, '.pyenv/versions/3.11.2/envs/stats');
  await mkdir(join(home, '.pyenv/versions/3.11.2/bin'));
  await symlink(systemPython, join(home, '.pyenv/versions/3.11.2/bin/python3'));
  await symlink(join(home, '.pyenv/versions/3.11.2/envs/stats'), join(home, '.pyenv/versions/stats'));

  const copy = join(home, 'python-that-goes');
  await mkdir(join(copy, 'bin'), { recursive: true });
  await symlink(systemPython, join(copy, 'bin/python3'));
  await runCommand(join(copy, 'bin/python3'), ['-m', 'venv', '--without-pip', join(home, '.venvs/broken')]);
  await rm(join(home, '.venvs/broken/bin/python3'));
  await symlink(join(copy, 'bin/python3'), join(home, '.venvs/broken/bin/python3'));
  await rename(copy, join(home, 'gone'));
  found = await look('~/work');
}, 240_000);
afterAll(() => lab.stop());

describe('what a user has made is found and called as they call it', () => {
  test('the Python of the operating system, which takes no packages', () => {
    const system = found.environments.find(({ path }) => path === '/usr');
    expect(system).toMatchObject({ kind: 'system', python: '/usr/bin/python3', takesPackages: false });
    expect(system?.name).toMatch(/^Python 3\.\d+\.\d+$/);
  });

  test('a virtual environment, with its Python and its JupyterLab', () => {
    expect(named('lab')).toMatchObject({
      kind: 'venv',
      path: join(lab.home, '.venvs/lab'),
      pythonVersion: expect.stringMatching(/^3\.\d+\.\d+$/),
      jupyterLabVersion: expect.stringMatching(/^4\./),
      ipykernelVersion: expect.stringMatching(/^[67]\./),
      notebookVersion: '',
      takesPackages: true,
      hasPip: false,
    });
  });

  test('that of a project in the working folder, with a kernel but without Jupyter', () => {
    expect(named('thesis/.venv')).toMatchObject({
      kind: 'venv',
      jupyterLabVersion: '',
      ipykernelVersion: expect.stringMatching(/^[67]\./),
    });
  });

  test('one that virtualenv made', () => {
    expect(named('by-virtualenv')).toMatchObject({ kind: 'venv', hasPip: true });
  });

  test('conda environments: base, one of its own and one that only the list of conda knows', () => {
    expect(named('base (miniforge3)').kind).toBe('conda');
    expect(named('ml')).toMatchObject({ kind: 'conda', notebookVersion: expect.stringMatching(/^7\./) });
    expect(named('vision')).toMatchObject({ kind: 'conda', path: join(lab.home, 'scratch/conda/vision') });
  });

  test('a JupyterLab installed by uv, and not the other tools', () => {
    expect(named('jupyterlab')).toMatchObject({
      kind: 'uv',
      jupyterLabVersion: expect.stringMatching(/^4\./),
    });
    expect(found.environments.filter(({ path }) => path.includes('cowsay'))).toEqual([]);
  });

  test('a classic notebook in a folder of pipx', () => {
    expect(named('notebook')).toMatchObject({
      kind: 'pipx',
      notebookVersion: expect.stringMatching(/^6\./),
      jupyterLabVersion: '',
    });
  });

  test('the versions of pyenv, and its virtual environments only once', () => {
    expect(named('3.11.2').kind).toBe('pyenv');
    expect(named('stats').kind).toBe('venv');
  });

  test('one whose Python is gone is shown as such', () => {
    expect(named('broken')).toMatchObject({ pythonVersion: '', path: join(lab.home, '.venvs/broken') });
  });

  test('but no folder that nobody named: the home folder is not searched', () => {
    expect(found.environments.filter(({ path }) => path.includes('a project (old)'))).toEqual([]);
    expect(found.isComplete).toBe(true);
  });

  test('unless it is the working folder', async () => {
    const names = (await look('')).environments.map(({ name }) => name);
    expect(names).toContain('a project (old)/.venv');
  });
});

test.each(['dash', 'bash', 'busybox sh'])('%s finds the same', async (shell) => {
  const mark = `nuvem${randomBytes(12).toString('hex')}`;
  const [file = '', ...args] = shell.split(' ');
  const env = { HOME: lab.home, PATH: '/usr/local/bin:/usr/bin:/bin' };
  const input = scriptInput({ text: find, values: { folder: '~/work', seconds: '20' } }, mark);
  const output = await runCommand(file, [...args, '-s'], { stdin: input, env });
  expect(readEnvironments(readFacts(output, mark).slice(1)).environments).toEqual(found.environments);
});

test('when time is up, what was found so far is shown, and that there may be more', async () => {
  const mark = `nuvem${randomBytes(12).toString('hex')}`;
  const input = scriptInput({ text: find, values: { folder: '', seconds: '0' } }, mark);
  const output = await runCommand('sh', ['-s'], {
    stdin: input,
    env: { HOME: lab.home, PATH: '/usr/bin:/bin' },
  });
  expect(readEnvironments(readFacts(output, mark).slice(1))).toMatchObject({
    environments: [],
    isComplete: false,
  });
});

test('modules that have to do with Python are found, however noisy the start-up files are', async () => {
  const modulefiles = join(lab.home, 'modulefiles');
  await mkdir(join(modulefiles, 'python'), { recursive: true });
  await mkdir(join(modulefiles, 'gcc'));
  for (const name of ['python/3.11', 'python/3.12', 'gcc/12'])
    await writeFile(join(modulefiles, name), '#%Module1.0\n');
  await writeFile(join(modulefiles, 'python/.version'), '#%Module1.0\nset ModulesVersion 3.11\n');
  await writeFile(join(lab.home, '.profile'), `echo python/of-the-greeting\nmodule use ${modulefiles}\n`);
  expect((await look('')).modules).toEqual(['python/3.11', 'python/3.12']);
});
