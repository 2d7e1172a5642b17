import type { TFunction } from 'i18next';
import {
  ChevronsDownUp,
  ChevronsUpDown,
  Copy,
  Folder,
  FolderInput,
  FolderPlus,
  Import,
  NotebookText,
  Palette,
  Pencil,
  Plug,
  Plus,
  Save,
  Share,
  SlidersHorizontal,
  Star,
  Tags,
  Trash2,
  Unplug,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { type ConnectionState, canConnect, canDisconnect } from '../../../shared/model/connection';
import { Colour, type GroupId, isSaved, type Machine } from '../../../shared/model/machine';
import type { MachineGroup } from '../../../shared/model/machine-group';
import { ColourMark } from '../../components/colour-mark';
import type { MenuEntry } from '../../components/menu';
import { setCollapsed } from '../../stores/collapsed-store';
import {
  openDefaultSettings,
  openExport,
  openGroupEditor,
  openGroupRemoval,
  openImport,
  openMachineEditor,
  openTags,
} from '../../stores/view-store';
import { connect, disconnect } from '../connection/connection-actions';
import { duplicateMachine, removeMachines } from '../machines/machine-actions';
import { openNotebook } from '../notebook/notebook-actions';
import { groupPaths } from './machine-search';
import { markMachines, moveGroup, moveMachines } from './tree-actions';
import { groupKey } from './tree-rows';

const action = (id: string, text: string, icon: ReactNode, run: () => void): MenuEntry => ({
  kind: 'action',
  id,
  text,
  icon,
  run,
});
const separator = (id: string): MenuEntry => ({ kind: 'separator', id });

/** What can be done with machines, one or many. */
export function machineMenu(
  t: TFunction,
  machines: readonly Machine[],
  groups: readonly MachineGroup[],
  stateOf: (machine: Machine) => ConnectionState,
): readonly MenuEntry[] {
  const ids = machines.map(({ id }) => id);
  const [first] = machines;
  if (first === undefined) return [];
  const isOne = machines.length === 1;
  const connectable = machines.filter((machine) => canConnect(stateOf(machine)));
  const connected = machines.filter((machine) => canDisconnect(stateOf(machine)));
  const areFavourites = machines.every(({ isFavourite }) => isFavourite);
  const remove = () => removeMachines(machines);
  const use: readonly MenuEntry[] = [
    ...(isOne
      ? [
          action('notebook', t('notebook.openNotebook'), <NotebookText aria-hidden />, () =>
            openNotebook(first.id),
          ),
        ]
      : []),
    ...(connectable.length > 0
      ? [
          action('connect', t('connection.connect'), <Plug aria-hidden />, () => {
            for (const { id } of connectable) connect(id);
          }),
        ]
      : []),
    ...(connected.length > 0
      ? [
          action('disconnect', t('connection.disconnect'), <Unplug aria-hidden />, () => {
            for (const { id } of connected) disconnect(id);
          }),
        ]
      : []),
    separator('use'),
  ];
  if (!machines.some(isSaved))
    return [
      ...use,
      ...(isOne
        ? [action('save', t('unsaved.save'), <Save aria-hidden />, () => openMachineEditor(first.id))]
        : []),
      action('discard', t('unsaved.discard'), <Trash2 aria-hidden />, remove),
    ];
  return [
    ...use,
    ...(isOne
      ? [
          action('edit', t('tree.edit'), <Pencil aria-hidden />, () => openMachineEditor(first.id)),
          action('duplicate', t('machine.duplicate'), <Copy aria-hidden />, () => duplicateMachine(first.id)),
        ]
      : []),
    {
      kind: 'submenu',
      id: 'move',
      text: t('tree.moveTo'),
      icon: <FolderInput aria-hidden />,
      entries: groupEntries(t, groups, isOne ? first.groupId : undefined, (groupId) =>
        moveMachines(ids, groupId),
      ),
    },
    action('tags', t('tree.tags'), <Tags aria-hidden />, () => openTags(ids)),
    action(
      'favourite',
      t(areFavourites ? 'tree.notFavourite' : 'tree.makeFavourite'),
      <Star aria-hidden />,
      () => markMachines(ids, { isFavourite: !areFavourites }),
    ),
    {
      kind: 'submenu',
      id: 'colour',
      text: t('tree.colour'),
      icon: <Palette aria-hidden />,
      entries: colourEntries(t, isOne ? first.colour : undefined, (colour) => markMachines(ids, { colour })),
    },
    separator('end'),
    action(
      'delete',
      isOne ? t('machine.delete') : t('tree.deleteMany', { count: machines.length }),
      <Trash2 aria-hidden />,
      remove,
    ),
  ];
}

/** What can be done with a group. */
export function groupMenu(
  t: TFunction,
  group: MachineGroup,
  groups: readonly MachineGroup[],
  onColour: (colour: Colour | null) => void,
): readonly MenuEntry[] {
  const { id } = group;
  return [
    action('new', t('tree.newMachineHere'), <Plus aria-hidden />, () => openMachineEditor(null, id)),
    action('newGroup', t('tree.newGroupHere'), <FolderPlus aria-hidden />, () => openGroupEditor(null, id)),
    separator('use'),
    action('edit', t('tree.editGroup'), <Pencil aria-hidden />, () => openGroupEditor(id)),
    {
      kind: 'submenu',
      id: 'move',
      text: t('tree.moveTo'),
      icon: <FolderInput aria-hidden />,
      entries: groupEntries(
        t,
        groups.filter((other) => other.id !== id),
        group.parentId,
        (parentId) => moveGroup(id, parentId),
      ),
    },
    {
      kind: 'submenu',
      id: 'colour',
      text: t('tree.colour'),
      icon: <Palette aria-hidden />,
      entries: colourEntries(t, group.colour, onColour),
    },
    separator('end'),
    action('delete', t('tree.deleteGroup'), <Trash2 aria-hidden />, () => openGroupRemoval(id)),
  ];
}

/** What can be done with the list as a whole. */
export function listMenu(t: TFunction, groups: readonly MachineGroup[]): readonly MenuEntry[] {
  const keys = groups.map(({ id }) => groupKey(id));
  return [
    action('newGroup', t('tree.newGroup'), <FolderPlus aria-hidden />, () => openGroupEditor(null)),
    action('defaults', t('defaults.title'), <SlidersHorizontal aria-hidden />, openDefaultSettings),
    separator('transfer'),
    action('import', t('import.open'), <Import aria-hidden />, openImport),
    action('export', t('export.open'), <Share aria-hidden />, openExport),
    ...(groups.length > 0
      ? [
          separator('fold'),
          action('foldAll', t('tree.foldAll'), <ChevronsDownUp aria-hidden />, () =>
            setCollapsed(keys, true),
          ),
          action('unfoldAll', t('tree.unfoldAll'), <ChevronsUpDown aria-hidden />, () =>
            setCollapsed(keys, false),
          ),
        ]
      : []),
  ];
}

/** All groups by their paths, and none; `current`: where the thing lies already, if that is one place. */
function groupEntries(
  t: TFunction,
  groups: readonly MachineGroup[],
  current: GroupId | null | undefined,
  run: (groupId: GroupId | null) => void,
): readonly MenuEntry[] {
  const pathOf = groupPaths(groups);
  const named = groups
    .map(({ id }) => ({ id, path: pathOf(id) }))
    .toSorted((one, other) => one.path.localeCompare(other.path));
  return [
    { kind: 'action', id: 'none', text: t('tree.noGroup'), isChosen: current === null, run: () => run(null) },
    ...named.map(
      ({ id, path }): MenuEntry => ({
        kind: 'action',
        id,
        text: path,
        icon: <Folder aria-hidden />,
        isChosen: current === id,
        run: () => run(id),
      }),
    ),
  ];
}

function colourEntries(
  t: TFunction,
  current: Colour | null | undefined,
  run: (colour: Colour | null) => void,
): readonly MenuEntry[] {
  const none: MenuEntry = {
    kind: 'action',
    id: 'none',
    text: t('colour.none'),
    isChosen: current === null,
    run: () => run(null),
  };
  const colours = Colour.options.map(
    (colour): MenuEntry => ({
      kind: 'action',
      id: colour,
      text: t(`colour.${colour}`),
      icon: <ColourMark colour={colour} />,
      isChosen: current === colour,
      run: () => run(colour),
    }),
  );
  return [none, ...colours];
}
