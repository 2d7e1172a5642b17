import type { Machine } from '../../shared/model/machine';
import type { MachinesData } from './machines-data';

/** Machines never change in place, so each has one line for as long as it is there. */
const lines = new WeakMap<Machine, string>();

/** The data as JSON, a machine a line. Only the lines of new and changed machines are made. */
export function machinesText({ machines, ...others }: MachinesData): string {
  const listed = machines.map(lineOf).join(',\n');
  return `{"machines":[\n${listed}\n],${JSON.stringify(others).slice(1)}`;
}

function lineOf(machine: Machine): string {
  const line = lines.get(machine) ?? JSON.stringify(machine);
  lines.set(machine, line);
  return line;
}
