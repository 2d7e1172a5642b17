import type { Machine } from '../../shared/model/machine';
import type { ControlReply } from './protocol';

type Found<Thing> = { readonly kind: 'found'; readonly value: Thing } | ControlReply;

/**
 * The machine that a user means: by its id, its name, or its name whatever the case. More than one of that name is
 * for the user to tell apart.
 */
export function findMachine(machines: readonly Machine[], name: string): Found<Machine> {
  const byId = machines.find(({ id }) => id === name);
  if (byId !== undefined) return { kind: 'found', value: byId };
  const exact = machines.filter((machine) => machine.name === name);
  const alike = machines.filter((machine) => machine.name.toLowerCase() === name.toLowerCase());
  const matches = exact.length > 0 ? exact : alike;
  const [match] = matches;
  if (match === undefined) return { kind: 'machineUnknown', name };
  if (matches.length > 1) return { kind: 'machineAmbiguous', name, ids: matches.map(({ id }) => id) };
  return { kind: 'found', value: match };
}
