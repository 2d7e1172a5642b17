import { setImmediate } from 'node:timers/promises';
import { stringify } from 'yaml';
import type { ExportFormat } from '../../../shared/model/export';
import { nuvemFileVersion } from '../import/nuvem/nuvem-document';
import type { ExportedMachines } from './exported-machines';
import { sshConfigOf } from './ssh-config';

interface Format {
  /** Of the file's name, without the dot. */
  readonly extension: string;
  write(exported: ExportedMachines): Promise<string>;
}

/** The ways to write machines into a file. */
export const exportFormats: Readonly<Record<ExportFormat, Format>> = {
  yaml: {
    extension: 'nuvem',
    write: writeYaml,
  },
  json: {
    extension: 'json',
    write: async (exported) =>
      `${JSON.stringify({ ...headOf(exported), machines: machinesOf(exported) }, null, 2)}\n`,
  },
  sshConfig: { extension: 'conf', write: async ({ machines }) => sshConfigOf(machines) },
};

const machinesAtOnce = 50;

/** In pieces, between which the connections have their turn: thousands of machines take seconds. */
async function writeYaml(exported: ExportedMachines): Promise<string> {
  const options = { lineWidth: 0, aliasDuplicateObjects: false };
  const machines = machinesOf(exported);
  const pieces = [
    stringify(headOf(exported), options),
    machines.length === 0 ? 'machines: []\n' : 'machines:\n',
  ];
  for (let start = 0; start < machines.length; start += machinesAtOnce) {
    pieces.push(stringify(machines.slice(start, start + machinesAtOnce), options));
    await setImmediate();
  }
  return pieces.join('');
}

const headOf = ({ groups, defaults }: ExportedMachines): object => ({
  nuvem: nuvemFileVersion,
  ...(defaults !== undefined && { defaults }),
  groups,
});

const machinesOf = ({ machines }: ExportedMachines): readonly object[] =>
  machines.map(({ key, machine: { name, ...machine }, groupPath, tunnels }) => ({
    name,
    key,
    group: groupPath,
    ...machine,
    tunnels: tunnels.map(({ id: _, ...tunnel }) => tunnel),
  }));
