import { z } from 'zod';
import {
  GroupPath,
  ImportedGroup,
  ImportedMachine,
  ImportedSettings,
  ImportedTunnel,
  ImportKey,
  type ImportRemark,
} from '../../../../shared/model/import-plan';
import { emptyMachineDraft, usualAgent } from '../../../../shared/model/machine';
import { type ImportCandidate, remark } from '../complete-plan';
import { isRecord, type NuvemDocument } from './nuvem-document';

/** A machine in Nuvem's own file; what stands there beside it, e.g. by hand, may be left out. */
export const NuvemMachine = ImportedMachine.extend({
  key: ImportKey,
  group: GroupPath,
  tunnels: z.array(z.unknown()).readonly(),
});

interface NuvemEntries {
  readonly candidates: readonly ImportCandidate[];
  readonly groups: readonly ImportedGroup[];
  /** Absent: the file has none, or none that can be read. */
  readonly defaults?: ImportedSettings;
  readonly remarks: readonly ImportRemark[];
}

/** What becomes of the entries of Nuvem's own file; what makes no sense is named, with its line, and left out. */
export function readNuvemEntries(document: NuvemDocument): NuvemEntries {
  const candidates: ImportCandidate[] = [];
  const remarks: ImportRemark[] = [];
  for (const [index, { value, line }] of document.machines.entries()) {
    const read = readMachine(value, index, line);
    if ('code' in read) remarks.push(read);
    else candidates.push(read);
  }
  const groups: ImportedGroup[] = [];
  for (const value of document.groups) {
    const { success, data } = ImportedGroup.safeParse(value);
    if (success) groups.push(data);
    else remarks.push(remark('entry-unreadable', { name: nameIn(value, 'path') }));
  }
  const defaults = ImportedSettings.optional().safeParse(document.defaults);
  if (!defaults.success) remarks.push(remark('entry-unreadable', { name: 'defaults' }));
  return { candidates, groups, remarks, ...(defaults.data !== undefined && { defaults: defaults.data }) };
}

const { id: _, groupId: __, ...standard } = emptyMachineDraft;
const known = Object.keys(NuvemMachine.shape);

function readMachine(value: unknown, index: number, line: number | null): ImportCandidate | ImportRemark {
  if (!isRecord(value)) return remark('entry-unreadable', { name: `machines[${index}]` }, line);
  const name = nameIn(value, 'name');
  const unknown = Object.keys(value).filter((field) => !known.includes(field));
  const { success, data, error } = NuvemMachine.safeParse({
    ...standard,
    key: name,
    group: [],
    tunnels: [],
    ...Object.fromEntries(Object.entries(value).filter(([field]) => known.includes(field))),
    identity:
      isRecord(value.identity) && value.identity.kind === 'agent'
        ? { ...usualAgent, ...value.identity }
        : (value.identity ?? usualAgent),
    route: isRecord(value.route) ? { ...standard.route, ...value.route } : value.route,
  });
  if (!success) return remark('entry-invalid', { name, field: error.issues[0]?.path.join('.') ?? '' }, line);
  const { key, group, tunnels, ...machine } = data;
  const readTunnels = tunnels.map((tunnel) =>
    ImportedTunnel.safeParse(isRecord(tunnel) ? { ...tunnel, id: null } : tunnel),
  );
  return {
    key,
    machine,
    groupPath: group,
    tunnels: readTunnels.flatMap((read) => (read.success ? [read.data] : [])),
    remarks: [
      ...unknown.map((option) => remark('option-unsupported', { option }, line)),
      ...readTunnels.flatMap((read, place) =>
        read.success ? [] : [remark('tunnel-invalid', { tunnel: nameIn(tunnels[place], 'name') }, line)],
      ),
    ],
  };
}

/** What an entry calls itself, as far as that can be shown. */
function nameIn(value: unknown, field: string): string {
  const name = isRecord(value) ? value[field] : undefined;
  const text = typeof name === 'string' ? name : Array.isArray(name) ? name.map(String).join(' / ') : '';
  return text.trim().slice(0, 200) || '?';
}
