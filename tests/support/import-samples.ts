import type { ImportItem, ImportKey } from '../../shared/model/import-plan';
import { sampleMachine } from './samples';

export const importKey = (text: string): ImportKey => text as ImportKey;

/** An item like a source gives it; `machine` and `part` say what matters to the test. */
export function sampleItem(
  key: string,
  machine: Partial<ImportItem['machine']> = {},
  part: Partial<Omit<ImportItem, 'key' | 'machine'>> = {},
): ImportItem {
  const { id: _, groupId: __, isDemo: ___, tunnels: ____, ...draft } = sampleMachine(1);
  const route = { ...draft.route, host: `${key}.example.com` };
  return {
    key: importKey(key),
    machine: { ...draft, name: key, route, ...machine },
    groupPath: [],
    tunnels: [],
    remarks: [],
    ...part,
  };
}
