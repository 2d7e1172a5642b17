import type { SavedMachine } from '../../shared/model/machine';
import type { StoredMachines } from './machines-data';

/** Machines never change in place, so each has one line for as long as it is there. */
const lines = new WeakMap<SavedMachine, string>();

/** The data as JSON, a machine a line. Only the lines of new and changed machines are made. */
export function machinesText({ machines, ...others }: StoredMachines): string {
  const listed = machines.map(lineOf).join(',\n');
  return `{"machines":[\n${listed}\n],${JSON.stringify(others).slice(1)}`;
}

function lineOf(machine: SavedMachine): string {
  const line = lines.get(machine) ?? JSON.stringify(machine);
  lines.set(machine, line);
  return line;
}
