import { describe, expect, it } from 'vitest';
import { type Dragged, dropOn, type RowPart } from '../../../../../renderer/features/machine-tree/tree-drop';
import { treeRows } from '../../../../../renderer/features/machine-tree/tree-rows';
import { groupedMachines, sampleMachine } from '../../../../support/samples';

const { groups } = groupedMachines;
const rows = treeRows({
  ...groupedMachines,
  machines: groupedMachines.machines.slice(0, 4),
  recentIds: [],
  collapsed: new Set(['section:favourites']),
});
const [lab, gpus, clusters] = groups.map(({ id }) => id);
const [gpuBox, saoPaulo, etl] = groupedMachines.machines.map(({ id }) => id);
const dropped = (dragged: Dragged, name: string | null, part: RowPart = 'middle') => {
  const row = rows.find((one) => {
    if (one.kind === 'section') return one.section === name;
    return (one.kind === 'group' ? one.group.name : one.machine.name) === name;
  });
  return dropOn(dragged, row ?? null, part, rows, groups)?.drop ?? null;
};

describe('machines that are dropped', () => {
  const machineIds = [sampleMachine(9).id];
  const dragged: Dragged = { kind: 'machines', machineIds };
  const moved = (groupId: unknown, before: unknown) => ({
    kind: 'moveMachines',
    machineIds,
    groupId,
    before,
  });

  it('go into the group, or beside the machine, that they are dropped on', () => {
    expect(dropped(dragged, 'GPUs')).toEqual(moved(gpus, null));
    expect(dropped(dragged, 'São Paulo 2', 'upper')).toEqual(moved(gpus, saoPaulo));
    expect(dropped(dragged, 'GPU box', 'lower')).toEqual(moved(gpus, saoPaulo));
    expect(dropped(dragged, 'ETL', 'lower')).toEqual(moved(lab, null));
    expect(dropped(dragged, 'ETL', 'upper')).toEqual(moved(lab, etl));
  });

  it('leave all groups when they are dropped below all or on the heading', () => {
    expect(dropped(dragged, null)).toEqual(moved(null, null));
    expect(dropped(dragged, 'all')).toEqual(moved(null, null));
  });

  it('become favourites among the favourites', () => {
    expect(dropped(dragged, 'favourites')).toEqual({ kind: 'favour', machineIds });
    expect(gpuBox).toBeDefined();
  });
});

describe('a group that is dropped', () => {
  const moves = (groupId: unknown, parentId: unknown, before: unknown) => ({
    kind: 'moveGroup',
    groupId,
    parentId,
    before,
  });
  const drag = (groupId: typeof lab): Dragged => {
    if (groupId === undefined) throw new Error('No such group');
    return { kind: 'group', groupId };
  };

  it('goes into another group, or beside it', () => {
    expect(dropped(drag(clusters), 'GPUs')).toEqual(moves(clusters, gpus, null));
    expect(dropped(drag(clusters), 'Laboratório de Visão', 'upper')).toEqual(moves(clusters, null, lab));
    expect(dropped(drag(gpus), 'Clusters that the platform team looks after', 'upper')).toEqual(
      moves(gpus, null, clusters),
    );
    expect(dropped(drag(gpus), null)).toEqual(moves(gpus, null, null));
  });

  it('does not go into itself or what lies in it', () => {
    expect(dropped(drag(lab), 'GPUs')).toBeNull();
    expect(dropped(drag(lab), 'Laboratório de Visão')).toBeNull();
    expect(dropped(drag(lab), 'GPU box', 'upper')).toBeNull();
  });
});
