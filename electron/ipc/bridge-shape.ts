import type { Contract } from '../../shared/contract/define-contract';

/**
 * The names in a contract without their schemas. The window hands them to its preload script as a process
 * argument, because importing the contract there would bring zod along: 200 kB and 24 ms at every load.
 */
export type BridgeShape = Readonly<Record<string, Readonly<Record<string, 'request' | 'event'>>>>;

const argumentPrefix = '--nuvem-bridge=';

export function bridgeShapeOf(contract: Contract): BridgeShape {
  return Object.fromEntries(
    Object.entries(contract).map(([group, entries]) => [
      group,
      Object.fromEntries(Object.entries(entries).map(([name, entry]) => [name, entry.kind])),
    ]),
  );
}

/** The shape as one process argument, for `webPreferences.additionalArguments`. */
export function toArgument(shape: BridgeShape): string {
  return argumentPrefix + JSON.stringify(shape);
}

/** The shape out of the arguments of a process that was given `toArgument`. @throws Error when it is not there */
export function fromArguments(processArguments: readonly string[]): BridgeShape {
  const argument = processArguments.find((candidate) => candidate.startsWith(argumentPrefix));
  if (argument === undefined) throw new Error('This window was opened without the shape of its bridge');
  return JSON.parse(argument.slice(argumentPrefix.length)) as BridgeShape;
}
