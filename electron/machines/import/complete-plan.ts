import {
  ImportedMachine,
  type ImportedSettings,
  ImportedTunnel,
  ImportItem,
  type ImportJump,
  type ImportKey,
  type ImportPlan,
  type ImportRemark,
  type ImportRemarkCode,
  type ImportSource,
} from '../../../shared/model/import-plan';
import { endText } from '../../../shared/model/tunnel';

/** An item as a source gives it: of the right types, but nobody has looked at its values yet. */
export type ImportCandidate = ImportItem;

const longestName = 100;
const longestWay = 10;

export const remark = (
  code: ImportRemarkCode,
  params: ImportRemark['params'] = {},
  line: number | null = null,
): ImportRemark => ({ code, params, line });

/**
 * Makes a plan of what was found in a source: what can't be made becomes a remark that names it, long names are
 * cut, keys that come twice get a number, and jump hosts that lead in a circle or nowhere are left out, those of
 * groups as well. Every item of the result satisfies the schema of its machine and can be applied.
 */
export function completePlan(
  source: ImportSource,
  candidates: readonly ImportCandidate[],
  remarks: readonly ImportRemark[],
  {
    groups = [],
    hostKeys = [],
    defaults,
  }: Partial<Pick<ImportPlan, 'groups' | 'hostKeys' | 'defaults'>> = {},
): ImportPlan {
  const losses: ImportRemark[] = [];
  const keys = new Set<string>();
  const found: ImportItem[] = [];
  for (const candidate of candidates) {
    const checked = checkItem(candidate);
    if ('code' in checked) {
      losses.push(checked);
      continue;
    }
    const key = freeKey(checked.key, keys);
    keys.add(key);
    found.push({ ...checked, key });
  }
  const byKey = new Map(found.map((item) => [item.key, item]));
  const passable = (name: string, all: ImportedSettings): ImportedSettings => {
    const { jumps, ...settings } = all;
    if (jumps === undefined || jumps.every((jump) => isThere(jump, byKey))) return all;
    losses.push(remark('entry-invalid', { name, field: 'settings.jumps' }));
    return settings;
  };
  return {
    source,
    items: found.map((item) => withPassableWay(item, byKey)),
    groups: groups.map((group) => ({
      ...group,
      settings: passable(group.path.join(' / '), group.settings),
    })),
    ...(defaults !== undefined && { defaults: passable('defaults', defaults) }),
    hostKeys,
    remarks: [...remarks, ...losses],
  };
}

function checkItem(candidate: ImportCandidate): ImportItem | ImportRemark {
  const { name } = candidate.machine;
  if (candidate.machine.route.host.trim() === '') return remark('entry-without-host', { name });
  const isLong = name.length > longestName;
  const parsed = ImportedMachine.safeParse({
    ...candidate.machine,
    name: isLong ? name.slice(0, longestName).trimEnd() : name,
  });
  if (!parsed.success)
    return remark('entry-invalid', { name, field: parsed.error.issues[0]?.path.join('.') ?? '' });
  const tunnels = candidate.tunnels.map(checkTunnel);
  const item = ImportItem.safeParse({
    ...candidate,
    machine: parsed.data,
    groupPath: candidate.groupPath.map((group) => group.trim().slice(0, longestName)).filter(Boolean),
    tunnels: tunnels.flatMap(({ tunnel }) => (tunnel === null ? [] : [tunnel])),
    remarks: [
      ...candidate.remarks,
      ...(parsed.data.forwardsAgent ? [remark('agent-forwarded')] : []),
      ...(parsed.data.allowsOldAlgorithms ? [remark('old-algorithms-allowed')] : []),
      ...(isLong ? [remark('name-shortened', { name })] : []),
      ...tunnels.flatMap((checked) => (checked.remark === null ? [] : [checked.remark])),
    ],
  });
  return item.success
    ? item.data
    : remark('entry-invalid', { name, field: item.error.issues[0]?.path.join('.') ?? '' });
}

interface CheckedTunnel {
  readonly tunnel: ImportedTunnel | null;
  readonly remark: ImportRemark | null;
}

function checkTunnel(tunnel: ImportedTunnel): CheckedTunnel {
  const { success, data } = ImportedTunnel.safeParse(tunnel);
  if (success) {
    const exposed = data.isExposed
      ? remark('tunnel-exposed', { tunnel: endText(data.forward.listen) })
      : null;
    return { tunnel: data, remark: exposed };
  }
  return { tunnel: null, remark: remark('tunnel-invalid', { tunnel: endText(tunnel.forward.listen) }) };
}

function freeKey(key: ImportKey, taken: ReadonlySet<string>): ImportKey {
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? key : (`${key.slice(0, 980)}#${number}` as ImportKey);
    if (!taken.has(candidate)) return candidate;
  }
}

type Items = ReadonlyMap<ImportKey, ImportItem>;

/** A source can't know the machines saved here: it names its own, or says where it goes. */
const isThere = (jump: ImportJump, items: Items): boolean =>
  jump.kind === 'inline' || (jump.kind === 'item' && items.has(jump.key));

/** Without jump hosts when they lead in a circle, to nowhere, or are too many. */
function withPassableWay(item: ImportItem, items: Items): ImportItem {
  const way = wayOver(item, items, new Set());
  const isLoop = way === 'loop' || way.includes(item.key);
  if (!isLoop && way.length <= longestWay) return item;
  const { machine } = item;
  return {
    ...item,
    machine: { ...machine, route: { ...machine.route, jumps: [] } },
    remarks: [...item.remarks, remark(isLoop ? 'jump-loop' : 'jumps-too-many')],
  };
}

/** All jump hosts that are passed, null for one that is no item; see `wayTo` for which ways count. */
function wayOver(
  item: ImportItem,
  items: Items,
  seen: ReadonlySet<ImportKey>,
): readonly (ImportKey | null)[] | 'loop' {
  const { jumps } = item.machine.route;
  if (!jumps.every((jump) => isThere(jump, items))) return 'loop';
  const keys = jumps.map((jump) => (jump.kind === 'item' ? jump.key : null));
  const first = keys[0] ? items.get(keys[0]) : undefined;
  if (first === undefined) return keys;
  const visited = new Set([...seen, item.key]);
  if (visited.has(first.key)) return 'loop';
  const before = wayOver(first, items, visited);
  return before === 'loop' ? 'loop' : [...before, ...keys];
}
