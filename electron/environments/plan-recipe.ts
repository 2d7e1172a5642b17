import { AppError } from '../../shared/errors/app-error';
import type { FoundEnvironments, PythonEnvironment } from '../../shared/model/environment';
import type { Recipe, RecipePlan } from '../../shared/model/recipe';
import { shellWord } from '../../shared/util/shell-word';

/** JupyterLab 4 wants Python 3.9 or later. */
const oldestMinorVersion = 9;

/** What the machine has to do when a recipe runs, and what is to be taken back. */
export interface RecipeWork extends RecipePlan {
  /** A folder that must not be there before, and that taking back removes. Empty: none. */
  readonly makes: string;
  /** Packages that come into it are noted, so that they can be removed. Empty: none. */
  readonly interpreter: string;
  /** uv, for an environment without pip. Empty: not there. */
  readonly uv: string;
}

/**
 * The commands of a recipe on a machine with these environments.
 * @throws AppError `install-python-missing`, `install-venv-missing`, `environment-not-found`
 */
export function planRecipe(recipe: Recipe, found: FoundEnvironments): RecipeWork {
  const { uv } = found;
  if (recipe.kind === 'newEnvironment') {
    const makes = freePlace(found);
    const interpreter = `${makes}/bin/python`;
    return {
      commands:
        uv === ''
          ? [command(baseFor(found).python, '-m', 'venv', makes), ...installs(interpreter, '', 'jupyterlab')]
          : [command(uv, 'venv', '--seed', makes), ...installs(interpreter, uv, 'jupyterlab')],
      place: makes,
      makes,
      interpreter: '',
      uv,
    };
  }
  const environment = found.environments.find(({ path }) => path === recipe.path);
  if (environment === undefined) throw new AppError('environment-not-found', { path: recipe.path });
  const { path, python: interpreter, hasPip } = environment;
  const add = (name: string) => [
    ...(uv === '' && !hasPip ? [command(interpreter, '-m', 'ensurepip')] : []),
    ...installs(interpreter, uv, name),
  ];
  if (recipe.kind === 'addJupyterLab' || recipe.kind === 'addJupytext') {
    const name = recipe.kind === 'addJupytext' ? 'jupytext' : 'jupyterlab';
    return { commands: add(name), place: path, makes: '', interpreter, uv };
  }
  const kernel = kernelName(environment);
  const makes = `${found.kernelsFolder}/${kernel}`;
  return {
    commands: [
      ...(environment.ipykernelVersion === '' ? add('ipykernel') : []),
      command(
        ...[interpreter, '-m', 'ipykernel', 'install', '--user', '--name', kernel],
        ...['--display-name', displayName(environment)],
        // Jupyter puts its own PATH in the place of ${PATH}: jupyter-client, "Kernel specs".
        ...['--env', 'PATH', `${path}/bin:\${PATH}`],
        ...(environment.kind === 'conda' ? ['--env', 'CONDA_PREFIX', path] : []),
      ),
    ],
    place: makes,
    makes,
    interpreter: environment.ipykernelVersion === '' ? interpreter : '',
    uv,
  };
}

const command = (...words: readonly string[]): string => words.map(shellWord).join(' ');

const installs = (interpreter: string, uv: string, name: string): readonly string[] => [
  uv === ''
    ? command(interpreter, '-m', 'pip', 'install', name)
    : command(uv, 'pip', 'install', '--python', interpreter, name),
];

/** A folder for a new environment that none of those found has. */
function freePlace({ environments, environmentsFolder }: FoundEnvironments): string {
  const isTaken = (place: string) => environments.some(({ path }) => path === place);
  const first = `${environmentsFolder}/jupyterlab`;
  if (!isTaken(first)) return first;
  for (let number = 2; ; number += 1) if (!isTaken(`${first}-${number}`)) return `${first}-${number}`;
}

/** The Python that a new environment is made with. */
function baseFor({ environments }: FoundEnvironments): PythonEnvironment {
  const bases = environments.filter(
    ({ kind, pythonVersion }) => kind !== 'venv' && isNewEnough(pythonVersion),
  );
  const able = bases.find(({ makesEnvironments }) => makesEnvironments);
  if (able !== undefined) return able;
  const [first] = bases;
  if (first === undefined) throw new AppError('install-python-missing', { minor: oldestMinorVersion });
  const version = first.pythonVersion.split('.').slice(0, 2).join('.');
  throw new AppError('install-venv-missing', { python: first.python, package: `python${version}-venv` });
}

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major === 3 && minor >= oldestMinorVersion;
}

/** Names of kernels are folders: jupyter-client allows letters, digits, `-`, `_` and `.`. */
function kernelName({ kind, name, path }: PythonEnvironment): string {
  const readable = name
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return `nuvem-${kind}-${readable}-${hashOf(path)}`.toLowerCase();
}

/** Tells two environments of the same name apart: FNV-1a. */
function hashOf(text: string): string {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash.toString(36);
}

const displayName = ({ name, kind }: PythonEnvironment): string =>
  kind === 'system' ? name : `${name} (${kind})`;
