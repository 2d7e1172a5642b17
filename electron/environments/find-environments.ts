import { EnvironmentKind, FoundEnvironments, type PythonEnvironment } from '../../shared/model/environment';
import type { Transport } from '../connection/transport';
import { factOf, type RemoteFact, runRemoteScript } from '../jupyter/remote-script';
import { environmentName } from './environment-name';
import { listMadeRecipesScript, readMadeRecipes } from './made-recipes';
import { readKernelspec } from './read-kernelspec';
import find from './remote/find.sh?raw';

/** After this time what was found so far has to do. */
const longestSeconds = 20;

/** The tools of uv and pipx are there for one program each: without a Jupyter they are of no use here. */
const kindsOfTools = new Set(['uv-tool', 'pipx']);

/**
 * The Python environments and modules of the user that is signed in, in the order in which one would look for them.
 * @throws AppError `remote-shell-unsupported`, or why the connection failed
 */
export async function findEnvironments(
  transport: Transport,
  workingFolder: string,
  random: (sizeBytes: number) => Buffer,
): Promise<FoundEnvironments> {
  const values = { folder: workingFolder, seconds: String(longestSeconds) };
  // Modules may take 15 s more, on a cluster whose file system is busy.
  const options = { timeoutMs: (longestSeconds + 40) * 1000 };
  return readEnvironments(
    await runRemoteScript(transport, { text: `${listMadeRecipesScript}\n${find}`, values }, random, options),
  );
}

/** What the script reported. */
export function readEnvironments(facts: readonly RemoteFact[]): FoundEnvironments {
  const home = factOf(facts, 'home') ?? '';
  const kernelsFolder = factOf(facts, 'kernels-folder') ?? '';
  const ofEach: RemoteFact[][] = [];
  for (const fact of facts) {
    if (fact.name === 'environment' || fact.name === 'kernel') ofEach.push([]);
    ofEach.at(-1)?.push(fact);
  }
  const values = (name: string) => facts.filter((fact) => fact.name === name).map(({ value }) => value);
  return FoundEnvironments.parse({
    environments: ofEach
      .filter(([first]) => first?.name === 'environment')
      .flatMap((one) => readEnvironment(one, home) ?? []),
    kernels: ofEach
      .filter(([first]) => first?.name === 'kernel')
      .map((one) => readKernelspec(one, kernelsFolder)),
    modules: values('module'),
    made: readMadeRecipes(facts),
    uv: factOf(facts, 'uv') ?? '',
    environmentsFolder: factOf(facts, 'environments-folder') ?? '',
    kernelsFolder,
    isComplete: factOf(facts, 'partial') === undefined,
  });
}

/** Null: a tool that has nothing to do with notebooks. */
function readEnvironment(facts: readonly RemoteFact[], home: string): PythonEnvironment | null {
  const text = (name: string) => factOf(facts, name) ?? '';
  const reported = text('environment');
  const kind = EnvironmentKind.parse(reported.startsWith('uv-') ? 'uv' : reported);
  if (kindsOfTools.has(reported) && !['lab', 'notebook', 'ipykernel'].some((name) => text(name) !== ''))
    return null;
  const path = text('prefix');
  return {
    kind,
    name: environmentName({
      kind,
      path: kind === 'conda' ? path : text('given'),
      home,
      version: text('version'),
      isCondaBase: text('base') !== '',
    }),
    path,
    python: text('python'),
    pythonVersion: text('version'),
    jupyterLabVersion: text('lab'),
    notebookVersion: text('notebook'),
    ipykernelVersion: text('ipykernel'),
    jupytextVersion: text('jupytext'),
    takesPackages: kind !== 'system' && text('managed') === '' && text('writable') === 'yes',
    hasPip: text('pip') !== '',
    makesEnvironments: text('ensurepip') === 'yes',
    isOurs: path.includes('/nuvem/environments/'),
  };
}
