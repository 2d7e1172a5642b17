import { expect, test } from 'vitest';
import { environmentName } from '../../../electron/environments/environment-name';

const home = '/home/ana';
const version = '3.11.2';

test.each([
  ['system', '/usr', 'Python 3.11.2'],
  ['conda', `${home}/miniforge3/envs/ml`, 'ml'],
  ['conda', '/scratch/ana/vision', 'vision'],
  ['venv', `${home}/.venvs/lab`, 'lab'],
  ['venv', `${home}/work/thesis/.venv`, 'thesis/.venv'],
  ['venv', `${home}/work/thesis/venv`, 'thesis/venv'],
  ['venv', `${home}/.venv`, '.venv'],
  ['pyenv', `${home}/.pyenv/versions/3.12.1`, '3.12.1'],
  ['pipx', `${home}/.local/share/pipx/venvs/jupyterlab`, 'jupyterlab'],
])('an environment of kind %s in %s is called %s', (kind, path, name) => {
  expect(environmentName({ kind, path, home, version, isCondaBase: false })).toBe(name);
});

test('the environment that conda itself is in says which installation it is', () => {
  const path = '/opt/miniforge3';
  expect(environmentName({ kind: 'conda', path, home, version, isCondaBase: true })).toBe(
    'base (miniforge3)',
  );
});

test('a Python of the system that does not run has a name all the same', () => {
  expect(environmentName({ kind: 'system', path: '/usr', home, version: '', isCondaBase: false })).toBe(
    'Python',
  );
});
