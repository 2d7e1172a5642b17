import type { FoundEnvironments, PythonEnvironment } from '../../shared/model/environment';

/** An environment without a Jupyter; `part` says what matters to the test. */
export function sampleEnvironment(part: Partial<PythonEnvironment> = {}): PythonEnvironment {
  const path = part.path ?? '/home/ubuntu/.venvs/plain';
  return {
    kind: 'venv',
    name: path.split('/').at(-1) ?? path,
    path,
    python: `${path}/bin/python3`,
    pythonVersion: '3.11.2',
    jupyterLabVersion: '',
    notebookVersion: '',
    ipykernelVersion: '',
    jupytextVersion: '',
    takesPackages: true,
    hasPip: true,
    makesEnvironments: true,
    isOurs: false,
    ...part,
  };
}

const systemPython = sampleEnvironment({
  kind: 'system',
  name: 'Python 3.11.2',
  path: '/usr',
  takesPackages: false,
});

const folders = {
  made: [],
  uv: '',
  environmentsFolder: '/home/ubuntu/.local/share/nuvem/environments',
  kernelsFolder: '/home/ubuntu/.local/share/jupyter/kernels',
};

/** What a machine has that has been worked on for years. */
export const manyEnvironments: FoundEnvironments = {
  environments: [
    { ...systemPython, notebookVersion: '6.4.12', ipykernelVersion: '6.17.0' },
    sampleEnvironment({
      kind: 'conda',
      name: 'base (miniforge3)',
      path: '/home/ubuntu/miniforge3',
      pythonVersion: '3.12.7',
    }),
    sampleEnvironment({
      kind: 'conda',
      path: '/home/ubuntu/miniforge3/envs/vision',
      pythonVersion: '3.12.7',
      jupyterLabVersion: '4.6.6',
      notebookVersion: '7.5.0',
      ipykernelVersion: '7.4.0',
    }),
    sampleEnvironment({
      kind: 'venv',
      name: 'land-use-change-detection-with-sentinel-2/.venv',
      path: '/data/projects/2026/land-use-change-detection-with-sentinel-2/.venv',
      jupyterLabVersion: '4.4.1',
      ipykernelVersion: '6.29.5',
    }),
    sampleEnvironment({ path: '/home/ubuntu/.venvs/etl', ipykernelVersion: '6.29.5' }),
    sampleEnvironment({ path: '/home/ubuntu/.venvs/2021', pythonVersion: '' }),
  ],
  modules: ['jupyter/4.2', 'python/3.11'],
  kernels: [
    {
      name: 'nuvem-conda-vision-1x2y3z',
      displayName: 'vision (conda)',
      folder: '/home/ubuntu/.local/share/jupyter/kernels/nuvem-conda-vision-1x2y3z',
      interpreter: '/home/ubuntu/miniforge3/envs/vision/bin/python3',
      isBroken: false,
      isRemovable: true,
    },
    {
      name: 'thesis',
      displayName: 'Python 3.8 (thesis)',
      folder: '/home/ubuntu/.local/share/jupyter/kernels/thesis',
      interpreter: '/home/ubuntu/thesis/.venv/bin/python',
      isBroken: true,
      isRemovable: true,
    },
    {
      name: 'python3',
      displayName: 'Python 3 (ipykernel)',
      folder: '/usr/share/jupyter/kernels/python3',
      interpreter: '/usr/bin/python3',
      isBroken: false,
      isRemovable: false,
    },
  ],
  ...folders,
  made: [
    {
      id: '0123456789ab',
      recipe: { kind: 'newEnvironment' },
      place: '/home/ubuntu/.local/share/nuvem/environments/jupyterlab',
      end: 'done',
      startedAtMs: Date.UTC(2026, 2, 4, 12, 30),
    },
    {
      id: '0123456789ac',
      recipe: {
        kind: 'addJupytext',
        path: '/data/projects/2026/land-use-change-detection-with-sentinel-2/.venv',
      },
      place: '/data/projects/2026/land-use-change-detection-with-sentinel-2/.venv',
      end: 'broken',
      startedAtMs: Date.UTC(2026, 2, 1, 9, 5),
    },
  ],
  isComplete: false,
};

/** A machine as it comes from the cloud. */
export const onlySystemPython: FoundEnvironments = {
  environments: [systemPython],
  modules: [],
  kernels: [],
  ...folders,
  isComplete: true,
};
