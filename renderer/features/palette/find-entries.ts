import type { ActionFacts, CustomShortcuts } from '../../../shared/model/action';
import type { MachineId } from '../../../shared/model/machine';
import type { MachineList } from '../../../shared/model/machine-list';
import type { NotebookSnapshot } from '../../../shared/model/notebook';
import type { KeyboardKind } from '../../../shared/model/shortcut';
import type { WebTab } from '../../../shared/model/tab';
import type { PaletteScope } from '../../stores/view-store';
import { groupPaths, MachineSearch } from '../machine-tree/machine-search';
import {
  actionEntries,
  type BothLanguages,
  machineEntry,
  notebookEntries,
  settingEntries,
  tabEntries,
  tunnelEntries,
} from './palette-entries';
import type { FoundEntry, PaletteEntry } from './palette-entry';
import { EntrySearch, mergeFound } from './search-entries';
import { typedServer } from './typed-server';

/** As it is when the palette opens. */
export interface PaletteFacts {
  readonly scope: PaletteScope;
  readonly texts: BothLanguages;
  readonly list: MachineList;
  readonly recentIds: readonly MachineId[];
  readonly tabs: readonly WebTab[];
  readonly notebooks: readonly NotebookSnapshot[];
  readonly facts: ActionFacts;
  readonly shortcuts: CustomShortcuts;
  readonly keyboard: KeyboardKind;
}

/** What a palette shows: `more` were found beyond that. */
export interface PaletteResults {
  readonly shown: readonly FoundEntry[];
  readonly more: number;
}

const mostShown = 50;
const mostAtFirst = 5;
/** Of each list, the best that can come to be shown. */
const mostMerged = 200;

interface EntryFinder {
  /** What a text finds; `>` before it means actions and settings alone. */
  readonly find: (typed: string) => PaletteResults;
  /** Does ahead what the first search needs. */
  readonly prepare: () => void;
}

/** Makes what finds entries among all that there is when the palette opens. */
export function entryFinder(now: PaletteFacts): EntryFinder {
  const { scope, texts, list } = now;
  const isForAll = scope === 'everything';
  const machinesById = new Map(list.machines.map((machine) => [machine.id, machine]));
  const nameOf = (machineId: MachineId): string => machinesById.get(machineId)?.name ?? '';
  const open = [...tabEntries(now.tabs, nameOf), ...notebookEntries(texts, now.notebooks, nameOf)];
  const actions = isForAll
    ? [...actionEntries(texts, now.facts, now.shortcuts, now.keyboard), ...settingEntries(texts)]
    : [];
  const amongActions = new EntrySearch(actions);
  let searched: { readonly machines: MachineSearch; readonly others: EntrySearch } | null = null;

  const atFirst = (): readonly PaletteEntry[] => {
    const pathOf = groupPaths(list.groups);
    const recent = now.recentIds.flatMap((id) => machinesById.get(id) ?? []);
    const machines = isForAll
      ? (recent.length > 0 ? recent : list.machines).slice(0, mostAtFirst)
      : [...new Set([...recent, ...list.machines.slice(0, mostShown)])];
    const entries = machines.map((machine) => machineEntry(machine, pathOf(machine.groupId)));
    return [...entries, ...open, ...actions];
  };

  const prepared = () => {
    searched ??= {
      machines: new MachineSearch(list),
      others: new EntrySearch([
        ...open,
        // Before what there may be thousands of: where very many match, the first are shown.
        ...actions,
        ...(isForAll ? tunnelEntries(texts, list.machines) : []),
      ]),
    };
    return searched;
  };
  const find = (typed: string): PaletteResults => {
    const onlyActions = isForAll && typed.trimStart().startsWith('>');
    const search = (onlyActions ? typed.trimStart().slice(1) : typed).trim();
    if (search === '') return firstOf((onlyActions ? actions : atFirst()).map(unmarked));
    if (onlyActions) return firstOf(mergeFound([amongActions.find(search)], search));
    const { machines, others } = prepared();
    const server = typedServer(texts.t, search, list);
    const foundMachines = machines.find(search);
    const foundOthers = others.find(search);
    const lists = [
      server === null ? [] : [unmarked(server)],
      foundMachines.slice(0, mostMerged).map(({ machine, groupPath, matches }) => ({
        entry: machineEntry(machine, groupPath),
        ranges: matches.name,
      })),
      foundOthers.slice(0, mostMerged),
    ];
    const count = foundMachines.length + foundOthers.length + (server === null ? 0 : 1);
    return firstOf(mergeFound(lists, search), count);
  };
  // One search, for what is made ready by the first one.
  return { find, prepare: () => void find('a') };
}

const unmarked = (entry: PaletteEntry): FoundEntry => ({ entry, ranges: [] });

function firstOf(found: readonly FoundEntry[], count = found.length): PaletteResults {
  const shown = found.slice(0, mostShown);
  return { shown, more: count - shown.length };
}
