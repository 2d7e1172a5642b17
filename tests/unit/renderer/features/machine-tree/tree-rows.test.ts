import { describe, expect, it } from 'vitest';
import { type TreeRow, treeRows } from '../../../../../renderer/features/machine-tree/tree-rows';
import { RowPlaces } from '../../../../../renderer/features/machine-tree/visible-rows';
import { gpuMachine, groupedMachines, sampleMachine } from '../../../../support/samples';

const told = (row: TreeRow): string => {
  const name =
    row.kind === 'section' ? row.section : row.kind === 'group' ? row.group.name : row.machine.name;
  return `${'  '.repeat(row.level - 1)}${name}`;
};
const few = { ...groupedMachines, machines: groupedMachines.machines.slice(0, 4), recentIds: [] };
const none: ReadonlySet<string> = new Set();
const [lab, gpus] = groupedMachines.groups;

describe('the rows of the tree', () => {
  it('are the favourites, and all by group', () => {
    expect(treeRows({ ...few, collapsed: none }).map(told)).toEqual([
      'favourites',
      '  GPU box',
      'all',
      '  Laboratório de Visão',
      '    GPUs',
      '      GPU box',
      '      São Paulo 2',
      '    ETL',
      '  Clusters that the platform team looks after',
      '    Primary node',
    ]);
  });

  it('are only machines when there is nothing else to tell', () => {
    const rows = treeRows({
      machines: [gpuMachine],
      groups: [],
      recentIds: [gpuMachine.id],
      collapsed: none,
    });
    expect(rows.map(told)).toEqual(['GPU box']);
    expect(rows[0]).toMatchObject({ level: 1, position: 1, siblings: 1 });
  });

  it('have the machines that are not saved above all, and nowhere else', () => {
    const quick = sampleMachine(7, { name: 'Quick', isUnsaved: true, isFavourite: true });
    const rows = treeRows({
      machines: [gpuMachine, quick],
      groups: [],
      recentIds: [quick.id],
      collapsed: none,
    });
    expect(rows.map(told)).toEqual(['unsaved', '  Quick', 'all', '  GPU box']);
    const alone = treeRows({ machines: [quick], groups: [], recentIds: [], collapsed: none });
    expect(alone.map(told)).toEqual(['unsaved', '  Quick']);
  });

  it('leave out what is folded, and count it', () => {
    const collapsed = new Set([`group:${lab?.id}`, 'section:favourites']);
    const rows = treeRows({ ...few, collapsed });
    expect(rows.map(told)).toEqual([
      'favourites',
      'all',
      '  Laboratório de Visão',
      '  Clusters that the platform team looks after',
      '    Primary node',
    ]);
    expect(rows[2]).toMatchObject({ isExpanded: false, machineCount: 3, position: 1, siblings: 2 });
  });

  it('name the recent machines once there are too many to see, newest first, without those that are gone', () => {
    const recentIds = [groupedMachines.machines[3]?.id, sampleMachine(99).id, gpuMachine.id] as const;
    const rows = treeRows({
      ...groupedMachines,
      recentIds: recentIds.flatMap((id) => id ?? []),
      collapsed: new Set(['section:all', 'section:favourites']),
    });
    expect(rows.map(told)).toEqual(['favourites', 'recent', '  Primary node', '  GPU box', 'all']);
  });

  it('say at which place among their siblings they are, groups first', () => {
    const rows = treeRows({ ...few, collapsed: new Set([`group:${gpus?.id}`]) });
    const etl = rows.find((row) => row.kind === 'machine' && row.machine.name === 'ETL');
    expect(etl).toMatchObject({ position: 2, siblings: 2 });
  });
});

describe('the rows in view', () => {
  const rows = treeRows({
    machines: Array.from({ length: 10_000 }, (_, index) => sampleMachine(index)),
    groups: [],
    recentIds: [],
    collapsed: none,
  });
  const places = new RowPlaces(rows);

  it('are few, however many there are', () => {
    expect(places.totalHeight).toBe(440_000);
    expect(places.inView(220_000, 600)).toEqual([4994, 5019]);
    expect(places.inView(0, 600)[0]).toBe(0);
    expect(places.inView(440_000, 600)[1]).toBe(9999);
    expect(new RowPlaces([]).inView(0, 600)).toEqual([0, -1]);
  });

  it('are scrolled no further than needed', () => {
    expect(places.scrollTopFor(10, 0, 600)).toBe(0);
    expect(places.scrollTopFor(20, 0, 600)).toBe(21 * 44 - 600);
    expect(places.scrollTopFor(3, 5000, 600)).toBe(3 * 44);
  });
});
