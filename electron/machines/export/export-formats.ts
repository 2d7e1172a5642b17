import { stringify } from 'yaml';
import type { ExportFormat } from '../../../shared/model/export';
import { nuvemFileVersion } from '../import/nuvem/nuvem-document';
import type { ExportedMachines } from './exported-machines';

interface Format {
  /** Of the file's name, without the dot. */
  readonly extension: string;
  write(exported: ExportedMachines): string;
}

/** The ways to write machines into a file. */
export const exportFormats: Readonly<Record<ExportFormat, Format>> = {
  yaml: {
    extension: 'yaml',
    write: (exported) => stringify(nuvemFile(exported), { lineWidth: 0, aliasDuplicateObjects: false }),
  },
  json: {
    extension: 'json',
    write: (exported) => `${JSON.stringify(nuvemFile(exported), null, 2)}\n`,
  },
};

function nuvemFile({ groups, machines }: ExportedMachines): object {
  return {
    nuvem: nuvemFileVersion,
    groups,
    machines: machines.map(({ key, machine: { name, ...machine }, groupPath, tunnels }) => ({
      name,
      key,
      group: groupPath,
      ...machine,
      tunnels: tunnels.map(({ id: _, ...tunnel }) => tunnel),
    })),
  };
}
