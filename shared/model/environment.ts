import { z } from 'zod';
import { ErrorReport } from '../errors/app-error';
import { MachineId } from './machine';
import { MadeRecipe } from './recipe';

/** What made a Python environment: it says where it is, and which commands look after it. */
export const environmentKinds = ['system', 'conda', 'venv', 'pyenv', 'uv', 'pipx'] as const;
export const EnvironmentKind = z.enum(environmentKinds);
export type EnvironmentKind = z.infer<typeof EnvironmentKind>;

/** A Python on a machine together with what is installed for it. Versions are empty where it does not have the package. */
export const PythonEnvironment = z.strictObject({
  kind: EnvironmentKind,
  /** As its user knows it, e.g. `ml`, `base (miniforge3)`, `thesis/.venv`. */
  name: z.string().min(1),
  /** The folder that holds `bin/`; absolute. */
  path: z.string().min(1),
  /** Its interpreter; absolute. */
  python: z.string().min(1),
  /** E.g. `3.11.2`. Empty: it does not run, since what it was made from is gone. */
  pythonVersion: z.string(),
  jupyterLabVersion: z.string(),
  /** Of the package `notebook`: 7 looks like JupyterLab, up to 6 it is the classic one. */
  notebookVersion: z.string(),
  ipykernelVersion: z.string(),
  jupytextVersion: z.string(),
  /** Packages can be added to it by this user, and whoever looks after it does not forbid it (PEP 668). */
  takesPackages: z.boolean(),
  hasPip: z.boolean(),
  /** `python -m venv` works with it: Debian ships what that needs apart. */
  makesEnvironments: z.boolean(),
  /** Nuvem made it, and may remove it. */
  isOurs: z.boolean(),
});
export type PythonEnvironment = Readonly<z.infer<typeof PythonEnvironment>>;

/** A kernel that is registered for every Jupyter of the user or the machine. */
export const Kernelspec = z.strictObject({
  /** Of its folder; what Jupyter knows it by. */
  name: z.string().min(1),
  displayName: z.string().min(1),
  folder: z.string().min(1),
  /** The program that it starts. Empty: its file does not say. */
  interpreter: z.string(),
  /** It cannot start: that program is gone, or its file makes no sense. */
  isBroken: z.boolean(),
  /** It is the user's own. */
  isRemovable: z.boolean(),
});
export type Kernelspec = Readonly<z.infer<typeof Kernelspec>>;

/** All that was found on a machine by which notebooks can run. */
export const FoundEnvironments = z.strictObject({
  environments: z.array(PythonEnvironment).readonly(),
  /** Names that `module load` takes (Environment Modules, Lmod) and that have to do with Python. */
  modules: z.array(z.string().min(1)).readonly(),
  kernels: z.array(Kernelspec).readonly(),
  /** What Nuvem has set up here, the last first. */
  made: z.array(MadeRecipe).readonly(),
  /** The program uv. Empty: it is not there. */
  uv: z.string(),
  /** Where Nuvem makes environments of its own. */
  environmentsFolder: z.string(),
  /** Where the kernels of the user are registered for each Jupyter. */
  kernelsFolder: z.string(),
  /** False: looking took too long and was broken off. */
  isComplete: z.boolean(),
});
export type FoundEnvironments = Readonly<z.infer<typeof FoundEnvironments>>;

export const EnvironmentSearch = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('idle') }),
  z.strictObject({ kind: z.literal('looking') }),
  z.strictObject({ kind: z.literal('failed'), error: ErrorReport }),
]);
export type EnvironmentSearch = Readonly<z.infer<typeof EnvironmentSearch>>;

export const EnvironmentsSnapshot = z.strictObject({
  machineId: MachineId,
  revision: z.number().int(),
  search: EnvironmentSearch,
  /** Null: never looked in this run. */
  found: FoundEnvironments.nullable(),
});
export type EnvironmentsSnapshot = Readonly<z.infer<typeof EnvironmentsSnapshot>>;

/** Notebooks can be started with it. */
export const hasJupyter = ({
  pythonVersion,
  jupyterLabVersion,
  notebookVersion,
}: PythonEnvironment): boolean =>
  pythonVersion !== '' && (jupyterLabVersion !== '' || notebookVersion !== '');

/** Every Jupyter of the machine offers it as a kernel already. */
export const isRegistered = ({ path }: PythonEnvironment, kernels: readonly Kernelspec[]): boolean =>
  kernels.some(({ interpreter }) => interpreter.startsWith(`${path}/bin/`));
