import { describe, expect, test } from 'vitest';
import { planRecipe } from '../../../electron/environments/plan-recipe';
import type { FoundEnvironments, PythonEnvironment } from '../../../shared/model/environment';
import { onlySystemPython, sampleEnvironment } from '../../support/environment-samples';

const uv = '/home/ubuntu/.local/bin/uv';
const folder = onlySystemPython.environmentsFolder;
const withSome = (...environments: readonly PythonEnvironment[]): FoundEnvironments => ({
  ...onlySystemPython,
  environments,
});
const system = (part: Partial<PythonEnvironment>) =>
  sampleEnvironment({ kind: 'system', path: '/usr', takesPackages: false, ...part });

describe('a new environment', () => {
  const plan = (found: FoundEnvironments) => planRecipe({ kind: 'newEnvironment' }, found);

  test('is made by the system’s Python and pip', () => {
    expect(plan(onlySystemPython)).toMatchObject({
      commands: [
        `/usr/bin/python3 -m venv ${folder}/jupyterlab`,
        `${folder}/jupyterlab/bin/python -m pip install jupyterlab`,
      ],
      makes: `${folder}/jupyterlab`,
    });
  });

  test('is made by uv where that is, which needs no Python to be there', () => {
    expect(plan({ ...withSome(), uv }).commands).toEqual([
      `${uv} venv --seed ${folder}/jupyterlab`,
      `${uv} pip install --python ${folder}/jupyterlab/bin/python jupyterlab`,
    ]);
  });

  test('does not take the place of another one', () => {
    const taken = ['jupyterlab', 'jupyterlab-2'].map((name) =>
      sampleEnvironment({ path: `${folder}/${name}` }),
    );
    expect(plan({ ...withSome(system({}), ...taken) }).makes).toBe(`${folder}/jupyterlab-3`);
  });

  test('comes from another Python where the system’s is too old or cannot make any', () => {
    const pyenv = sampleEnvironment({ kind: 'pyenv', path: '/home/ubuntu/.pyenv/versions/3.12.1' });
    for (const useless of [system({ pythonVersion: '3.8.10' }), system({ makesEnvironments: false })])
      expect(plan(withSome(useless, pyenv)).commands[0]).toContain(`${pyenv.python} -m venv `);
  });

  test('on Debian without python3-venv: the user is told which package that is', () => {
    expect(() => plan(withSome(system({ makesEnvironments: false })))).toThrow(
      expect.objectContaining({
        code: 'install-venv-missing',
        params: { python: '/usr/bin/python3', package: 'python3.11-venv' },
      }),
    );
  });

  test.each([[], [system({ pythonVersion: '3.8.10' })], [system({ pythonVersion: '2.7.18' })]])(
    'cannot be made without a Python that is new enough',
    (...environments) => {
      expect(() => plan(withSome(...environments))).toThrow(
        expect.objectContaining({ code: 'install-python-missing' }),
      );
    },
  );
});

test('jupytext is added by the means that JupyterLab is', () => {
  const path = '/opt/envs/ml';
  const found = withSome(sampleEnvironment({ path }));
  const recipe = { kind: 'addJupytext', path } as const;
  expect(planRecipe(recipe, found)).toMatchObject({
    commands: [`${path}/bin/python3 -m pip install jupytext`],
    makes: '',
    interpreter: `${path}/bin/python3`,
  });
  expect(planRecipe(recipe, { ...found, uv }).commands).toEqual([
    `${uv} pip install --python ${path}/bin/python3 jupytext`,
  ]);
});

describe('adding JupyterLab to an environment', () => {
  const path = "/home/ubuntu/it's mine/.venv";
  const plan = (part: Partial<PythonEnvironment>, found: Partial<FoundEnvironments> = {}) =>
    planRecipe(
      { kind: 'addJupyterLab', path },
      { ...withSome(sampleEnvironment({ path, ...part })), ...found },
    );

  test('is done by its pip, whatever its folder is called', () => {
    expect(plan({}).commands).toEqual([
      `'/home/ubuntu/it'\\''s mine/.venv/bin/python3' -m pip install jupyterlab`,
    ]);
  });

  test('brings pip where it lacks that', () => {
    expect(plan({ hasPip: false }).commands).toEqual([
      expect.stringMatching(/ -m ensurepip$/),
      expect.stringMatching(/ -m pip install jupyterlab$/),
    ]);
  });

  test('is done by uv where that is', () => {
    expect(plan({ hasPip: false }, { uv }).commands).toEqual([
      expect.stringContaining('pip install --python'),
    ]);
  });

  test('is refused for one that is not there any more', () => {
    expect(() => planRecipe({ kind: 'addJupyterLab', path: '/gone' }, withSome())).toThrow(
      expect.objectContaining({ code: 'environment-not-found', params: { path: '/gone' } }),
    );
  });
});

describe('registering a kernel', () => {
  const plan = (part: Partial<PythonEnvironment>) => {
    const environment = sampleEnvironment(part);
    return planRecipe({ kind: 'registerKernel', path: environment.path }, withSome(environment));
  };

  test('adds ipykernel only where it is missing', () => {
    expect(plan({ path: '/opt/ml' }).commands).toHaveLength(2);
    expect(plan({ path: '/opt/ml', ipykernelVersion: '6.29.5' }).commands).toHaveLength(1);
  });

  test('gives the kernel of a conda environment its PATH and CONDA_PREFIX', () => {
    const [command] = plan({
      kind: 'conda',
      path: '/opt/conda/envs/ml',
      ipykernelVersion: '6.29.5',
    }).commands;
    expect(command).toContain(
      `--env PATH '/opt/conda/envs/ml/bin:\${PATH}' --env CONDA_PREFIX /opt/conda/envs/ml`,
    );
  });

  test('keeps kernels of the same name apart, under names that Jupyter allows', () => {
    const one = plan({ name: 'Ciência/.venv', path: '/a' }).makes;
    const other = plan({ name: 'Ciência/.venv', path: '/b' }).makes;
    expect(one).not.toBe(other);
    expect(one.split('/').at(-1)).toMatch(/^[a-z0-9._-]+$/);
  });
});
