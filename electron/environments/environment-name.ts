/** Names that say nothing: the project around such an environment is what its user calls it by. */
const commonNames = new Set(['.venv', 'venv', '.env', 'env', '.virtualenv']);

/** Where an environment was found, and what tells how it is called. */
export interface PlaceOfEnvironment {
  readonly kind: string;
  /** Absolute, with or without symbolic links. */
  readonly path: string;
  readonly home: string;
  /** E.g. `3.11.2`; empty when it does not run. */
  readonly version: string;
  /** What conda itself is installed in. */
  readonly isCondaBase: boolean;
}

/** What the user of an environment calls it. */
export function environmentName({ kind, path, home, version, isCondaBase }: PlaceOfEnvironment): string {
  const parts = path.split('/').filter((part) => part !== '');
  const last = parts.at(-1) ?? path;
  const parent = parts.at(-2);
  if (kind === 'system') return version === '' ? 'Python' : `Python ${version}`;
  if (isCondaBase) return `base (${last})`;
  if (kind === 'venv' && commonNames.has(last) && parent !== undefined && path !== `${home}/${last}`)
    return `${parent}/${last}`;
  return last;
}
